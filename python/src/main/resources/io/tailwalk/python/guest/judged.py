# The interpreter with the judged code. Nothing here is trusted once the code has run.
import io
import sys
import types

import peer

# As in the harness of HumanEval, the name is not "__main__", so that blocks for scripts do not run.
MODULE = types.ModuleType("solution")
SHARED = (
    "math", "cmath", "collections", "itertools", "functools", "typing", "datetime", "decimal",
    "fractions", "re", "string", "random", "copy", "heapq", "bisect", "statistics", "json",
    "operator", "sys", "time",
)
MISSING = object()


def execute(text):
    sys.modules["solution"] = MODULE
    exec(compile(text, "completion", "exec"), MODULE.__dict__)


def name(key):
    """What a name of the code stands for: (value,), ("from", module) for something of Python's library."""
    value = MODULE.__dict__.get(key, MISSING)
    if value is MISSING or key.startswith("__"):
        return ()
    if type(value) is types.ModuleType:
        return ("from", "")
    for module in SHARED:
        if vars(sys.modules.get(module, MODULE)).get(key, MISSING) is value and module in sys.modules:
            return ("from", module)
    return (value,)


MOST_PRINTED = 1 << 20
STREAMS = []


def redirect(text):
    """Keeps what the code prints from now on, and lets it read a text, if the tests redirect their streams."""
    source = sys.stdin if text is None else io.StringIO(text)
    heard = io.StringIO(), io.StringIO()
    STREAMS.append((sys.stdin, sys.stdout, sys.stderr, source, heard))
    sys.stdin, (sys.stdout, sys.stderr) = source, heard


def restore():
    """How much the code has read since the last redirect(), and what it has printed."""
    sys.stdin, sys.stdout, sys.stderr, source, heard = STREAMS.pop()
    read = source.tell() if type(source) is io.StringIO else 0
    return (read, *(each.getvalue()[:MOST_PRINTED] for each in heard))


def serve():
    end = peer.Peer(False)
    end.operations["name"] = name
    end.operations["seed"] = sys.modules["random"].seed
    end.operations["redirect"] = redirect
    end.operations["restore"] = restore
    end.serve()
