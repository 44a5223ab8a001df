package io.tailwalk.lab.command;

import io.tailwalk.runs.work.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that {@code --write-base} names. */
final class BaseFile {
  private BaseFile() {}

  /** Refuses an unusable path before the model is trained. */
  static Path check(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new InputException(
          "--write-base " + file + ": folder " + parent + " not found; create it first");
    }
    if (Files.isDirectory(file)) {
      throw new InputException(
          "--write-base " + file + " is a folder; give the name of a file in this folder");
    }
    return file;
  }
}
