package io.tailwalk.console.config;

import io.tailwalk.runs.work.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The words of a command line before they are parsed.
 *
 * @param words the words, without the name of the program
 */
record GivenFlags(List<String> words) {
  /** The flag that names a file of flags. */
  static final String CONFIG = "--config";

  /** The flag that reads no such file. */
  static final String NO_CONFIG = "--no-config";

  /** Whether the line gives a flag. */
  boolean has(String name) {
    boolean isShort = !name.startsWith("--");
    return words.stream()
        .anyMatch(word ->
            word.equals(name)
                || word.startsWith(name + "=")
                || (isShort && word.startsWith(name) && !word.startsWith("--")));
  }

  /**
   * The file of flags that the line names.
   *
   * @throws InputException if the name is no path
   */
  Optional<Path> named() {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean apart = word.equals(CONFIG) && i + 1 < words.size();
      if (apart || word.startsWith(CONFIG + "=")) {
        String path = apart ? words.get(i + 1) : word.substring(CONFIG.length() + 1);
        try {
          return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
          throw new InputException(CONFIG + ": not a path on this system: " + path, e);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The file of flags that is used: the named one, or the first that is found.
   *
   * @throws InputException if the line names one and refuses all
   */
  Optional<Path> file(ConfigPlaces places) {
    if (has(NO_CONFIG) && has(CONFIG)) {
      throw new InputException(
          CONFIG + " and " + NO_CONFIG + " are mutually exclusive; give one of them");
    }
    return has(NO_CONFIG) ? Optional.empty() : named().or(places::find);
  }
}
