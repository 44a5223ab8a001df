package io.tailwalk.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A private folder of this process for temporary files, in the system's temporary folder. It is
 * deleted when the process ends. A process that was killed cannot delete its folder, so every
 * process that makes one deletes those whose owners no longer run: an owner holds a lock on its
 * folder.
 */
public final class Scratch {
  private static final String PREFIX = "tailwalk-scratch-";
  private static final String LOCK = "lock";
  private static @Nullable Path folder;

  private Scratch() {}

  /**
   * The folder of this process, made on first use.
   *
   * @throws TableException if there is no temporary folder
   */
  public static synchronized Path folder() {
    Path known = folder;
    if (known == null) {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      try {
        sweep(temporary);
        known = make();
        folder = known;
      } catch (IOException e) {
        throw AtomicFiles.unwritable(temporary, e);
      }
    }
    return known;
  }

  /** A new empty folder inside this process's. */
  public static Path folder(String purpose) {
    try {
      return Files.createTempDirectory(folder(), purpose);
    } catch (IOException e) {
      throw AtomicFiles.unwritable(folder(), e);
    }
  }

  /** Copies a stream to a file that lasts as long as the process. */
  public static Path copy(InputStream in) throws IOException {
    Path copy = Files.createTempFile(folder(), "input", "");
    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    return copy;
  }

  /** Deletes a folder with everything in it, as far as that is possible. */
  public static void delete(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException _) {
      // What another process deletes at the same time, or holds open, is left to the next sweep.
      return;
    }
  }

  @SuppressWarnings("resource") // the lock is held until the process ends
  private static Path make() throws IOException {
    Path made = Files.createTempDirectory(PREFIX);
    FileChannel channel =
        FileChannel.open(made.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.lock();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                lock.release();
                channel.close();
              } catch (IOException _) {
                return;
              }
              delete(made);
            }));
    return made;
  }

  private static void sweep(Path temporary) throws IOException {
    List<Path> others = new ArrayList<>();
    try (var folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      folders.forEach(others::add);
    }
    for (Path other : others) {
      if (isAbandoned(other)) {
        delete(other);
      }
    }
  }

  private static boolean isAbandoned(Path other) {
    try (FileChannel channel = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException _) {
      return isOld(other);
    } catch (IOException | OverlappingFileLockException _) {
      return false;
    }
  }

  /** A folder without a lock has just been made, unless its owner was killed at that moment. */
  private static boolean isOld(Path other) {
    try {
      Instant made = Files.getLastModifiedTime(other).toInstant();
      return made.isBefore(Instant.now().minus(1, ChronoUnit.HOURS));
    } catch (IOException _) {
      return false;
    }
  }
}
