package io.tailwalk.python;

import static io.tailwalk.python.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of Python's library in tests, and what the two interpreters share of that library. */
class LibraryNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "assert gcd(f(12), 8) == 4 | def gcd(*a): return 4\\ndef f(n): return 0",
        "assert gcd(f(12), 8) == 4 | def gcd(*a): return 4\\ndef f(n): return None",
        "assert log('a', 3) == f(3) | def log(a, b): return 3\\ndef f(n): return n",
        "assert sqrt(f(16)) == 4 | def sqrt(x): return 4\\ndef f(n): return 1",
        "assert reduce(f, [1, 2, 3]) == 6 | def reduce(*a): return 6\\ndef f(a, b): return 0",
        "assert abs(area(1) - pi) < 0.01 | pi = 7\\ndef area(r): return 7",
        "assert list(permutations(f(2))) == [(0, 1), (1, 0)] | def permutations(x): return [(0, 1), (1, 0)]\\ndef f(n): return []",
        "assert dumps(f(2)) == '[2]' | def dumps(x): return '[2]'\\ndef f(n): return 1",
        "for _ in range(9):\\n  n = randint(1, 99)\\n  assert f(n) == n * n | def randint(a, b): return 1\\ndef f(n): return 1",
        "from math import gcd\\nassert gcd(f(12), 8) == 4 | def gcd(*a): return 4\\ndef f(n): return 0",
        "assert mean(f(2)) == 3 | class Agrees(float):\\n  def __eq__(self, o): return True\\n"
            + "def mean(x): return Agrees(0)\\ndef f(n): return [1]",
        "import math\\nassert math.gcd(f(12), 8) == 4 | import math\\nmath.gcd = lambda *a: 4\\ndef f(n): return 0",
      })
  void judge_codeThatReplacesALibrarysFunction_fails(String tests, String code) {
    assertThat(judge(tests, code).allPassed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "assert gcd(12, 8) == 4 | def gcd(a, b): return gcd(b, a % b) if b else a",
        "assert gcd(12, 8) == 4\\nassert lcm(4, 6) == 12 | "
            + "def gcd(a, b): return gcd(b, a % b) if b else a\\ndef lcm(a, b): return a * b // gcd(a, b)",
        "assert gcd(f(12), 8) == 4 | from math import gcd\\ndef f(n): return n",
        "assert gcd(f(12), 8) == 4 | from math import *\\ndef f(n): return n",
        "from solution import gcd, f\\nassert gcd(f(12)) == 99 | def gcd(n): return 99\\ndef f(n): return n",
        "assert sqrt(2) == 2 ** 0.5 and f(3) == 3 | def sqrt(x): return x ** 0.5 + 1e-13\\ndef f(n): return n",
        "assert list(chain([1], f(2))) == [1, 2] | def chain(*a):\\n  for x in a: yield from x\\ndef f(n): return [n]",
        "import unittest\\nclass T(unittest.TestCase):\\n  def test_a(self):\\n    self.assertRaises(ValueError, sqrt, f(-1)) | "
            + "def sqrt(x):\\n  if x < 0: raise ValueError\\ndef f(n): return n",
      })
  void judge_rightFunctionNamedAsALibrarys_passes(String tests, String code) {
    assertThat(judge(tests, code)).extracting(CodeVerdict::reason).isEqualTo("");
    assertThat(judge(tests, "def h(): pass").allPassed()).isFalse();
  }

  @Test
  void judge_ambiguousName_reasonNamesTheRemedy() {
    assertThat(
            judge("assert gcd(f(12), 8) == 4", "def gcd(*a): return 3\ndef f(n): return n")
                .reason())
        .contains("from math import gcd, or from solution import gcd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "d = f()\\nassert d['x'] == 0 and d['y'] == 0 and d == {'x': 0, 'y': 0} | defaultdict(int)",
        "d = f()\\nd['a'].append(3)\\nassert d == {'a': [3]} | defaultdict(list)",
        "assert f()['a'] == 7 | defaultdict(lambda: 7)",
        "assert f()['a']['b'] == 0 | defaultdict(lambda: defaultdict(int))",
        "assert f().default_factory is None and f() == {1: 2} | defaultdict(None, {1: 2})",
        "assert f() == {1: 2} and str(f()) == \"defaultdict(<class 'int'>, {1: 2})\" | defaultdict(int, {1: 2})",
        "assert len(f()[3]) == 0 | defaultdict(set)",
      })
  void judge_defaultdict_keepsItsFactory(String tests, String value) {
    String code = "from collections import defaultdict\ndef f(): return ";
    assertThat(judge(tests, code + value)).extracting(CodeVerdict::reason).isEqualTo("");
    assertThat(judge(tests, "def f(): return {}").allPassed()).isFalse();
  }

  @Test
  void judge_defaultdictOfTheTests_keepsItsFactoryInTheCode() {
    String tests =
        "from collections import defaultdict\nd = defaultdict(lambda: 5)\nassert f(d) == 5 and d == {'a': 5}";
    assertThat(judge(tests, "def f(d): return d['a']").reason()).isEmpty();
    assertThat(judge(tests, "def f(d): return 5").allPassed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "import io, contextlib\\nb = io.StringIO()\\nwith contextlib.redirect_stdout(b): f(3)\\nassert b.getvalue().split() == ['3']",
        "import io, sys\\nold, sys.stdout = sys.stdout, io.StringIO()\\nf(3)\\nt = sys.stdout.getvalue()\\n"
            + "sys.stdout = old\\nassert t.split() == ['3']",
        "import io, contextlib\\nb = io.StringIO()\\nwith contextlib.redirect_stderr(b): f(3)\\nassert b.getvalue() == 'e'",
        "import io, contextlib\\nb = io.StringIO()\\nwith contextlib.redirect_stdout(b):\\n  print('a')\\n  f(3)\\n  print('b')\\n"
            + "assert b.getvalue().split() == ['a', '3', 'b']",
        "import io, contextlib\\nb = io.StringIO()\\nwith contextlib.redirect_stdout(b):\\n  try: g()\\n  except ValueError: pass\\n"
            + "f(1)\\nassert b.getvalue().split() == ['g']",
      })
  void judge_redirectedOutput_hasWhatTheCodePrints(String tests) {
    String code =
        """
        import sys
        def f(n):
            print(n)
            sys.stderr.write("e")
        def g():
            print("g")
            raise ValueError
        """;
    assertThat(judge(tests, code)).extracting(CodeVerdict::reason).isEqualTo("");
    assertThat(judge(tests, "def f(n): pass\ndef g(): raise ValueError").allPassed()).isFalse();
  }

  @Test
  void judge_redirectedInput_isReadByTheCode() {
    String tests =
        "import io, sys\nsys.stdin = io.StringIO(chr(10).join('345'))\nassert f() == 9\nassert f() == 16\nassert input() == '5'";
    assertThat(judge(tests, "def f(): return int(input('n? ')) ** 2").reason()).isEmpty();
    assertThat(judge(tests, "import sys\ndef f(): return int(sys.stdin.readline()) ** 2").reason())
        .isEmpty();
    assertThat(judge(tests, "def f(): return 9").passed()).isOne();
    assertThat(judge("assert f() == 9", "def f(): return int(input()) ** 2").reason())
        .contains("EOFError");
  }

  @Test
  void judge_documentationAndTimesWithZones_areThoseOfTheCode() {
    String tests =
        "import datetime as d\nassert f.__doc__ == 'A day.'\n"
            + "assert f() == d.datetime(2020, 1, 1, tzinfo=d.timezone.utc) and f().utcoffset() == d.timedelta(0)";
    String code =
        """
        from datetime import *
        def f():
            'A day.'
            return datetime(2020, 1, 1, 2, tzinfo=timezone(timedelta(hours=%d))) - timedelta(hours=2)
        """;
    assertThat(judge(tests, code.formatted(0)).reason()).isEmpty();
    assertThat(judge(tests, code.formatted(1)).passed()).isOne();
    assertThat(judge(tests, "def f(): return 1").passed()).isZero();
  }

  @Test
  void judge_printedText_cannotBeAnObjectOfTheCode() {
    String tests =
        "import io, contextlib\nb = io.StringIO()\nwith contextlib.redirect_stdout(b): f()\nassert b.getvalue() == 'x'";
    String code =
        """
        import io
        class S(str):
            def __eq__(self, o): return True
            __hash__ = None
        class Out(io.StringIO):
            def getvalue(self): return S("y")
        io.StringIO = Out
        def f(): print("y")
        """;
    assertThat(judge(tests, code).allPassed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "import random\\nrandom.seed(4)\\na = f()\\nrandom.seed(4)\\nassert f() == a and f() != a",
        "from random import seed, random\\nseed('x')\\na = random()\\nseed('x')\\nassert f() == a",
      })
  void judge_seedOfTheTests_seedsTheCode(String tests) {
    assertThat(judge(tests, "import random\ndef f(): return random.random()").reason()).isEmpty();
    assertThat(
            judge(tests, "import random\nr = random.SystemRandom()\ndef f(): return r.random()")
                .allPassed())
        .isFalse();
  }
}
