package io.tailwalk.records;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON lines in progress, which survives a kill at any time. The caller numbers its
 * pieces of work; each is appended as one group that is stored before {@link #append} returns, and
 * is either complete or absent afterwards. A kill of the process loses no stored group; a failure
 * of the machine loses at most those of the last tenth of a second, which are then drawn again.
 * {@link #finish} puts the lines, in ascending order of group, into the file itself; until then
 * they are in {@code .NAME.journal} next to it.
 *
 * <p>A device, a pipe or {@code -} keeps nothing: its journal is a temporary file of the process,
 * so that the run cannot be resumed.
 *
 * <p>Journal text: {@code #journal 2 IDENTITY} (JSON), then per group its lines and {@code #group
 * NUMBER BYTES CRC32}, where the checksum covers lines and number. Content after the last intact
 * group is removed on reopening.
 */
public final class GroupJournal implements AutoCloseable {
  /** Longest time for which a group may be in the operating system's memory only. */
  private static final long SYNC_NANOS = 100_000_000;

  private final JournalPlace place;
  private final Path target;
  private final FileChannel channel;
  private JournalGroups groups = new JournalGroups();
  private long synced = System.nanoTime() - SYNC_NANOS;
  private @Nullable OutputStream live;
  private boolean finished;

  private GroupJournal(JournalPlace place, FileChannel channel) {
    this.place = place;
    this.target = place.target();
    this.channel = channel;
  }

  /**
   * Starts a journal.
   *
   * @param target the final file
   * @param run all that the work depends on: model, settings, input; resuming requires the same
   * @param resume whether to resume an unfinished run, if there is one
   * @return the open journal
   * @throws TableException if the place cannot be written, another process has the journal, an
   *     unfinished run exists and {@code resume} is false, or a part of what the work depends on
   *     has changed since the unfinished run began
   */
  public static GroupJournal open(Path target, Identity run, boolean resume) {
    AtomicFiles.refuseFolder(target);
    return open(JournalPlace.of(target), run, resume);
  }

  /**
   * Starts a journal whose lines are the file itself: to a stream they go as they are appended, in
   * this order.
   *
   * @throws TableException as specified by {@link #open}
   */
  public static GroupJournal openLines(Path target, Identity run, boolean resume) {
    GroupJournal opened = open(target, run, resume);
    if (opened.place.destination() instanceof Destination.Stream stream) {
      try {
        opened.live = stream.open();
      } catch (IOException e) {
        opened.close();
        throw AtomicFiles.unwritable(target, e);
      }
    }
    return opened;
  }

  private static GroupJournal open(JournalPlace place, Identity run, boolean resume) {
    try {
      FileChannel channel =
          FileChannel.open(
              place.journal(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        GroupJournal opened = new GroupJournal(place, channel);
        place.lock(channel);
        if (Files.notExists(place.journal())) {
          // Another run has finished it between the opening and the lock.
          channel.close();
          return open(place, run, resume);
        }
        place.sweep();
        opened.start(run, resume);
        return opened;
      } catch (IOException | TableException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw AtomicFiles.unwritable(place.target(), e);
    }
  }

  /** Whether an unfinished run of a file exists. */
  public static boolean isUnfinished(Path target) {
    return !Destination.isStream(target) && Files.exists(JournalPlace.of(target).journal());
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
    JournalPlace place = JournalPlace.of(target);
    try (FileChannel channel = FileChannel.open(place.journal(), StandardOpenOption.WRITE)) {
      place.lock(channel);
      place.sweep();
      Files.delete(place.journal());
    } catch (IOException e) {
      throw AtomicFiles.unwritable(target, e);
    }
  }

  /** Numbers of the groups that are stored, ascending; a copy. */
  public synchronized SortedSet<Long> done() {
    return groups.toSet();
  }

  /** Whether a group is stored. */
  public synchronized boolean isDone(long group) {
    return groups.contains(group);
  }

  /** Number of groups that are stored. */
  public synchronized int count() {
    return groups.size();
  }

  /**
   * The lines of a group that is stored.
   *
   * @throws TableException if the disk cannot be read
   */
  public synchronized List<String> lines(long group) {
    JournalGroups.Extent extent = groups.get(group);
    if (extent == null) {
      throw new IllegalArgumentException("group " + group + " is not stored");
    }
    try {
      return JournalBytes.lines(channel, extent);
    } catch (IOException e) {
      throw AtomicFiles.unreadable(place.journal(), e);
    }
  }

  /**
   * Adds a group and returns after it is stored.
   *
   * @param group its number, not used before
   * @param lines JSON objects without line breaks; may be none
   * @throws TableException if the disk cannot be written
   */
  public synchronized void append(long group, List<String> lines) {
    if (groups.contains(group)) {
      throw new IllegalArgumentException("group " + group + " already exists");
    }
    byte[] rows = JournalBytes.rows(lines);
    CRC32 crc = new CRC32();
    crc.update(rows);
    if (live != null) {
      place.write(live, rows);
      groups.add(group, new JournalGroups.Extent(0, 0));
      return;
    }
    String mark = "#group " + group + " " + rows.length + " " + JournalScan.sum(crc, group) + "\n";
    try {
      long start = channel.size();
      JournalBytes.write(channel, rows, start);
      JournalBytes.write(channel, mark.getBytes(StandardCharsets.US_ASCII), start + rows.length);
      sync();
      groups.add(group, new JournalGroups.Extent(start, rows.length));
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
    if (live == null) {
      AtomicFiles.writeBytes(target, this::copyAll);
      place.deliver();
    }
    finished = true;
    close();
  }

  /** Removes the journal of a run whose result is written by others, and is complete. */
  public synchronized void discard() {
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
    Path lines = place.lines();
    Path made = place.made();
    try {
      AtomicFiles.writeBytes(lines, this::copyAll);
      Files.deleteIfExists(made);
      conversion.convert(lines, made);
      AtomicFiles.sync(made);
      AtomicFiles.move(made, target);
    } catch (IOException e) {
      throw AtomicFiles.unwritable(target, e);
    } finally {
      place.sweepQuietly();
    }
    place.deliver();
    finished = true;
    close();
  }

  private void copyAll(FileChannel out) throws IOException {
    for (int i = 0; i < groups.size(); i++) {
      JournalBytes.copy(channel, groups.at(i), out);
    }
  }

  /**
   * Closes the journal; unless {@link #finish} was called or no group was kept, it remains for a
   * later run to resume.
   */
  @Override
  public synchronized void close() {
    try {
      if (channel.isOpen() && (finished || groups.size() == 0)) {
        Files.deleteIfExists(place.journal());
      } else if (channel.isOpen()) {
        channel.force(true);
      }
      channel.close();
      if (live != null) {
        live.close();
      }
    } catch (IOException e) {
      throw AtomicFiles.unwritable(place.journal(), e);
    }
  }

  /** Waits for the disk, but not for each of thousands of groups a second. */
  private void sync() throws IOException {
    if (System.nanoTime() - synced >= SYNC_NANOS) {
      channel.force(true);
      synced = System.nanoTime();
    }
  }

  private void start(Identity run, boolean resume) throws IOException {
    JournalScan scan = JournalScan.of(channel);
    // A header without its line break was truncated by a kill, before any work was done; where no
    // group is done, there is nothing to resume.
    if (scan.groups().size() == 0) {
      channel.truncate(0);
      JournalBytes.write(channel, JournalHeader.of(run).getBytes(StandardCharsets.UTF_8), 0);
      channel.force(true);
      return;
    }
    if (!resume) {
      throw TableException.in(
          target,
          "an unfinished run is stored in " + place.journal(),
          "resume it with --resume, or start again with --overwrite");
    }
    JournalHeader.refuseChange(place, run, scan.header());
    groups = scan.groups();
    channel.truncate(scan.intact());
  }
}
