"""Importable; examples in docstrings are not run in Tailwalk's sandbox."""
from collections import namedtuple

TestResults = namedtuple("TestResults", "failed attempted")
ELLIPSIS = NORMALIZE_WHITESPACE = IGNORE_EXCEPTION_DETAIL = 0


def testmod(*_, **__):
    return TestResults(0, 0)


testfile = run_docstring_examples = testmod
