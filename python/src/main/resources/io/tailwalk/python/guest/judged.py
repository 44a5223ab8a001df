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


def listen():
    """Keeps what the code prints from now on, because the tests have redirected their own output."""
    heard = io.StringIO(), io.StringIO()
    STREAMS.append((sys.stdout, sys.stderr, heard))
    sys.stdout, sys.stderr = heard


def printed():
    """What the code has printed since the last listen()."""
    sys.stdout, sys.stderr, heard = STREAMS.pop()
    return tuple(each.getvalue()[:MOST_PRINTED] for each in heard)


def serve():
    end = peer.Peer(False)
    end.operations["name"] = name
    end.operations["seed"] = sys.modules["random"].seed
    end.operations["listen"] = listen
    end.operations["printed"] = printed
    end.serve()
