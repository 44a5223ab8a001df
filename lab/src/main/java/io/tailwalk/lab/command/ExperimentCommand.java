package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Experiments;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an experiment that accepts only the common flags. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
final class ExperimentCommand implements Callable<Integer> {
  private final Experiments.Entry entry;
  private final Console console;
  private final List<String> words;

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  private ExperimentCommand(Experiments.Entry entry, Console console, List<String> words) {
    this.entry = entry;
    this.console = console;
    this.words = List.copyOf(words);
  }

  static CommandLine of(Experiments.Entry entry, Console console, List<String> words) {
    var line = new CommandLine(new ExperimentCommand(entry, console, words));
    line.setCommandName(entry.name());
    line.getCommandSpec().usageMessage().description(entry.about());
    return line;
  }

  @Override
  public Integer call() {
    ExperimentSettings settings = options.settings();
    Map<String, Object> params = Map.of("scale", settings.scale().wireName());
    return options.run(entry.with(settings), console, words, params);
  }
}
