"""Test cases for the tests of code in Tailwalk's sandbox: the part of unittest that they use."""
import re


class SkipTest(Exception):
    """A test that is skipped has not passed."""


def skip(reason):
    def mark(_):
        def skipped(*_, **__):
            raise SkipTest(reason)

        return skipped

    return mark


def skipIf(condition, reason):
    return skip(reason) if condition else lambda test: test


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


def main(*_, **__):
    """Does nothing: the sandbox finds the tests itself."""


class _Raises:
    def __init__(self, expected, pattern):
        self.expected, self.pattern = expected, pattern

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            raise AssertionError("no exception was raised")
        if not issubclass(kind, self.expected):
            return False
        self.exception = error
        if self.pattern is not None and not re.search(self.pattern, str(error)):
            raise AssertionError("the exception has another message")
        return True


class _SubTest:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


class TestCase:
    failureException = AssertionError
    maxDiff = None

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._cleanups = []

    @classmethod
    def run_one(cls, method):
        """One test with what comes before and after it; a coroutine is returned to be run."""
        cls.setUpClass()
        case = cls(method)
        try:
            case.setUp()
            try:
                return getattr(case, method)()
            finally:
                case.tearDown()
        finally:
            for function, args, named in reversed(case._cleanups):
                function(*args, **named)
            cls.tearDownClass()

    def setUp(self): pass

    def tearDown(self): pass

    @classmethod
    def setUpClass(cls): pass

    @classmethod
    def tearDownClass(cls): pass

    def addCleanup(self, function, *args, **named):
        self._cleanups.append((function, args, named))

    def subTest(self, *_, **__):
        return _SubTest()

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, msg=None):
        raise AssertionError(msg or "failed")

    def _check(self, good, text, msg):
        if not good:
            raise AssertionError(msg or text)

    def assertTrue(self, x, msg=None): self._check(x, "it is not true", msg)

    def assertFalse(self, x, msg=None): self._check(not x, "it is not false", msg)

    def assertEqual(self, a, b, msg=None): self._check(a == b, "the values differ", msg)

    def assertNotEqual(self, a, b, msg=None): self._check(a != b, "the values are equal", msg)

    def assertIs(self, a, b, msg=None): self._check(a is b, "another object", msg)

    def assertIsNot(self, a, b, msg=None): self._check(a is not b, "the same object", msg)

    def assertIsNone(self, a, msg=None): self._check(a is None, "it is not None", msg)

    def assertIsNotNone(self, a, msg=None): self._check(a is not None, "it is None", msg)

    def assertIn(self, a, b, msg=None): self._check(a in b, "it is not in the container", msg)

    def assertNotIn(self, a, b, msg=None): self._check(a not in b, "it is in the container", msg)

    def assertIsInstance(self, a, b, msg=None): self._check(isinstance(a, b), "another type", msg)

    def assertNotIsInstance(self, a, b, msg=None):
        self._check(not isinstance(a, b), "the same type", msg)

    def assertLess(self, a, b, msg=None): self._check(a < b, "it is not less", msg)

    def assertLessEqual(self, a, b, msg=None): self._check(a <= b, "it is greater", msg)

    def assertGreater(self, a, b, msg=None): self._check(a > b, "it is not greater", msg)

    def assertGreaterEqual(self, a, b, msg=None): self._check(a >= b, "it is less", msg)

    def assertAlmostEqual(self, a, b, places=7, msg=None, delta=None):
        near = a == b or (
            abs(a - b) <= delta if delta is not None else round(abs(a - b), places) == 0
        )
        self._check(near, "the values differ", msg)

    def assertNotAlmostEqual(self, a, b, places=7, msg=None, delta=None):
        far = abs(a - b) > delta if delta is not None else round(abs(a - b), places) != 0
        self._check(a != b and far, "the values are close", msg)

    def assertCountEqual(self, a, b, msg=None):
        rest = list(b)
        for item in a:
            self._check(item in rest, "the items differ", msg)
            rest.remove(item)
        self._check(not rest, "the items differ", msg)

    def assertRegex(self, text, pattern, msg=None):
        self._check(re.search(pattern, text), "the pattern is not found", msg)

    def assertNotRegex(self, text, pattern, msg=None):
        self._check(not re.search(pattern, text), "the pattern is found", msg)

    def assertRaises(self, expected, function=None, *args, **named):
        return self.assertRaisesRegex(expected, None, function, *args, **named)

    def assertRaisesRegex(self, expected, pattern, function=None, *args, **named):
        context = _Raises(expected, pattern)
        if function is None:
            return context
        with context:
            function(*args, **named)

    def _typed(self, kind, a, b, msg):
        self._check(isinstance(a, kind) and isinstance(b, kind), "another type", msg)
        self.assertEqual(a, b, msg)

    def assertListEqual(self, a, b, msg=None): self._typed(list, a, b, msg)

    def assertTupleEqual(self, a, b, msg=None): self._typed(tuple, a, b, msg)

    def assertDictEqual(self, a, b, msg=None): self._typed(dict, a, b, msg)

    def assertSetEqual(self, a, b, msg=None): self._typed((set, frozenset), a, b, msg)

    def assertMultiLineEqual(self, a, b, msg=None): self._typed(str, a, b, msg)

    def assertSequenceEqual(self, a, b, msg=None): self.assertEqual(list(a), list(b), msg)


class IsolatedAsyncioTestCase(TestCase):
    pass
