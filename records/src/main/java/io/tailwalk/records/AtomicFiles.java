package io.tailwalk.records;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Writes files completely or not at all: a temporary file in the same folder, synced, then moved.
 * Only regular files are replaced: a symbolic link is kept and its file written, and to a device, a
 * pipe or {@code -} (standard output) the content is streamed.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** A writer of bytes. */
  @FunctionalInterface
  public interface Bytes {
    /**
     * Writes all bytes.
     *
     * @param out the destination; closed by the caller
     * @throws IOException if the place cannot be written
     */
    void writeTo(FileChannel out) throws IOException;
  }

  /** A writer of text. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the complete text.
     *
     * @param out the destination; closed by the caller
     * @throws IOException if the place cannot be written
     */
    void writeTo(Writer out) throws IOException;
  }

  /**
   * Writes a text file as UTF-8, or leaves everything unchanged.
   *
   * @param file replaced if it exists
   * @param content what to write
   * @throws TableException if the place cannot be written
   */
  public static void write(Path file, Content content) {
    writeBytes(file, channel -> writeText(channel, content));
  }

  /**
   * Writes a file of bytes, or leaves everything unchanged.
   *
   * @param file replaced if it exists
   * @param content what to write
   * @throws TableException if the place cannot be written
   */
  public static void writeBytes(Path file, Bytes content) {
    refuseFolder(file);
    try {
      switch (Destination.of(file)) {
        case Destination.Regular(Path target) -> replace(target, content);
        case Destination.Stream stream -> stream(stream, content);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void replace(Path target, Bytes content) throws IOException {
    try (Temporary temporary = Temporary.beside(target)) {
      content.writeTo(temporary.channel());
      temporary.replace(target);
    }
  }

  /** Content may be written by position, which a stream does not know, so it is made first. */
  private static void stream(Destination.Stream stream, Bytes content) throws IOException {
    Path whole = Files.createTempFile(Scratch.folder(), "output", "");
    try {
      writeSynced(whole, content);
      copy(whole, stream);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** Copies a finished file to a stream. */
  static void copy(Path whole, Destination.Stream stream) throws IOException {
    try (OutputStream out = stream.open()) {
      Files.copy(whole, out);
    }
  }

  /**
   * Writes a text file as UTF-8, or leaves everything unchanged.
   *
   * @param file replaced if it exists
   * @param text what to write
   * @throws TableException if the place cannot be written
   */
  public static void write(Path file, String text) {
    write(file, out -> out.write(text));
  }

  /**
   * Creates an output folder with its parents.
   *
   * @param folder may exist
   * @return the same
   * @throws TableException if it cannot be created, or is not a folder
   */
  public static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** Moves a finished file into place and syncs the move. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    syncFolder(to.toAbsolutePath().resolveSibling(""));
  }

  /** Syncs the bytes of a finished file. */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** A hidden file next to another one, whose name begins with the other's. */
  static Path sibling(Path file, String suffix) {
    return file.toAbsolutePath().resolveSibling("." + file.getFileName() + suffix);
  }

  /** Refuses a folder as the path of a file. */
  static void refuseFolder(Path file) {
    if (Files.isDirectory(file)) {
      throw new TableException(
          "cannot write " + file + ": it is a folder; give the name of a file in it.");
    }
  }

  /**
   * The failure to write a file, in one sentence.
   *
   * @throws ClosedPipeException if the file is a pipe whose reader has gone
   */
  static TableException unwritable(Path file, IOException e) {
    if (ClosedPipeException.isBehind(e)) {
      throw new ClosedPipeException(e);
    }
    return new TableException(
        "cannot write " + file + ": " + reason(e) + "; choose a place that can be written.", e);
  }

  /** The sentence for a file that cannot be read. */
  public static TableException unreadable(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return new TableException("cannot read " + file + ": it is a folder; name a file.", e);
    }
    return new TableException(
        "cannot read " + file + ": " + reason(e) + "; check the path and its permissions.", e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission is denied";
      case NoSuchFileException _ -> "no such file or folder";
      case NotDirectoryException _, FileAlreadyExistsException _ ->
          "there is a file in place of the folder";
      case FileSystemException f when f.getReason() != null ->
          TableException.quoted(f.getReason()).replace("\"", "").toLowerCase(Locale.ROOT);
      default -> TableException.quoted(String.valueOf(e.getMessage())).replace("\"", "");
    };
  }

  private static void writeText(FileChannel channel, Content content) throws IOException {
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
    content.writeTo(out);
    out.flush();
  }

  private static void writeSynced(Path file, Bytes content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      content.writeTo(channel);
      channel.force(true);
    }
  }

  // Some systems cannot open a folder; the move itself has succeeded by then.
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      return;
    }
  }
}
