package io.tailwalk.python;

/** Verdicts on code, with the default limits. */
final class Judging {
  private static final PythonSandbox SANDBOX = new PythonSandbox(SandboxLimits.DEFAULT);

  private Judging() {}

  /** Tests and code in one line each have {@code \n} for line breaks. */
  static CodeVerdict judge(String tests, String code) {
    return CodeTests.parse("t.py", tests.replace("\\n", "\n"))
        .judge(SANDBOX, code.replace("\\n", "\n"));
  }
}
