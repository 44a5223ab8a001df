package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.scores.Score;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.tables.scores.ScoreJournal;
import java.nio.file.Path;
import java.util.List;

/** The score table of a run and its run record. */
final class ScoreFile implements AutoCloseable {
  private final Path file;
  private final Identity identity;
  private final ScoreJournal journal;

  private ScoreFile(Path file, Identity identity, ScoreJournal journal) {
    this.file = file;
    this.identity = identity;
    this.journal = journal;
  }

  static ScoreFile open(Path file, Identity run, IfExists mode, boolean perToken) {
    if (mode == IfExists.OVERWRITE) {
      GroupJournal.discard(file);
    }
    return new ScoreFile(
        file, run, ScoreJournal.open(file, run, mode == IfExists.RESUME, perToken));
  }

  boolean isDone(long piece) {
    return journal.isDone(piece);
  }

  int done() {
    return journal.count();
  }

  void append(long piece, List<Score> scores) {
    journal.append(piece, scores);
  }

  /**
   * Moves the finished files into place, the record first; a stream has no record.
   *
   * @param servers what the models' servers were asked for since the program started
   */
  void finish(RunRecord run, List<ServedUsage> servers) {
    OutputFile.writeRecord(file, identity, run, servers);
    journal.finish();
  }

  @Override
  public void close() {
    journal.close();
  }
}
