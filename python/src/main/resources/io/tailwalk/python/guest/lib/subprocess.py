"""Importable; Tailwalk's sandbox has no processes."""
PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception): pass


class CalledProcessError(SubprocessError): pass


class TimeoutExpired(SubprocessError): pass


def run(*_, **__):
    raise OSError("the sandbox has no processes")


call = check_call = check_output = getoutput = getstatusoutput = run


class Popen:
    def __init__(self, *_, **__):
        run()
