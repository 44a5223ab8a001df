package io.tailwalk.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each escape must be stopped, and be reported as a failed verdict with its reason. */
class PythonSandboxTest {
  private static final SandboxLimits LIMITS = new SandboxLimits(Duration.ofSeconds(4), 1 << 16);
  private static final CodeTests TESTS =
      CodeTests.parse("t.py", "assert f(2) == 4\nassert f(3) == 9\n");

  private static CodeVerdict judge(String code) {
    return TESTS.judge(new PythonSandbox(LIMITS), code);
  }

  @Test
  void judge_rightCode_passesAllTests() {
    assertThat(judge("def f(x):\n    return x * x\n")).isEqualTo(new CodeVerdict(2, 2, ""));
  }

  @Test
  void judge_halfRightCode_countsTestsAndNamesTheFirstFailure() {
    assertThat(judge("def f(x):\n    return 4\n"))
        .isEqualTo(new CodeVerdict(1, 2, "the test in line 2: AssertionError"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "def f(x) return~the code: SyntaxError: ",
        "import numpy~the code: ModuleNotFoundError: No module named 'numpy'",
        "1 / 0~the code: ZeroDivisionError: ",
        // fork bomb
        "import os\\nwhile True: os.fork()~module 'os' has no attribute 'fork'",
        "import subprocess\\nsubprocess.run('ls')~the code: OSError: the sandbox has no processes",
        "import os\\nos.system('ls')~the code: AttributeError",
        "import posix\\nposix.execv('/bin/sh', ['sh'])~the code: AttributeError",
        // memory bomb
        "x = bytearray(10**9)~the code: MemoryError",
        "x = []\\nwhile True: x.append('y' * 10**6)~the code: MemoryError",
        // files
        "open('/etc/passwd').read()~the code: ",
        "open('/guest/guest.py').read()~the code: ",
        "open('out', 'w').write('x')~the code: ",
        "import os\\nos.listdir('/')~the code: ",
        "import os\\nos.remove('/etc/hosts')~the code: ",
        "import ctypes~the code: ModuleNotFoundError",
        // output
        "while True: print('x' * 1000)~the code wrote more than 65536 bytes",
        "import sys\\nwhile True: sys.stderr.write('x' * 1000)~the code wrote more than 65536 bytes",
        // ways out of the interpreter
        "import sys\\nsys.exit(0)~the code: SystemExit: 0",
        "import os\\nos._exit(0)~the code ended the interpreter (exit code 0)",
        "import os\\nos.abort()~the code crashed the interpreter",
        "import faulthandler\\nfaulthandler._sigsegv()~the code crashed the interpreter",
        "raise KeyboardInterrupt~the code: KeyboardInterrupt",
        "def f(x): return f(x)~the test in line 1: RecursionError",
      })
  void judge_escape_isStoppedAndReported(String code, String reason) {
    CodeVerdict verdict = judge(code.replace("\\n", "\n"));
    assertThat(verdict.passed()).isZero();
    assertThat(verdict.reason()).contains(reason).doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "while True: pass~the code used more than 0.7 s",
        "x = 9 ** 9 ** 9~the code used more than 0.7 s",
        "x = 'a' * 29\\nimport re\\nre.match('(a*)*b', x)~the code used more than 0.7 s",
        "def g():\\n  try:\\n    while True: pass\\n  finally: g()\\ng()~the code used more than 0.7 s",
        "def f(x):\\n  while True: pass~the test in line 1 used more than 0.7 s",
      })
  void judge_infiniteLoop_isStoppedInTime(String code, String reason) {
    var sandbox = new PythonSandbox(LIMITS.withCpuTime(Duration.ofMillis(700)));
    CodeVerdict verdict = TESTS.judge(sandbox, code.replace("\\n", "\n"));
    assertThat(verdict.passed()).isZero();
    assertThat(verdict.reason()).isEqualTo(reason + " of processor time");
  }

  @Test
  void judge_networkConnect_reachesNoServer() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(200);
      String code =
          "import socket\ns = socket.socket()\ns.connect(('127.0.0.1', %d))"
              .formatted(server.getLocalPort());
      CodeVerdict verdict = judge(code);
      assertThat(verdict.passed()).isZero();
      assertThat(verdict.reason()).startsWith("the code: ");
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void judge_fileThatExists_isNeitherReadNorWritten(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "xyzzy");
    String steal =
        "try:\n  s = open('%s').read()\nexcept OSError:\n  s = ''\ndef f(x): return x * x if s else 0"
            .formatted(secret);
    assertThat(judge(steal).passed()).isZero();
    judge("open('%s', 'w').write('mine')".formatted(secret));
    judge("import os\nos.remove('%s')".formatted(secret));
    assertThat(secret).hasContent("xyzzy");
  }

  @Test
  void judge_sameCodeAgain_seesSameClockAndRandomNumbersAndNothingOfTheRunBefore() {
    String code = "import random, time, builtins\ndef f(x): raise ValueError(%s)";
    String look = "str((random.random(), time.time(), hash('a'), hasattr(builtins, 'left')))";
    String first = judge(code.formatted(look)).reason();
    assertThat(judge("import builtins\nbuiltins.left = 1").reason()).contains("NameError");
    assertThat(judge(code.formatted(look)).reason()).isEqualTo(first).contains("False");
  }

  @Test
  void parse_badTests_areRefused() {
    assertThatThrownBy(() -> CodeTests.parse("t.py", "assert ("))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the tests in t.py are not valid Python: SyntaxError");
    assertThatThrownBy(() -> CodeTests.parse("t.py", "x = 1\n"))
        .hasMessageContaining("the tests in t.py test nothing");
  }

  @Test
  void parse_functionsCallsAndAsserts_areTests() {
    CodeTests tests =
        CodeTests.parse(
            "t.py",
            """
            import math
            def check(g):
              assert g(1) == 1
            def test_two():
              assert f(2) == 4
            check(f)
            assert math.sqrt(f(3)) == 3
            """);
    assertThat(tests.total()).isEqualTo(3);
    assertThat(tests.judge(new PythonSandbox(LIMITS), "def f(x): return x * x").passed())
        .isEqualTo(3);
    CodeVerdict half = tests.judge(new PythonSandbox(LIMITS), "def f(x): return x ** (x - 1)");
    assertThat(half.passed()).isEqualTo(2);
  }

  /** Threads, heap and time per snippet: nothing may pile up. */
  @Tag("slow")
  @Test
  void judge_thousandHostileSnippets_leaveTheProcessHealthy() throws InterruptedException {
    var sandbox = new PythonSandbox(new SandboxLimits(Duration.ofMillis(300), 1 << 12));
    List<String> hostile =
        List.of(
            "import os\nwhile True: os.fork()",
            "x = bytearray(10**9)",
            "while True: pass",
            "open('/etc/passwd').read()",
            "import os\nos._exit(0)",
            "while True: print('x' * 1000)",
            "import faulthandler\nfaulthandler._sigsegv()",
            "def f(x): return f(x)");
    TESTS.judge(sandbox, "def f(x): return x * x");
    int threads = Thread.activeCount();
    long heapBefore = usedHeap();
    for (int i = 0; i < 1000; i++) {
      CodeVerdict verdict = TESTS.judge(sandbox, hostile.get(i % hostile.size()));
      assertThat(verdict.passed()).isZero();
      assertThat(verdict.reason()).isNotEmpty();
    }
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
    assertThat(usedHeap() - heapBefore).isLessThan(32L << 20);
    assertThat(judge("def f(x): return x * x").allPassed()).isTrue();
  }

  static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
