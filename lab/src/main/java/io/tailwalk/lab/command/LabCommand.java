package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.lab.Experiments;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command that lists the experiments and runs one of them. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "EXPERIMENT",
    description = "Run an experiment and print its claim, its figures and the verdict.")
public final class LabCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private LabCommand() {}

  /**
   * Returns the command with a subcommand for each experiment.
   *
   * @param words the command line, for the run record
   */
  public static CommandLine of(Console console, List<String> words) {
    CommandLine lab =
        new CommandLine(new LabCommand()).addSubcommand(new EssCommand(console, words));
    lab.addSubcommand(new HorizonCommand(console, words));
    for (Experiments.Entry entry : Experiments.all()) {
      lab.addSubcommand(entry.name(), ExperimentCommand.of(entry, console, words));
    }
    return lab.addSubcommand(new ParityCommand(console, words))
        .addSubcommand(new CalibrationCommand(console, words))
        .addSubcommand(new CoverageVsCeCommand(console, words))
        .addSubcommand(new RlFollowsCoverageCommand(console, words))
        .addSubcommand(new LetterCommand(console, words))
        .addSubcommand(new CodeTestsCommand(console, words))
        .addSubcommand(new DyckCommand(console, words))
        .addSubcommand(new TreeCommand(console));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
