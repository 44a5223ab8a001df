package io.tailwalk.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * A file of JSON lines in progress, which survives a kill at any time. The caller numbers its
 * pieces of work; each is appended as one group that is synced to disk before {@link #append}
 * returns, and is either complete or absent afterwards. {@link #finish} puts the lines, in
 * ascending order of group, into the file itself; until then they are in {@code .NAME.journal} next
 * to it.
 *
 * <p>Journal text: {@code #journal 1 RUN}, then per group its lines and {@code #group NUMBER BYTES
 * CRC32}, where the checksum covers lines and number. Content after the last intact group is
 * removed on reopening.
 */
public final class GroupJournal implements AutoCloseable {
  private static final String HEADER = "#journal 1 ";

  private final Path target;
  private final Path journal;
  private final FileChannel channel;
  private final SortedMap<Long, JournalScan.Extent> groups = new TreeMap<>();
  private boolean finished;

  private GroupJournal(Path target, Path journal, FileChannel channel) {
    this.target = target;
    this.journal = journal;
    this.channel = channel;
  }

  /**
   * Starts a journal.
   *
   * @param target the final file
   * @param run the configuration of the work: model, settings, input; resuming requires the same
   * @param resume whether to resume an unfinished run, if there is one
   * @return the open journal
   * @throws TableException if the place cannot be written, another process has the journal, an
   *     unfinished run exists and {@code resume} is false, or the unfinished run is a different one
   */
  public static GroupJournal open(Path target, String run, boolean resume) {
    AtomicFiles.refuseFolder(target);
    Path journal = AtomicFiles.sibling(target, ".journal");
    boolean unfinished = Files.exists(journal);
    if (unfinished && !resume) {
      throw TableException.in(
          target,
          "an unfinished run is stored in " + journal,
          "resume it with --resume, or delete that file to start again");
    }
    try {
      FileChannel channel =
          FileChannel.open(
              journal,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        GroupJournal opened = new GroupJournal(target, journal, channel);
        opened.lock();
        opened.start(HEADER + oneLine(run) + "\n");
        return opened;
      } catch (IOException | TableException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw AtomicFiles.unwritable(target, e);
    }
  }

  /** Whether an unfinished run of a file exists. */
  public static boolean isUnfinished(Path target) {
    return Files.exists(AtomicFiles.sibling(target, ".journal"));
  }

  /**
   * Deletes an unfinished run, if there is one.
   *
   * @param target the final file
   * @throws TableException if another process is writing it or the folder cannot be changed
   */
  public static void discard(Path target) {
    if (!isUnfinished(target)) {
      return;
    }
    Path journal = AtomicFiles.sibling(target, ".journal");
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      new GroupJournal(target, journal, channel).lock();
      Files.delete(journal);
    } catch (IOException e) {
      throw AtomicFiles.unwritable(target, e);
    }
  }

  /** Numbers of the groups that are safely on disk, ascending; a copy. */
  public synchronized SortedSet<Long> done() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(groups.keySet()));
  }

  /**
   * Adds a group and returns after it is on disk.
   *
   * @param group its number, not used before
   * @param lines JSON objects without line breaks; may be none
   * @throws TableException if the disk cannot be written
   */
  public synchronized void append(long group, List<String> lines) {
    if (groups.containsKey(group)) {
      throw new IllegalArgumentException("group " + group + " already exists");
    }
    byte[] rows = rows(lines);
    CRC32 crc = new CRC32();
    crc.update(rows);
    String mark = "#group " + group + " " + rows.length + " " + JournalScan.sum(crc, group) + "\n";
    try {
      long start = channel.size();
      write(ByteBuffer.wrap(rows), start);
      write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII)), start + rows.length);
      channel.force(true);
      groups.put(group, new JournalScan.Extent(start, rows.length));
    } catch (IOException e) {
      throw AtomicFiles.unwritable(target, e);
    }
  }

  /**
   * Puts the finished file into place and removes the journal.
   *
   * @throws TableException if the place cannot be written; the journal is kept
   */
  public synchronized void finish() {
    AtomicFiles.writeBytes(target, this::copyAll);
    finished = true;
    close();
  }

  /** Converts the lines of a journal to a file of a different format. */
  @FunctionalInterface
  public interface Conversion {
    /**
     * Reads the lines and writes the file; equal lines must result in equal bytes.
     *
     * @param lines a file of JSON lines
     * @param out does not exist yet
     */
    void convert(Path lines, Path out);
  }

  /**
   * Puts a converted file into place and removes the journal.
   *
   * @param conversion the conversion
   * @throws TableException if the place cannot be written; the journal is kept
   */
  public synchronized void finish(Conversion conversion) {
    Path lines = AtomicFiles.sibling(target, ".lines.tmp");
    Path made = AtomicFiles.sibling(target, ".made.tmp");
    try {
      AtomicFiles.writeBytes(lines, this::copyAll);
      Files.deleteIfExists(made);
      conversion.convert(lines, made);
      AtomicFiles.sync(made);
      AtomicFiles.move(made, target);
    } catch (IOException e) {
      throw AtomicFiles.unwritable(target, e);
    } finally {
      dropQuietly(lines);
      dropQuietly(made);
    }
    finished = true;
    close();
  }

  /** A failed conversion leaves only the journal. */
  private static void dropQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The file is harmless: the next conversion overwrites it.
      return;
    }
  }

  private void copyAll(FileChannel out) throws IOException {
    for (JournalScan.Extent extent : groups.values()) {
      copy(extent, out);
    }
  }

  /**
   * Closes the journal; unless {@link #finish} was called or no group was kept, it remains for a
   * later run to resume.
   */
  @Override
  public synchronized void close() {
    try {
      if (channel.isOpen() && (finished || groups.isEmpty())) {
        Files.deleteIfExists(journal);
      }
      channel.close();
    } catch (IOException e) {
      throw AtomicFiles.unwritable(journal, e);
    }
  }

  private void lock() throws IOException {
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

  private void start(String header) throws IOException {
    byte[] expected = header.getBytes(StandardCharsets.UTF_8);
    JournalScan scan = JournalScan.of(channel);
    // A header without its line break was truncated by a kill, before any work was done.
    if (scan.header().isEmpty()) {
      channel.truncate(0);
      write(ByteBuffer.wrap(expected), 0);
      channel.force(true);
      return;
    }
    if (!scan.header().equals(header)) {
      throw TableException.in(
          target,
          "the unfinished run in " + journal + " had other settings",
          "repeat its settings, or delete that file to start again");
    }
    groups.putAll(scan.groups());
    channel.truncate(scan.intact());
  }

  private void copy(JournalScan.Extent extent, FileChannel out) throws IOException {
    long position = extent.start();
    long end = extent.start() + extent.length();
    while (position < end) {
      long moved = channel.transferTo(position, end - position, out);
      if (moved <= 0) {
        throw new IOException("the journal ended early");
      }
      position += moved;
    }
  }

  private void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private static byte[] rows(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (line.indexOf('\n') >= 0 || !line.startsWith("{")) {
        throw new IllegalArgumentException("a line must be one JSON object without line breaks");
      }
      text.append(line).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String run) {
    return run.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
