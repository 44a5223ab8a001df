package io.tailwalk.records;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file beside an output, {@code .NAME.PROCESS-NUMBER.tmp}. Its owner holds a lock on
 * it, which the system releases when the owner is killed; the next writer of the same output
 * deletes the files that nobody holds.
 */
final class Temporary implements AutoCloseable {
  private static final AtomicLong NUMBERS = new AtomicLong();

  /** Windows does not move a file while it is open. */
  private static final boolean CLOSED_BEFORE_MOVE = java.io.File.separatorChar == '\\';

  private final Path path;
  private final FileChannel channel;

  private Temporary(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes a file beside an output and deletes those that killed writers of it have left. */
  static Temporary beside(Path output) throws IOException {
    sweep(output);
    while (true) {
      String suffix = "." + ProcessHandle.current().pid() + "-" + NUMBERS.getAndIncrement();
      @Nullable Temporary made = made(AtomicFiles.sibling(output, suffix + ".tmp"));
      if (made != null) {
        return made;
      }
    }
  }

  /** A new locked file; null if the name is taken or another writer has just swept it away. */
  private static @Nullable Temporary made(Path path) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      return null;
    }
    if (isLocked(channel) && Files.exists(path)) {
      return new Temporary(path, channel);
    }
    channel.close();
    Files.deleteIfExists(path);
    return null;
  }

  /** Locks a new file; file systems without locks leave it to its owner to delete it. */
  private static boolean isLocked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException _) {
      return true;
    }
  }

  FileChannel channel() {
    return channel;
  }

  /** Syncs the file and puts it in the place of the output. */
  void replace(Path output) throws IOException {
    channel.force(true);
    if (CLOSED_BEFORE_MOVE) {
      channel.close();
    }
    AtomicFiles.move(path, output);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  /** Deletes the temporary files of an output that no process holds. */
  static void sweep(Path output) throws IOException {
    Pattern names =
        Pattern.compile(Pattern.quote("." + output.getFileName()) + "\\.\\d+-\\d+\\.tmp");
    DirectoryStream.Filter<Path> left =
        file -> names.matcher(String.valueOf(file.getFileName())).matches();
    Path folder = output.toAbsolutePath().resolveSibling("");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, left)) {
      for (Path file : files) {
        if (isAbandoned(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isAbandoned(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (IOException | OverlappingFileLockException _) {
      return false;
    }
  }
}
