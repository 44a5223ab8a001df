package io.tailwalk.records;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Output folders: an invalid place is detected before the work, but the folder is created when
 * there is something to write, so that a refused run creates nothing.
 */
public final class OutputFolder {
  private OutputFolder() {}

  /** Removes a folder into which nothing was written after all. */
  public static void removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      return; // it holds something
    }
  }

  /**
   * Checks whether a folder can be created and written to, without side effects.
   *
   * @param folder may exist
   * @throws TableException if it cannot be created, is not a folder, or cannot be written to
   */
  public static void check(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path each = folder.toAbsolutePath();
        each != null && Files.notExists(each);
        each = each.getParent()) {
      missing.add(each);
    }
    try {
      try {
        Files.createDirectories(folder);
        // Named as a temporary file is, so that the next check removes what a kill leaves.
        Temporary.beside(folder.resolve("tailwalk-check")).close();
      } finally {
        for (Path each : missing) {
          Files.deleteIfExists(each);
        }
      }
    } catch (DirectoryNotEmptyException _) {
      return; // another process has begun to write there, so it can be written to
    } catch (IOException e) {
      throw AtomicFiles.unwritable(folder, e);
    }
  }
}
