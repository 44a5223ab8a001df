package io.tailwalk.cli;

import io.tailwalk.cli.compare.CompareCommand;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.coverage.PasskCommand;
import io.tailwalk.cli.coverage.ProfileCommand;
import io.tailwalk.cli.coverage.ScoreCommand;
import io.tailwalk.cli.coverage.SelectCommand;
import io.tailwalk.cli.coverage.WatchCommand;
import io.tailwalk.cli.demo.DemoCommand;
import io.tailwalk.cli.doctor.DoctorCommand;
import io.tailwalk.cli.generate.GenerateCommand;
import io.tailwalk.cli.lab.LabCommand;
import io.tailwalk.cli.models.ModelsCommand;
import io.tailwalk.cli.tail.TailCommand;
import io.tailwalk.cli.train.TrainCommand;
import io.tailwalk.cli.value.ValueCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: its commands and what they have in common. */
@Command(
    name = "tailwalk",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Draws verified text from language models by walking the tree of partial generations,",
      "with the cost and the uncertainty beside it."
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 the run failed or found nothing; 2 the command line or an input is at"
          + " fault; 3 'watch' found that coverage has turned (see its --exit-code).",
      "Start with: tailwalk demo"
    })
public final class Tailwalk {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean debug;

  private Tailwalk() {}

  /** Whether stack traces are wanted. */
  boolean debug() {
    return debug;
  }

  /**
   * Runs a command line.
   *
   * @param args without the program's name
   * @param console where it is shown
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(String[] args, Console console) {
    CommandLine line = commands(console, args);
    if (args.length == 0) {
      line.usage(line.getOut());
      return ExitCode.OK;
    }
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      console.tell(Failures.OUT_OF_MEMORY);
      return ExitCode.FAILED;
    } catch (LinkageError e) {
      console.tell(
          "tailwalk: a part of the program is not here (%s); take the whole distribution, not the slim one"
              .formatted(e.getMessage()));
      return ExitCode.FAILED;
    } catch (Error e) {
      console.tell("tailwalk: internal error: " + e + "; please report it");
      return ExitCode.FAILED;
    } finally {
      console.flush();
    }
  }

  private static CommandLine commands(Console console, String[] args) {
    var completion = new CommandLine(new GenerateCompletion());
    completion
        .getCommandSpec()
        .usageMessage()
        .description("Print a completion script for bash and zsh: source <(tailwalk completion)");
    CommandLine line =
        new CommandLine(new Tailwalk())
            .addSubcommand(new DemoCommand(console, words(args)))
            .addSubcommand(new GenerateCommand(console, words(args)))
            .addSubcommand(new TailCommand(console, words(args)))
            .addSubcommand(new CompareCommand(console, words(args)))
            .addSubcommand(new ScoreCommand(console, words(args)))
            .addSubcommand(new ProfileCommand(console, words(args)))
            .addSubcommand(new SelectCommand(console, words(args)))
            .addSubcommand(new PasskCommand(console, words(args)))
            .addSubcommand(new WatchCommand(console, words(args)))
            .addSubcommand(new TrainCommand(console))
            .addSubcommand(ValueCommand.of(console, words(args)))
            .addSubcommand(LabCommand.of(console, words(args)))
            .addSubcommand(new ModelsCommand(console))
            .addSubcommand(new DoctorCommand(console))
            .addSubcommand("completion", completion)
            .addSubcommand(new CommandLine.HelpCommand());
    return StrictLine.of(line)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(Math.clamp(console.width(), 60, 100));
  }

  private static List<String> words(String[] args) {
    List<String> words = new ArrayList<>(List.of("tailwalk"));
    words.addAll(List.of(args));
    return words;
  }
}
