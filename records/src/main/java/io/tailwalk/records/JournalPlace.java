package io.tailwalk.records;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a journal and its temporary files are.
 *
 * @param destination what the file is meant for
 * @param target the file; for a stream, a file of the process that is copied to it at the end
 */
record JournalPlace(Destination destination, Path target) {
  static JournalPlace of(Path given) {
    Destination destination = Destination.of(given);
    return new JournalPlace(
        destination,
        switch (destination) {
          case Destination.Regular(Path file) -> file;
          case Destination.Stream _ -> Scratch.folder("stream").resolve("output");
        });
  }

  Path journal() {
    return AtomicFiles.sibling(target, ".journal");
  }

  /** The lines in order, from which a conversion makes the file. */
  Path lines() {
    return AtomicFiles.sibling(target, ".lines.tmp");
  }

  /** The file that a conversion makes. */
  Path made() {
    return AtomicFiles.sibling(target, ".made.tmp");
  }

  /** The name for messages. */
  Path shown() {
    return switch (destination) {
      case Destination.Regular(Path file) -> file;
      case Destination.Stream(Path name) -> name;
    };
  }

  /**
   * Makes this run the only one that writes the file.
   *
   * @throws TableException if another run does
   */
  void lock(FileChannel channel) throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    }
    if (!free) {
      throw TableException.in(
          target, "another run is writing it", "wait for that run or choose another file");
    }
  }

  /** Writes lines to the stream that they are meant for. */
  void write(OutputStream out, byte[] rows) {
    try {
      out.write(rows);
      out.flush();
    } catch (IOException e) {
      throw AtomicFiles.unwritable(shown(), e);
    }
  }

  /** Copies the finished file to the stream that it is meant for, if it is. */
  void deliver() {
    if (destination instanceof Destination.Stream stream) {
      try {
        AtomicFiles.copy(target, stream);
        Files.delete(target);
      } catch (IOException e) {
        throw AtomicFiles.unwritable(shown(), e);
      }
    }
  }

  /** Deletes what a conversion leaves when it fails; harmless, as the next one would delete it. */
  void sweepQuietly() {
    try {
      sweep();
    } catch (IOException _) {
      return;
    }
  }

  /** Deletes what a killed conversion has left; only the holder of the journal may do so. */
  void sweep() throws IOException {
    Temporary.sweep(target);
    for (Path file : new Path[] {lines(), made()}) {
      Files.deleteIfExists(file);
      Temporary.sweep(file);
    }
  }
}
