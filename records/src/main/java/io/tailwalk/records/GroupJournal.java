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
 * A file of JSON lines in the making, which survives being killed at any moment. The caller numbers
 * its pieces of work; each is appended as one group that is synced to disk before {@link #append}
 * returns, and either whole or absent afterwards. {@link #finish} puts the lines, in ascending
 * order of group, into the file itself; until then they are in {@code .NAME.journal} beside it.
 *
 * <p>Journal text: {@code #journal 1 RUN}, then per group its lines and {@code #group NUMBER BYTES
 * CRC32}, the sum being over lines and number. Whatever follows the last intact group is cut off on
 * reopening.
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
   * @param target the file that is wanted in the end
   * @param run what decides the work: model, settings, input; going on demands the same
   * @param resume whether to go on with an unfinished run, if there is one
   * @return the open journal
   * @throws TableException when the place cannot be written, another process has the journal, an
   *     unfinished run is there and {@code resume} is false, or it was another run
   */
  public static GroupJournal open(Path target, String run, boolean resume) {
    AtomicFiles.refuseFolder(target);
    Path journal = AtomicFiles.sibling(target, ".journal");
    boolean unfinished = Files.exists(journal);
    if (unfinished && !resume) {
      throw TableException.in(
          target,
          "an unfinished run is kept in " + journal,
          "go on with --resume, or delete that file to start anew");
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

  /** Whether an unfinished run of a file is there. */
  public static boolean isUnfinished(Path target) {
    return Files.exists(AtomicFiles.sibling(target, ".journal"));
  }

  /**
   * Throws an unfinished run away, if there is one.
   *
   * @param target the file that was wanted
   * @throws TableException when another process is writing it or the folder cannot be changed
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
   * Adds a group and returns when it is on disk.
   *
   * @param group its number, not used before
   * @param lines JSON objects without line breaks; may be none
   * @throws TableException when the disk does not take it
   */
  public synchronized void append(long group, List<String> lines) {
    if (groups.containsKey(group)) {
      throw new IllegalArgumentException("group " + group + " is there already");
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
   * @throws TableException when the place cannot be written; the journal is kept
   */
  public synchronized void finish() {
    AtomicFiles.writeBytes(target, this::copyAll);
    finished = true;
    close();
  }

  /** Makes a file of another form from the lines of a journal. */
  @FunctionalInterface
  public interface Conversion {
    /**
     * Reads the lines and writes the file; the same lines must give the same bytes.
     *
     * @param lines a file of JSON lines
     * @param out does not exist yet
     */
    void convert(Path lines, Path out);
  }

  /**
   * Puts a file of another form, made from the lines, into place and removes the journal.
   *
   * @param conversion how it is made
   * @throws TableException when the place cannot be written; the journal is kept
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

  /** A conversion that fails leaves the journal alone behind. */
  private static void dropQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is in nobody's way: the next conversion writes it anew.
      return;
    }
  }

  private void copyAll(FileChannel out) throws IOException {
    for (JournalScan.Extent extent : groups.values()) {
      copy(extent, out);
    }
  }

  /**
   * Closes the journal; unless {@link #finish} was called or no group was kept, it stays for a
   * later run to go on.
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
    // A header without its line break was cut short by a kill, before any work was done.
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
          "repeat its settings, or delete that file to start anew");
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
