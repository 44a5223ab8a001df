package io.tailwalk.runs.work;

import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** Checks of an output file before a run starts. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Refuses a file that already exists, unless the mode resumes or overwrites it.
   *
   * @throws InputException if the file exists
   */
  public static void check(Path file, IfExists mode) {
    if (Files.isRegularFile(file) && mode == IfExists.REFUSE) {
      throw new InputException(
          file + " exists; overwrite it, resume its run, or choose another name");
    }
  }

  /**
   * Whether a file contains the complete result of a run.
   *
   * @param runKey key of the run: a hash of everything that determines its result
   * @param recordedKey reads the key of the run that wrote the file
   * @throws InputException if the file was written by a different run
   */
  public static boolean isFinished(Path file, String runKey, Supplier<String> recordedKey) {
    if (!Files.isRegularFile(file) || GroupJournal.isUnfinished(file)) {
      return false;
    }
    if (recordedKey.get().equals(runKey)) {
      return true;
    }
    throw new InputException(
        file + " contains a different run; overwrite it or choose another name");
  }

  /** The key in the record of a file; empty if there is no readable record. */
  public static String recordedKey(Path record) {
    try {
      return JsonText.parse(Files.readString(record)).path("run_key").asString("");
    } catch (IOException | JacksonException e) {
      return "";
    }
  }
}
