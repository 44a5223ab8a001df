package io.tailwalk.records;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/** A samples file in the making that can be killed and gone on with; see {@link GroupJournal}. */
public final class SampleJournal implements AutoCloseable {
  private final GroupJournal journal;

  private SampleJournal(GroupJournal journal) {
    this.journal = journal;
  }

  /**
   * Starts or goes on with a samples file.
   *
   * @param target the samples file that is wanted in the end
   * @param run what decides the samples: model, settings, prompts, seed
   * @param resume whether to go on with an unfinished run, if there is one
   * @return the open journal
   * @throws TableException as {@link GroupJournal#open} says
   */
  public static SampleJournal open(Path target, String run, boolean resume) {
    return new SampleJournal(GroupJournal.open(target, run, resume));
  }

  /** Numbers of the groups that need not be drawn again. */
  public SortedSet<Long> done() {
    return journal.done();
  }

  /**
   * Keeps the samples of one piece of work, all or none, and returns when they are on disk.
   *
   * @param group number of the piece of work; decides the place in the finished file
   * @param rows its samples, in order
   */
  public void append(long group, List<SampleRow> rows) {
    journal.append(group, rows.stream().map(SampleRows::line).toList());
  }

  /** Puts the finished file into place and removes the journal. */
  public void finish() {
    journal.finish();
  }

  /** Closes the journal; unless finished, it stays for a later run to go on. */
  @Override
  public void close() {
    journal.close();
  }
}
