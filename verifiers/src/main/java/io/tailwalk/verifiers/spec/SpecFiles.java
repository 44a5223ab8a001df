package io.tailwalk.verifiers.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that specifications name. */
public final class SpecFiles {
  private SpecFiles() {}

  /**
   * The text of a file in UTF-8.
   *
   * @param kind the verifier's kind, for messages
   * @throws IllegalArgumentException naming the file if it cannot be read
   */
  public static String read(String kind, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          kind + ": the file " + file + " cannot be read; check its name and that it is UTF-8", e);
    }
  }
}
