package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * Runs usual command lines, whose output nobody sees, in one process. The launcher starts it once
 * and lets the JVM keep what was loaded and measured, so that later processes start quickly.
 */
public final class Rehearsal {
  private static final List<String> USUAL =
      List.of(
          "--help",
          "--version",
          "generate --help",
          "generate --model builtin:austen --prompt It --verifier avoid:e --max-tokens 8 --json",
          "generate --model builtin:austen --prompt It --verifier regex:[a-z\\s]+ --max-tokens 8"
              + " --sampler smc --seed 2",
          "tail --model builtin:austen --prompt It --verifier avoid:e --max-tokens 8",
          "doctor --model builtin:austen",
          "models --help",
          "engine list --help",
          "score --help",
          "profile --help",
          "lab --help");

  private Rehearsal() {}

  /** Runs the command lines. */
  public static void main(String[] args) {
    System.exit(run());
  }

  /** Runs the command lines; the exit code is the worst of theirs. */
  static int run() {
    int worst = ExitCode.OK;
    for (String line : USUAL) {
      var nowhere = new PrintStream(OutputStream.nullOutputStream());
      var console = new Console(nowhere, nowhere, 100, false, false);
      worst = Math.max(worst, Tailwalk.run(line.split(" "), console));
    }
    return worst;
  }
}
