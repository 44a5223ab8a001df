package io.tailwalk.llama.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Marks of the installed libraries that processes use: a shared lock on a file beside the folder,
 * which the system releases at the end of the process, however it ends. A library is loaded for the
 * life of a process, and further files of it are opened later, for example in trials.
 */
final class InUse {
  private static final String ENDING = ".lock";

  /** The locks of this process, by folder; never released. */
  private static final Map<Path, FileLock> HELD = new HashMap<>();

  private InUse() {}

  /** Keeps the folder of a library until this process ends, as far as the system allows. */
  static void hold(Path folder) {
    synchronized (HELD) {
      if (HELD.containsKey(key(folder))) {
        return;
      }
      try {
        FileChannel channel =
            FileChannel.open(
                mark(folder),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        HELD.put(key(folder), channel.lock(0, Long.MAX_VALUE, true));
      } catch (IOException | OverlappingFileLockException _) {
        return; // a cache that cannot be written is not changed by others either
      }
    }
  }

  /** Deletes the folder of a library unless a process uses it. */
  static void deleteIfFree(Path folder) throws IOException {
    Path mark = mark(folder);
    if (!Files.exists(mark)) {
      Trees.delete(folder);
      return;
    }
    try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return;
      }
      Trees.delete(folder);
    } catch (OverlappingFileLockException _) {
      return;
    }
    Files.deleteIfExists(mark);
  }

  private static Path mark(Path folder) {
    return key(folder).resolveSibling(key(folder).getFileName() + ENDING);
  }

  private static Path key(Path folder) {
    return folder.toAbsolutePath().normalize();
  }
}
