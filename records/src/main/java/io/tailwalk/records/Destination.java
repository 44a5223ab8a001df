package io.tailwalk.records;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where an output goes: a regular file, which is replaced as a whole, or a stream, to which bytes
 * are written in order and which keeps nothing.
 */
public sealed interface Destination {
  /**
   * A regular file, or a place where there is none yet.
   *
   * @param file the file itself; where the user named a symbolic link, the file it leads to, so
   *     that the link is kept
   */
  record Regular(Path file) implements Destination {}

  /**
   * A device, a pipe, or standard output.
   *
   * @param name as the user gave it
   */
  record Stream(Path name) implements Destination {
    /**
     * Opens the stream; the caller closes it.
     *
     * @throws IOException if it cannot be opened
     */
    OutputStream open() throws IOException {
      if (isStandardOutput(name)) {
        return new StandardOutput();
      }
      // To append keeps what a file behind /dev/stdout has already received.
      return Files.newOutputStream(name, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
  }

  /** Standard output, which the process goes on to use when this is closed. */
  final class StandardOutput extends FileOutputStream {
    private StandardOutput() {
      super(FileDescriptor.out);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Most symbolic links in a row, as the kernels have it. */
  int MOST_LINKS = 40;

  /**
   * The destination that a name stands for; {@code -} is standard output.
   *
   * @throws TableException if symbolic links lead in a circle
   */
  static Destination of(Path given) {
    if (isStandardOutput(given)) {
      return new Stream(given);
    }
    if (Files.exists(given) && !Files.isRegularFile(given) && !Files.isDirectory(given)) {
      return new Stream(given);
    }
    Path file = given;
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == MOST_LINKS) {
        throw TableException.in(
            given, "its symbolic links lead in a circle", "name the file itself");
      }
      try {
        file = file.toAbsolutePath().resolveSibling(Files.readSymbolicLink(file));
      } catch (IOException e) {
        throw AtomicFiles.unwritable(given, e);
      }
      // The open files of a process, such as /dev/stdout: to replace one would not reach it.
      if (file.startsWith("/proc")) {
        return new Stream(given);
      }
    }
    return new Regular(file);
  }

  /** Whether a name stands for standard output. */
  static boolean isStandardOutput(Path name) {
    return name.toString().equals("-");
  }

  /** Whether a name stands for a stream rather than a file. */
  static boolean isStream(Path name) {
    return of(name) instanceof Stream;
  }
}
