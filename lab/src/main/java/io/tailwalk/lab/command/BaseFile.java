package io.tailwalk.lab.command;

import io.tailwalk.runs.work.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where {@code --write-base} puts a model. */
final class BaseFile {
  private BaseFile() {}

  /** Refuses a bad place before the model is trained. */
  static Path check(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new InputException(
          "--write-base " + file + ": there is no folder " + parent + "; make it first");
    }
    if (Files.isDirectory(file)) {
      throw new InputException(
          "--write-base " + file + " is a folder; give the name of a file in it");
    }
    return file;
  }
}
