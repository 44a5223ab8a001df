package io.tailwalk.cli;

import io.tailwalk.cli.cache.CacheCommand;
import io.tailwalk.cli.coverage.PasskCommand;
import io.tailwalk.cli.coverage.ProfileCommand;
import io.tailwalk.cli.coverage.ScoreCommand;
import io.tailwalk.cli.coverage.SelectCommand;
import io.tailwalk.cli.coverage.WatchCommand;
import io.tailwalk.cli.generate.CompareCommand;
import io.tailwalk.cli.generate.GenerateCommand;
import io.tailwalk.cli.generate.TailCommand;
import io.tailwalk.cli.value.ValueCommand;
import io.tailwalk.cli.verify.VerifyCommand;
import io.tailwalk.console.CommandProvider;
import io.tailwalk.console.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of the program, in the order of its help. A command line needs the flags of the
 * commands that it names only; of the others it needs name and description, and to build their
 * flags would take longer than most commands take to run.
 */
final class Commands {
  private static final String FIRST = "demo";
  private static final String COMPLETION = "completion";
  private static final String COMPLETION_SUMMARY =
      "Print a completion script for bash and zsh: source <(tailwalk completion)";

  private final List<Entry> entries = new ArrayList<>();

  /**
   * A command.
   *
   * @param name its name
   * @param summary the first line of its help
   * @param command builds it with its flags
   */
  private record Entry(String name, String summary, Supplier<CommandLine> command) {
    /** The command with its name and the line for the list of all commands. */
    CommandSpec outline() {
      CommandSpec outline = CommandSpec.create().name(name);
      outline.usageMessage().description(summary);
      return outline;
    }
  }

  /**
   * The commands of this process.
   *
   * @param words the command line, stored in run records
   */
  Commands(Console console, List<String> words) {
    var others = new TreeMap<String, Entry>();
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      Entry entry = entry(provider.type(), () -> provider.command(console, words));
      others.put(entry.name(), entry);
    }
    Entry first = others.remove(FIRST);
    if (first != null) {
      entries.add(first);
    }
    add(GenerateCommand.class, () -> new CommandLine(new GenerateCommand(console, words)));
    add(TailCommand.class, () -> new CommandLine(new TailCommand(console, words)));
    add(CompareCommand.class, () -> new CommandLine(new CompareCommand(console, words)));
    add(VerifyCommand.class, () -> new CommandLine(new VerifyCommand(console, words)));
    add(ScoreCommand.class, () -> new CommandLine(new ScoreCommand(console, words)));
    add(ProfileCommand.class, () -> new CommandLine(new ProfileCommand(console, words)));
    add(SelectCommand.class, () -> new CommandLine(new SelectCommand(console, words)));
    add(PasskCommand.class, () -> new CommandLine(new PasskCommand(console, words)));
    add(WatchCommand.class, () -> new CommandLine(new WatchCommand(console, words)));
    add(TrainCommand.class, () -> new CommandLine(new TrainCommand(console)));
    add(ValueCommand.class, () -> ValueCommand.of(console, words));
    entries.addAll(others.values());
    add(ModelsCommand.class, () -> new CommandLine(new ModelsCommand(console)));
    add(ConvertCommand.class, () -> new CommandLine(new ConvertCommand(console)));
    add(EngineCommand.class, () -> EngineCommand.of(console));
    add(InspectCommand.class, () -> new CommandLine(new InspectCommand(console)));
    add(ExportCommand.class, () -> new CommandLine(new ExportCommand(console)));
    add(DoctorCommand.class, () -> new CommandLine(new DoctorCommand(console)));
    add(CacheCommand.class, () -> CacheCommand.of(console));
    entries.add(new Entry(COMPLETION, COMPLETION_SUMMARY, Commands::completion));
    add(HelpCommand.class, () -> new CommandLine(new HelpCommand()));
  }

  private void add(Class<?> type, Supplier<CommandLine> command) {
    entries.add(entry(type, command));
  }

  private static Entry entry(Class<?> type, Supplier<CommandLine> command) {
    Command described = type.getAnnotation(Command.class);
    String[] lines = described.header().length > 0 ? described.header() : described.description();
    return new Entry(described.name(), lines[0], command);
  }

  private static CommandLine completion() {
    var command = new CommandLine(new GenerateCompletion());
    command.getCommandSpec().usageMessage().description(COMPLETION_SUMMARY);
    return command;
  }

  /**
   * The names of the commands that a command line needs completely.
   *
   * @param args the arguments, without the name of the program
   */
  static Predicate<String> named(String[] args) {
    List<String> words = List.of(args);
    return words.contains(COMPLETION) ? _ -> true : words::contains;
  }

  /**
   * Adds the commands to the program: with all their flags or as outlines.
   *
   * @param complete whether the command of a name gets its flags
   */
  void addTo(CommandLine program, Predicate<String> complete) {
    for (Entry entry : entries) {
      if (complete.test(entry.name())) {
        program.addSubcommand(entry.name(), entry.command().get());
      } else {
        program.addSubcommand(entry.name(), entry.outline());
      }
    }
  }
}
