# The interpreter with the judged code. Nothing here is trusted once the code has run.
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


def serve():
    end = peer.Peer(False)
    end.operations["name"] = name
    end.serve()
