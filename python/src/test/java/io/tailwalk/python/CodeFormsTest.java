package io.tailwalk.python;

import static io.tailwalk.python.Judging.judge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of tests and of code that published data sets and models have. */
class CodeFormsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // code
        "import doctest\\ndef f(n): return n * n\\nif __name__ == '__main__': doctest.testmod()",
        "import unittest\\ndef f(n): return n * n\\nif __name__ == '__main__': unittest.main()",
        "import sys\\ndef f(n): return n * n\\nif __name__ == '__main__': print(f(int(sys.argv[1])))",
        "import subprocess, threading, asyncio, doctest, unittest\\ndef f(n): return n * n",
        "import time\\ndef f(n):\\n  t = time.time(); time.sleep(60)\\n  return n * n if 60 <= time.time() - t < 61 else 0",
        "import concurrent.futures as c\\ndef f(n):\\n  with c.ThreadPoolExecutor(4) as e: return sum(e.map(abs, [n] * n))",
        "from concurrent.futures import *\\ndef f(n):\\n  with ProcessPoolExecutor() as e:\\n"
            + "    return sum(x.result() for x in as_completed([e.submit(abs, n) for _ in range(n)]))",
        "from multiprocessing import Pool\\ndef g(n): return n * n\\ndef f(n):\\n  with Pool(2) as p: return p.map(g, [n])[0]",
        "import threading\\ndef f(n):\\n  found = []\\n  t = threading.Thread(target=lambda: found.append(n * n))\\n"
            + "  t.start(); t.join()\\n  return found[0]",
        "import resource, sys\\nresource.setrlimit(resource.RLIMIT_STACK, (-1, -1))\\n"
            + "sys.setrecursionlimit(5000)\\ndef f(n): return n * n",
        "import asyncio\\nasync def g(n): return n * n\\ndef f(n): return asyncio.run(g(n))",
        "from functools import lru_cache\\n@lru_cache(None)\\ndef g(n): return g(n - 1) + 1 if n else 0"
            + "\\ndef f(n): return n * n + g(900) - 900",
        "def g(n): return sum(g(n - 1) + 1 for _ in range(1)) if n else 0\\n"
            + "def f(n): return n * n + g(450) - 450",
        "def g(n): return g(n - 1) + 1 if n else 0\\ndef f(n): return n * n + g(950) - 950",
        "def f(n):\\n  try: input()\\n  except EOFError: return n * n",
        "from dataclasses import dataclass\\n@dataclass\\nclass A:\\n  n: int\\ndef f(n): return A(n).n ** 2",
        "import enum\\nclass E(enum.IntEnum):\\n  A = 9\\ndef f(n): return E.A",
      })
  void judge_formsOfCode_pass(String code) {
    assertThat(judge("assert f(3) == 9", code)).isEqualTo(new CodeVerdict(1, 1, ""));
  }

  /**
   * The number with 39 digits is not the Fibonacci number 300, which has 63, so a test that expects
   * it fails with a verdict: the recursion itself is not what fails.
   */
  @ParameterizedTest
  @CsvSource({
    "222232244629420445529739893461909967206666939096499764990979600, 1",
    "222232244629420445529739893505090668204, 0",
  })
  void judge_deepCachedRecursion_isExact(String value, int passed) {
    CodeVerdict verdict =
        judge(
            "assert f(300) == " + value,
            """
            from functools import lru_cache
            @lru_cache(None)
            def f(n):
                return n if n < 2 else f(n-1)+f(n-2)
            """);
    assertThat(verdict.passed()).isEqualTo(passed);
    assertThat(verdict.total()).isOne();
    assertThat(verdict.reason()).doesNotContain("crashed", "recursion");
    BigInteger before = BigInteger.ZERO;
    BigInteger now = BigInteger.ONE;
    for (int n = 1; n < 300; n++) {
      BigInteger next = before.add(now);
      before = now;
      now = next;
    }
    assertThat(now.equals(new BigInteger(value))).isEqualTo(passed == 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "for i in range(3):\\n    assert f(i) == i * i | 1",
        "if True:\\n    assert f(3) == 9 | 1",
        "import unittest\\nclass A(unittest.TestCase):\\n  def setUp(self): self.n = 3\\n"
            + "  def test_a(self): self.assertEqual(f(self.n), 9)\\n"
            + "  def test_b(self): self.assertAlmostEqual(f(1.5), 2.25)\\nunittest.main() | 2",
        "class TestF:\\n  def test_a(self): assert f(3) == 9 | 1",
        "if __name__ == '__main__':\\n  assert f(3) == 9\\n  assert f(1) == 1 | 2",
        "from solution import f\\nassert f(3) == 9 | 1",
        "import solution\\nassert solution.f(3) == 9 | 1",
        "async def test_a():\\n  assert f(3) == 9 | 1",
        "def check(candidate):\\n  assert candidate(3) == 9\\ncheck(f) | 1",
        "x = [3, 1]\\nsort(x)\\nassert x == [1, 3] | 2",
        "assert call(lambda a: a + 1, 4) == 5 | 1",
        "n = Node(1)\\nn.next = Node(2)\\nassert depth(n) == 2 | 1",
        "class P:\\n  v = 1\\np = P()\\nchange(p)\\nassert p.v == 2 | 2",
        "try:\\n  boom()\\n  assert False\\nexcept Mine as e:\\n  assert e.args == (3,) | 1",
        "assert list(count(3)) == [0, 1, 2] and pair() == (1, 2) and pair().x == 1 | 1",
        "assert nested() == {'a': [1, (2.5, None)], 2: {3}} and total is 7 | 1",
        "d = {1: 2}\\nfor k in d:\\n  assert f(k) == 1 and size(d) == 1 | 1",
        "assert Vector(1) * 2 == Vector(2) and len(Vector(3)) == 3 and isinstance(Vector(1), Vector) | 1",
      })
  void judge_formsOfTests_pass(String tests, int total) {
    String code =
        """
        import collections
        total = 7
        def f(n): return n * n
        def sort(x): x.sort()
        def call(g, x): return g(x)
        def depth(n): return 1 + depth(n.next) if n else 0
        def change(p): p.v += 1
        def size(d): return len(d)
        def count(n): yield from range(n)
        def pair(): return collections.namedtuple("Pair", "x y")(1, 2)
        def nested(): return {"a": [1, (2.5, None)], 2: {3}}
        class Mine(ValueError): pass
        def boom(): raise Mine(3)
        class Node:
          def __init__(self, v): self.v, self.next = v, None
        class Vector:
          def __init__(self, x): self.x = x
          def __mul__(self, n): return Vector(self.x * n)
          def __eq__(self, other): return self.x == other.x
          def __len__(self): return self.x
        """;
    assertThat(judge(tests, code)).isEqualTo(new CodeVerdict(total, total, ""));
    assertThat(judge(tests, "def f(n): return None\n").allPassed()).isFalse();
  }

  @Test
  void judge_functionNamedAsABuiltIn_isTheOneUnderTest() {
    assertThat(judge("assert sum(10, 15) == 25", "def sum(a, b): return a + b").allPassed())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "import math\\nassert f(1)\\nimport pytest | line 3 imports pytest, which is not available; test without it",
        "def test_a():\\n  import numpy as np\\n  assert np.allclose(f(3), 9) | line 2 imports numpy, which is not",
        "def test_a():\\n  yield f(3) == 9 | test_a in line 1 has a yield",
        "async def test_a():\\n  yield f(3) == 9 | test_a in line 1 has a yield",
        "class TestF:\\n  def test_a(self):\\n    yield f(3) == 9 | test_a in line 2 has a yield",
        "def check(g):\\n  yield g(3) == 9\\ncheck(f) | line 3 calls check, whose body does not run",
        "async def main():\\n  assert f(3) == 9\\nmain() | line 3 calls main, whose body does not run",
        "assert sorted(list((3, 1))) == [1, 3] | they use built-in names only (list, sorted); import",
        "assert f(3) == | are not valid Python: SyntaxError",
      })
  void parse_testsThatCannotBeUsed_areRefused(String tests, String reason) {
    assertThatThrownBy(() -> CodeTests.parse("t.py", tests.replace("\\n", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the tests in t.py")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "def test_cases():\\n  yield 3, 9\\nfor a, b in test_cases():\\n  assert f(a) == b",
        "try:\\n  import pytest\\nexcept ImportError:\\n  pytest = None\\nassert f(3) == 9",
        "import asyncio\\nasync def main():\\n  assert f(3) == 9\\nasyncio.run(main())",
        "assert math.isclose(f(3), 9) and sys.maxsize > f(3)",
        "assert Counter([f(3)]) == Counter([9]) and List and isclose(f(3), 9)",
        "assert datetime.date(2020, 1, f(3)).day == 9",
      })
  void judge_helpersOfTests_areThoseOfPython(String tests) {
    assertThat(judge(tests, "def f(n): return n * n").allPassed()).isTrue();
    assertThat(judge(tests, "import math, sys\ndef f(n): return n").allPassed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "assert sum(10, 15) == 25",
        "from solution import sum\\nassert abs(sum(10, 15)) == 25",
        "import solution\\nassert abs(solution.sum(10, 15)) == 25",
        "c = Counter(3)\\nassert c.n == 3",
        "from solution import Counter, sum\\nassert sum(10, Counter(15).n) == 25",
        "assert copy(3) == 4 and Stack",
      })
  void judge_testedNamesThatPythonHas_areTheCodes(String tests) {
    String code =
        """
        def sum(a, b): return a + b
        def copy(n): return n + 1
        class Stack: pass
        class Counter:
          def __init__(self, n): self.n = n
        """;
    assertThat(judge(tests, code).allPassed()).isTrue();
    assertThat(judge(tests, "x = 1").allPassed()).isFalse();
  }

  @Test
  void judge_onlyBuiltInNameTested_isNotPythons() {
    assertThat(judge("assert sum([1, 2]) == 3", "def f(x): return 3").reason())
        .contains("the code has no sum");
  }
}
