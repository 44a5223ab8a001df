package io.tailwalk.console;

import io.tailwalk.core.Addresses;
import io.tailwalk.records.ClosedPipeException;
import io.tailwalk.report.Printable;
import io.tailwalk.runs.work.Fault;
import java.io.PrintWriter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns failures into one sentence on stderr and an exit code. */
public final class Failures
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
  private static final Pattern FLAG = Pattern.compile("--[a-z0-9-]+");

  private final Map<String, String> origins;

  /**
   * Failures of a command line.
   *
   * @param origins where flags come from that the user did not give on the line, by their names
   */
  public Failures(Map<String, String> origins) {
    this.origins = Map.copyOf(origins);
  }

  /** A sentence about a flag, which it begins with, and where the flag comes from. */
  private String withOrigin(String sentence) {
    Matcher flag = FLAG.matcher(sentence);
    String origin = flag.lookingAt() ? origins.get(flag.group()) : null;
    return origin == null ? sentence : sentence + " (" + flag.group() + " is in " + origin + ")";
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    failure
        .getCommandLine()
        .getErr()
        .println(
            Printable.sentence(
                "tailwalk: " + Addresses.withoutSecrets(withOrigin(UsageFault.sentence(failure)))));
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
    err.println("tailwalk: " + Printable.onOneLine(withOrigin(sentence(fault, debug))));
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
