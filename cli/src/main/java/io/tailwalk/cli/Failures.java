package io.tailwalk.cli;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.verify.RewardException;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.tables.TableException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one sentence on stderr and an exit code. */
final class Failures
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    say(err, failure);
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("try '" + command.getCommandSpec().qualifiedName() + " --help' for what it takes");
    return ExitCode.BAD_INPUT;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    PrintWriter err = command.getErr();
    boolean debug = ((Tailwalk) command.getCommandSpec().root().userObject()).debug();
    switch (failure) {
      case InputException _,
          RunException _,
          TableException _,
          ModelException _,
          VerifierException _ ->
          say(err, failure);
      default ->
          err.println(
              "tailwalk: internal error: "
                  + failure
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

  private static void say(PrintWriter err, Exception failure) {
    String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    err.println("tailwalk: " + message);
  }
}
