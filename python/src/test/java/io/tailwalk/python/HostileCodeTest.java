package io.tailwalk.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code that tries to pass tests without a solution. */
class HostileCodeTest {
  private static final CodeTests TESTS =
      CodeTests.parse(
          "t.py",
          """
          import math
          assert f(2) == 4
          assert abs(f(3) - 9) < 1e-6
          assert sorted([f(5)]) == [25] and f(5) in [25]
          for i in (4, 6):
              assert f(i) == i * i
          """);
  private static final PythonSandbox SANDBOX =
      new PythonSandbox(new SandboxLimits(Duration.ofSeconds(4), 1 << 16));

  private static List<String> snippets() throws IOException {
    try (InputStream file = HostileCodeTest.class.getResourceAsStream("hostile.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.split("\n# ---\n"));
    }
  }

  @Test
  void judge_hostileSnippets_passNoTest() throws IOException {
    assertThat(snippets()).hasSizeGreaterThanOrEqualTo(160);
    for (String code : snippets()) {
      CodeVerdict verdict = TESTS.judge(SANDBOX, code);
      assertThat(verdict.passed()).as(code).isZero();
      assertThat(verdict.reason()).as(code).isNotEmpty().doesNotContainPattern("\\p{Cc}|\\p{Zl}");
      assertThat(verdict.reason()).as(code).hasSizeLessThan(600);
    }
    assertThat(TESTS.judge(SANDBOX, "def f(x): return x * x").allPassed()).isTrue();
  }

  /** What no harness can tell from a solution: a program that has the tests' values in it. */
  @Test
  void judge_knownValues_passAsInherent() {
    String table = "def f(x): return {2: 4, 3: 9, 4: 16, 5: 25, 6: 36}[x]";
    assertThat(TESTS.judge(SANDBOX, table).allPassed()).isTrue();
  }

  /** Likewise a comparison of two objects of the code's own class, which only the code can make. */
  @Test
  void judge_ownObjectsComparedWithEachOther_passAsInherent() {
    CodeTests tests = CodeTests.parse("t.py", "assert Point(1) == Point(1)");
    String point = "class Point:\n  def __init__(self, x): pass\n  def __eq__(self, o): return %s";
    assertThat(tests.judge(SANDBOX, point.formatted("True")).allPassed()).isTrue();
    assertThat(tests.judge(SANDBOX, point.formatted("False")).allPassed()).isFalse();
  }

  @Test
  void judge_finishedFunctionOfThePrompt_isNotReplaced() {
    CodeTests tests = CodeTests.parse("t.py", "assert error(root(4)) < 1e-6");
    String prompt = "def error(x):\n    return abs(x * x - 4)\n\n\ndef root(n):\n";
    assertThat(tests.judge(SANDBOX, prompt, "    return n ** 0.5\n").allPassed()).isTrue();
    assertThat(tests.judge(SANDBOX, prompt, "    return 3\n\ndef error(x): return 0\n").allPassed())
        .isFalse();
  }

  @Test
  void judge_stopIterationInMap_doesNotEndTheTest() {
    CodeTests tests = CodeTests.parse("t.py", "assert all(map(lambda x: f(x) == x + 1, range(3)))");
    assertThat(tests.judge(SANDBOX, "def f(x): raise StopIteration").allPassed()).isFalse();
    assertThat(tests.judge(SANDBOX, "def f(x): return x + 1").allPassed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "from solution import f\\nassert abs(f(3) - 9) < 1e-6 | def abs(x): return 0",
        "import solution\\nassert abs(solution.f(3) - 9) < 1e-6 | def abs(x): return 0",
        "from solution import f\\nassert sorted(f(3)) == [1, 2] | def sorted(x): return [1, 2]",
        "from solution import f\\ndef test_f():\\n  assert all(f(i) == i * i for i in range(1, 9))"
            + " | def range(a, b): return []",
        "from solution import f\\ndef test_f():\\n  assert all(f(i) == i * i for i in range(1, 9))"
            + " | def all(x): return True",
        "import unittest\\nfrom solution import f\\nclass T(unittest.TestCase):\\n  def test_a(self):\\n"
            + "    for i in range(1, 5): self.assertEqual(f(i), i * i) | def range(*x): return []",
        "from solution import f\\nfor i in range(1, 5):\\n  assert f(i) == i * i | def range(*x): return []",
        "def check(f):\\n  for i in range(1, 5):\\n    assert f(i) == i * i\\nfrom solution import f as g\\ncheck(g)"
            + " | def range(*x): return []",
        "def check(f):\\n  for i in range(1, 5):\\n    assert f(i) == i * i\\ncheck(f)"
            + " | def range(*x): return []",
        "import sys\\nfor i in range(1, 5):\\n  assert sys.modules['solution'].f(i) == i * i"
            + " | def range(*x): return []",
        "for i in range(1, 5):\\n  assert __import__('solution').f(i) == i * i | def range(*x): return []",
        "assert math.isclose(eval('f(3)'), 9) | class math: isclose = lambda *a: True",
        "assert math.isclose(f(3), 9) | class math: isclose = lambda *a: True",
        "assert isclose(f(3), 9) | def isclose(*a): return True",
        "assert re.fullmatch('9', str(f(3))) | class re: fullmatch = lambda *a: True",
        "assert Counter([f(3)]) == Counter([9]) | def Counter(x): return 0",
        "from solution import f\\nassert Counter([f(3)]) == Counter([9]) | def Counter(x): return 0",
        "from solution import *\\nassert deque([f(3)]) == deque([9]) | def deque(x): return 0",
      })
  void judge_replacedHelpersOfTests_passNoTest(String tests, String cheat) {
    CodeTests read = CodeTests.parse("t.py", tests.replace("\\n", "\n"));
    CodeVerdict verdict = read.judge(SANDBOX, "def f(x): return 0\n" + cheat);
    assertThat(verdict.passed()).isZero();
    if (!tests.contains("sorted")) {
      assertThat(read.judge(SANDBOX, "def f(x): return x * x\n" + cheat).allPassed()).isTrue();
    }
  }

  /** Memory stays flat, and nothing passes from one run to the next one. */
  @Tag("slow")
  @Test
  void judge_threeHundredInARow_leaveNothingBehind() throws IOException, InterruptedException {
    List<String> snippets = snippets();
    String look =
        "import sys, builtins\ndef f(x): return x * x if not hasattr(sys, 'left') else 0\n";
    TESTS.judge(SANDBOX, look);
    long before = PythonSandboxTest.usedHeap();
    int threads = Thread.activeCount();
    for (int i = 0; i < 300; i++) {
      TESTS.judge(SANDBOX, "import sys\nsys.left = 1\n" + snippets.get(i % snippets.size()));
      if (i % 30 == 0) {
        assertThat(TESTS.judge(SANDBOX, look)).isEqualTo(new CodeVerdict(4, 4, ""));
      }
    }
    assertThat(PythonSandboxTest.usedHeap() - before).isLessThan(32L << 20);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
  }
}
