package io.tailwalk.console.config;

import io.tailwalk.console.config.ConfigFile.Setting;
import io.tailwalk.runs.work.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The settings of a file that a command uses: those below its name, in place of those below the
 * name of a command above it, in place of those for every command. A flag that takes one value has
 * one line in each of these parts.
 */
final class OwnSettings {
  private final ConfigFile file;
  private final CommandSpec command;

  OwnSettings(ConfigFile file, CommandSpec command) {
    this.file = file;
    this.command = command;
  }

  /**
   * The settings, in the order of their lines.
   *
   * @throws InputException that names both lines if a flag has a value twice
   */
  List<Setting> settings() {
    Map<String, List<Setting>> byName = new HashMap<>();
    for (Setting setting : file.settings()) {
      if (!applies(setting)) {
        continue;
      }
      List<Setting> before = byName.computeIfAbsent(setting.name(), _ -> new ArrayList<>());
      int closer = before.isEmpty() ? 0 : words(setting) - words(before.getFirst());
      if (closer > 0) {
        before.clear();
      }
      if (closer >= 0) {
        if (!before.isEmpty() && !isRepeatable(setting)) {
          throw new InputException(
              "%s, line %d: %s has a value in line %d already; delete one of them"
                  .formatted(
                      file.path(), setting.line(), setting.name(), before.getFirst().line()));
        }
        before.add(setting);
      }
    }
    return file.settings().stream()
        .filter(setting -> byName.getOrDefault(setting.name(), List.of()).contains(setting))
        .toList();
  }

  private boolean isRepeatable(Setting setting) {
    OptionSpec option = command.findOption("--" + setting.name());
    return option != null && option.isMultiValue();
  }

  /** Whether a setting is below the command's name, that of a command above it, or none. */
  private boolean applies(Setting setting) {
    return setting.command().isEmpty()
        || (command.qualifiedName(" ") + " ")
            .contains(" " + String.join(" ", setting.command().split("\\s+")) + " ");
  }

  /** How closely a part names a command: the number of words, from 0 for every command. */
  private static int words(Setting setting) {
    return setting.command().isEmpty() ? 0 : setting.command().split("\\s+").length;
  }
}
