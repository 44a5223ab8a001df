package io.tailwalk.runs.work;

import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** What every run into a file asks about the file before it begins. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Refuses a file that is there already, unless it is said what to do with it.
   *
   * @throws InputException if it is there
   */
  public static void check(Path file, IfExists mode) {
    if (Files.isRegularFile(file) && mode == IfExists.REFUSE) {
      throw new InputException(
          file + " exists; overwrite it, resume its run, or choose another name");
    }
  }

  /**
   * Whether a file holds the finished result of a run.
   *
   * @param runKey what decides every byte of the run's result
   * @param recordedKey reads the key of the run that made the file
   * @throws InputException if the file is of another run
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

  /** The key in the record beside a file; empty if there is none that can be read. */
  public static String recordedKey(Path record) {
    try {
      return JsonText.parse(Files.readString(record)).path("run_key").asString("");
    } catch (IOException | JacksonException e) {
      return "";
    }
  }
}
