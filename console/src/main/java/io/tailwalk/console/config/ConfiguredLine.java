package io.tailwalk.console.config;

import io.tailwalk.console.Nearest;
import io.tailwalk.console.config.ConfigFile.Setting;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command line with the flags of a file put behind its command: those that the command has and
 * the line does not give. What a flag of the line excludes is left out too.
 */
public final class ConfiguredLine {
  private static final String CONFIG = GivenFlags.CONFIG;

  /**
   * Flags that run programs, load code or read and write files elsewhere: a file that lies in a
   * folder cannot set them.
   */
  private static final Set<String> RISKY =
      Set.of("lib", "from", "trust", "verifier", "lora", "overwrite", "out", "report", "replay");

  /** Sends prompts, and a key from the environment, to an address. */
  private static final String SERVER = "openai:";

  private static final Set<String> NEVER = Set.of("config", "no-config", "help", "version");

  private final CommandLine root;
  private final List<String> args;
  private final GivenFlags given;

  private ConfiguredLine(CommandLine root, List<String> args) {
    this.root = root;
    this.args = args;
    this.given = new GivenFlags(args);
  }

  /** Whether a file adds flags to a command line; then {@link #of} needs all commands. */
  public static boolean readsFile(String[] args, ConfigPlaces places) {
    return new GivenFlags(List.of(args)).file(places).isPresent();
  }

  /**
   * Adds {@code --config} and {@code --no-config} to a program; its commands inherit them.
   *
   * @param root the program before its commands are added
   */
  public static void addFlags(CommandLine root) {
    root.getCommandSpec()
        .addOption(
            OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .scopeType(CommandLine.ScopeType.INHERIT)
                .description(
                    "File with flags for this and other command lines. Default: tailwalk.conf in the"
                        + " working directory, or in the user's folder of settings.")
                .build())
        .addOption(
            OptionSpec.builder(GivenFlags.NO_CONFIG)
                .type(boolean.class)
                .scopeType(CommandLine.ScopeType.INHERIT)
                .description("Read no file with flags.")
                .build());
  }

  /**
   * A command line with the words of a file.
   *
   * @param words all words
   * @param origins file and line of the words of the file, by the name of their flag
   */
  public record Words(List<String> words, Map<String, String> origins) {}

  /**
   * The words of a command line with those of a file.
   *
   * @param root the program with its commands
   * @param notice receives a sentence if a file is used that the line does not name
   * @throws InputException that names file, line and remedy if the file is not valid
   */
  public static Words of(
      CommandLine root, String[] args, ConfigPlaces places, Consumer<String> notice) {
    var line = new ConfiguredLine(root, List.of(args));
    Optional<Path> path = line.given.file(places);
    if (path.isEmpty()) {
      return new Words(List.of(args), Map.of());
    }
    Optional<Path> named = line.given.named();
    boolean inFolder = named.isEmpty() && path.equals(places.working());
    return line.with(ConfigFile.read(path.get()), named.isEmpty(), inFolder, notice);
  }

  private Words with(ConfigFile file, boolean found, boolean inFolder, Consumer<String> notice) {
    int behind = commandEnd();
    CommandLine command = command(args.subList(0, behind));
    List<String> added = new ArrayList<>();
    Map<String, String> origins = new HashMap<>();
    for (Setting setting : file.settings()) {
      check(file, setting, inFolder);
    }
    var own = new OwnSettings(file, command.getCommandSpec());
    for (Setting setting : own.settings()) {
      option(command, setting)
          .filter(option -> !isSettled(option))
          .ifPresent(option -> {
            added.addAll(words(file, setting, option));
            origins.putIfAbsent("--" + setting.name(), file.path() + ", line " + setting.line());
          });
    }
    if (added.isEmpty()) {
      return new Words(args, Map.of());
    }
    List<String> all = new ArrayList<>(args.subList(0, behind));
    if (found) {
      // Records show the command line, and so the file.
      all.add(CONFIG + "=" + file.path());
    }
    all.addAll(added);
    all.addAll(args.subList(behind, args.size()));
    if (found && !given.has("--quiet") && !given.has("-q") && !added.contains("--quiet")) {
      notice.accept(
          "flags from "
              + file.path()
              + ": "
              + added.stream()
                  .map(word -> word.replaceFirst("=.*", ""))
                  .distinct()
                  .collect(Collectors.joining(" ")));
    }
    return new Words(all, origins);
  }

