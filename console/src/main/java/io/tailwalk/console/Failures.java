package io.tailwalk.console;

import io.tailwalk.core.Addresses;
import io.tailwalk.records.ClosedPipeException;
import io.tailwalk.report.Printable;
import io.tailwalk.runs.work.Fault;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns failures into one sentence on stderr and an exit code. */
public final class Failures
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    failure
        .getCommandLine()
        .getErr()
        .println(
            Printable.sentence(
                "tailwalk: " + Addresses.withoutSecrets(UsageFault.sentence(failure))));
    return ExitCode.BAD_INPUT;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    if (failure instanceof ClosedPipeException) {
      return ExitCode.CLOSED_PIPE;
    }
    PrintWriter err = command.getErr();
    Fault fault = Fault.of(failure);
    boolean debug = isDebug(command);
    err.println("tailwalk: " + Printable.onOneLine(sentence(fault, debug)));
    if (debug) {
      failure.printStackTrace(err);
    }
    return code(fault);
  }

  private static boolean isDebug(CommandLine command) {
    return command.getCommandSpec().root().userObject() instanceof Program program
        && program.debug();
  }

  /**
   * Prints the sentence of a failure that no command handles, none for a closed pipe, and returns
   * its exit code.
   *
   * @param debug whether to print the stack trace too
   */
  public static int tell(Throwable failure, Console console, boolean debug) {
    if (failure instanceof ClosedPipeException) {
      return ExitCode.CLOSED_PIPE;
    }
    Fault fault = Fault.of(failure);
    console.tell("tailwalk: " + sentence(fault, debug));
    if (debug) {
      failure.printStackTrace(console.err());
    }
    return code(fault);
  }

  private static String sentence(Fault fault, boolean debug) {
    return switch (fault.kind()) {
      case INPUT, WORK, MEMORY ->
          fault.setting().map(setting -> "--" + setting + ": ").orElse("") + fault.sentence();
      case MISSING_PART ->
          "a part of the program is missing (%s); use the full distribution instead of the slim one"
              .formatted(fault.sentence());
      case INTERNAL ->
          "internal error: "
              + fault.sentence()
              + "; please report it"
              + (debug ? "" : " with the output of --debug");
    };
  }

  private static int code(Fault fault) {
    return switch (fault.kind()) {
      case INPUT, MISSING_PART -> ExitCode.BAD_INPUT;
      case WORK, MEMORY, INTERNAL -> ExitCode.FAILED;
    };
  }
}
