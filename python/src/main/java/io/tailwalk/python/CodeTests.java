package io.tailwalk.python;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tests in Python: each top-level {@code assert} or call, each top-level block that contains one,
 * each function {@code test_...} and each method {@code test...} of a test case is one test; other
 * statements prepare them. The tests run in an interpreter of their own.
 *
 * @param source the Python text
 * @param steps the steps to run, in order
 */
record CodeTests(String source, List<Step> steps) {

  /** One top-level statement or one call of a test function. */
  record Step(int line, boolean isTest) {}

  /**
   * Reads tests.
   *
   * @param name their name in messages, such as a file name
   * @throws IllegalArgumentException if they are not valid Python or contain no test
   */
  static CodeTests parse(String name, String source) {
    var answer = new StringBuilder();
    String ending =
        new PythonSandbox(SandboxLimits.DEFAULT)
            .run(session -> answer.append(session.step("tests", source)));
    if (answer.indexOf(REFUSED) == 0) {
      throw new IllegalArgumentException(
          "the tests in " + name + ": " + answer.substring(REFUSED.length()));
    }
    if (!ending.isEmpty() || !answer.toString().startsWith("#")) {
      throw new IllegalArgumentException(
          "the tests in " + name + " are not valid Python: " + ending + answer + "; fix them");
    }
    List<Step> steps =
        Arrays.stream(answer.substring(1).split(" "))
            .filter(line -> !line.isEmpty())
            .map(line -> new Step(Math.abs(Integer.parseInt(line)), !line.startsWith("-")))
            .toList();
    if (steps.stream().noneMatch(Step::isTest)) {
      throw new IllegalArgumentException(
          "the tests in "
              + name
              + " test nothing; add lines like: assert f(2) == 4, or functions test_...()");
    }
    return new CodeTests(source, steps);
  }

  /** Begins the driver's answer if it understands the tests but cannot use them. */
  private static final String REFUSED = "Refused: ";

  /** Most characters of a reason. */
  private static final int MAX_REASON = 500;

  /** Number of tests. */
  int total() {
    return (int) steps.stream().filter(Step::isTest).count();
  }

  /**
   * Runs code and then these tests in a sandbox.
   *
   * @param before what is put before the code and must not be replaced by it; may be empty
   */
  CodeVerdict judge(PythonSandbox sandbox, String before, String code) {
    var run = new Run();
    String ending = sandbox.examine(before + code, (session, ran) -> run.go(session, before, ran));
    return run.verdict(ending);
  }

  /** Runs code and then these tests in a sandbox. */
  CodeVerdict judge(PythonSandbox sandbox, String code) {
    return judge(sandbox, "", code);
  }

  /** The progress so far; read after the run's thread has ended. */
  private final class Run {
    private int passed;
    private boolean ready = true;
    private String firstFailure = "";
    private String where = "the code";

    void go(PythonSandbox.Session session, String before, Supplier<String> ran) {
      if (!before.isEmpty()) {
        session.step("before", before);
      }
      String plan = session.step("tests", source);
      String problem = ran.get();
      if (!problem.isEmpty()) {
        firstFailure = "the code: " + problem;
        return;
      }
      where = "the tests";
      if (!plan.startsWith("#")) {
        firstFailure = "the tests cannot be read: " + plan;
        return;
      }
      for (int i = 0; i < steps.size(); i++) {
        where = "the test in line " + steps.get(i).line();
        String failure = session.step("step", Integer.toString(i));
        if (failure.isEmpty()) {
          passed += steps.get(i).isTest() ? 1 : 0;
        } else if (firstFailure.isEmpty()) {
          firstFailure = where + ": " + failure;
        }
        ready &= failure.isEmpty() || steps.get(i).isTest();
      }
    }

    /** A failed preparation is a failure too, even if every test passed. */
    CodeVerdict verdict(String ending) {
      boolean all = firstFailure.isEmpty() && ending.isEmpty() && ready;
      String reason =
          firstFailure.isEmpty() && !ending.isEmpty() ? where + " " + ending : firstFailure;
      return new CodeVerdict(all ? passed : Math.min(passed, total() - 1), total(), line(reason));
    }

    /** One line without control characters: the code chooses names and messages of its errors. */
    private static String line(String reason) {
      String line = reason.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]++", " ").strip();
      return line.substring(0, Math.min(line.length(), MAX_REASON));
    }
  }
}
