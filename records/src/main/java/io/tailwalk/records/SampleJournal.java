package io.tailwalk.records;

import java.nio.file.Path;
import java.util.List;

/** A samples file in progress that can be resumed after a kill; see {@link GroupJournal}. */
public final class SampleJournal implements AutoCloseable {
  private final GroupJournal journal;

  private SampleJournal(GroupJournal journal) {
    this.journal = journal;
  }

  /**
   * Starts or resumes a samples file.
   *
   * @param target the final samples file
   * @param run all that the samples depend on: model, settings, prompts, seed
   * @param resume whether to resume an unfinished run, if there is one
   * @return the open journal
   * @throws TableException as specified by {@link GroupJournal#openLines}
   */
  public static SampleJournal open(Path target, Identity run, boolean resume) {
    return new SampleJournal(GroupJournal.openLines(target, run, resume));
  }

  /** Whether a group need not be drawn again. */
  public boolean isDone(long group) {
    return journal.isDone(group);
  }

  /** Number of groups that need not be drawn again. */
  public int count() {
    return journal.count();
  }

  /**
   * Stores the samples of one piece of work, all or none.
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

  /** Closes the journal; unless finished, it remains for a later run to resume. */
  @Override
  public void close() {
    journal.close();
  }
}
