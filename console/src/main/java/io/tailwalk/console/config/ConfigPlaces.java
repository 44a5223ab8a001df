package io.tailwalk.console.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a file of flags is looked for, unless the command line names one.
 *
 * @param working in the working directory; empty for nowhere
 * @param user in the user's folder of settings; empty for nowhere
 */
public record ConfigPlaces(Optional<Path> working, Optional<Path> user) {
  /** No place: only a file that the command line names is read. */
  public static final ConfigPlaces NONE = new ConfigPlaces(Optional.empty(), Optional.empty());

  /** The name of the file. */
  public static final String NAME = "tailwalk.conf";

  /**
   * The places of this process: {@value #NAME} in the working directory, then {@code
   * tailwalk/tailwalk.conf} in the user's folder of settings.
   */
  public static ConfigPlaces ofProcess() {
    return new ConfigPlaces(
        Optional.of(Path.of(NAME)), Optional.of(settings().resolve("tailwalk").resolve(NAME)));
  }

  private static Path settings() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    String named = System.getenv(windows ? "APPDATA" : "XDG_CONFIG_HOME");
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("user.home", "."), ".config")
        : Path.of(named);
  }

  /** The first file that exists. */
  Optional<Path> find() {
    return working.filter(Files::isRegularFile).or(() -> user.filter(Files::isRegularFile));
  }
}