  /** Number of words up to the end of the command's name. */
  private int commandEnd() {
    CommandLine at = root;
    int end = 0;
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (at.getSubcommands().containsKey(word)) {
        at = at.getSubcommands().get(word);
        end = i + 1;
      } else if (word.equals(CONFIG)) {
        i++;
      } else if (!word.startsWith("-")) {
        break;
      }
    }
    return end;
  }

  private CommandLine command(List<String> words) {
    CommandLine at = root;
    for (String word : words) {
      CommandLine next = at.getSubcommands().get(word);
      at = next == null ? at : next;
    }
    return at;
  }

  /** Refuses settings that no command has, whatever the command is now. */
  private void check(ConfigFile file, Setting setting, boolean inFolder) {
    String where = file.path() + ", line " + setting.line() + ": ";
    Optional<CommandLine> section = section(setting);
    if (section.isEmpty()) {
      throw new InputException(
          where
              + "unknown command '"
              + setting.command()
              + "'; the commands are "
              + String.join(", ", new TreeSet<>(root.getSubcommands().keySet())));
    }
    Set<String> valid = names(section.get());
    if (!valid.contains(setting.name())) {
      throw new InputException(
          where
              + "unknown flag '"
              + setting.name()
              + "'"
              + (setting.command().isEmpty() ? "" : " of " + setting.command())
              + meant(setting.name(), valid));
    }
    if (inFolder && (RISKY.contains(setting.name()) || setting.value().contains(SERVER))) {
      throw new InputException(
          where
              + setting.name()
              + " can run programs, send text or replace files, and this file was found in the working directory; use it by"
              + " --config "
              + file.path()
              + ", or omit it by --no-config");
    }
  }

  private static String meant(String name, Set<String> valid) {
    List<String> near = Nearest.to(name, valid);
    return near.isEmpty()
        ? "; delete the line, or see --help of the command for its flags"
        : "; did you mean " + String.join(" or ", near) + "?";
  }

  private Optional<CommandLine> section(Setting setting) {
    CommandLine at = root;
    for (String word :
        setting.command().isEmpty() ? new String[0] : setting.command().split("\\s+")) {
      CommandLine next = at.getSubcommands().get(word);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  /** The names of all flags of a command and of the commands below it. */
  private static Set<String> names(CommandLine command) {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      String name = option.longestName();
      if (name.startsWith("--") && !NEVER.contains(name.substring(2))) {
        names.add(name.substring(2));
      }
    }
    command.getSubcommands().values().forEach(below -> names.addAll(names(below)));
    return names;
  }

  private static Optional<OptionSpec> option(CommandLine command, Setting setting) {
    return Optional.ofNullable(command.getCommandSpec().findOption("--" + setting.name()));
  }

  /** Whether the line gives a flag, or another one that excludes it. */
  private boolean isSettled(OptionSpec option) {
    if (Arrays.stream(option.names()).anyMatch(given::has)) {
      return true;
    }
    ArgGroupSpec group = option.group();
    return group != null
        && group.exclusive()
        && (group.options().stream()
                .flatMap(other -> Arrays.stream(other.names()))
                .anyMatch(given::has)
            || (!group.positionalParameters().isEmpty() && givesArgument(option.command())));
  }

  /** Whether a word behind the command is neither a flag nor the value of one. */
  private boolean givesArgument(CommandSpec command) {
    for (int i = commandEnd(); i < args.size(); i++) {
      String word = args.get(i);
      if (!word.startsWith("-")) {
        return true;
      }
      OptionSpec option = command.findOption(word);
      i += option != null && option.arity().min() > 0 ? 1 : 0;
    }
    return false;
  }

  private static List<String> words(ConfigFile file, Setting setting, OptionSpec option) {
    String name = "--" + setting.name();
    if (option.arity().max() == 0) {
      return switch (setting.value()) {
        case "true" -> List.of(name);
        case "false" -> List.of();
        default ->
            throw new InputException(
                file.path()
                    + ", line "
                    + setting.line()
                    + ": "
                    + setting.name()
                    + " is true or false, got '"
                    + setting.value()
                    + "'");
      };
    }
    boolean optional = option.arity().min() == 0 && setting.value().equals("true");
    return List.of(optional ? name : name + "=" + setting.value());
  }
}
