package io.tailwalk.records;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Folders for output: a bad place is found before the work, but the folder is made when there is
 * something to write, so that what is refused on the way has made nothing.
 */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Finds out whether a folder can be made and written to, and leaves no trace.
   *
   * @param folder may exist
   * @throws TableException when it cannot be made, is no folder, or takes no file
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
        Files.delete(Files.createTempFile(folder, ".", ".tmp"));
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
