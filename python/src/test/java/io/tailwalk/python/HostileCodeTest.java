package io.tailwalk.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
