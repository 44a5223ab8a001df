package io.tailwalk.cli;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.verify.RewardException;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.records.TableException;
import io.tailwalk.report.Printable;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into one sentence on stderr and an exit code. */
final class Failures
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {

  /** What to say where the memory does not suffice. */
  static final String OUT_OF_MEMORY =
      "tailwalk: out of memory; ask for less at a time (completions, children, walks, particles,"
          + " threads), or give Java more with JAVA_TOOL_OPTIONS=-Xmx8g";

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    failure
        .getCommandLine()
        .getErr()
        .println(Printable.message("tailwalk: " + UsageFault.sentence(failure)));
    return ExitCode.BAD_INPUT;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    PrintWriter err = command.getErr();
    boolean debug =
        command.getCommandSpec().root().userObject() instanceof Tailwalk program && program.debug();
    switch (failure) {
      case InputException _,
          RunException _,
          TableException _,
          ModelException _,
          VerifierException _ ->
          say(err, failure);
      case RuntimeException e when isOutOfMemory(e) -> err.println(OUT_OF_MEMORY);
      default ->
          err.println(
              "tailwalk: internal error: "
                  + Printable.onOneLine(String.valueOf(failure))
                  + "; please report it"
                  + (debug ? "" : ", with what --debug prints"));
    }
    if (debug) {
      failure.printStackTrace(err);
    }
    return switch (failure) {
      case InputException _, TableException _, ModelException _, RewardException _ ->
          ExitCode.BAD_INPUT;
      default -> ExitCode.FAILED;
    };
  }

  private static boolean isOutOfMemory(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof OutOfMemoryError)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  private static void say(PrintWriter err, Exception failure) {
    String said =
        failure instanceof InputException input && input.setting().isPresent()
            ? "--" + input.setting().get() + ": " + input.sentence()
            : String.valueOf(failure.getMessage());
    String message = said.strip().replaceAll("\\s*\\R\\s*", " ");
    err.println("tailwalk: " + Printable.onOneLine(message));
  }
}
