package io.tailwalk.runs.checkpoints;

import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.scores.Score;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.tables.scores.ScoreJournal;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

  /** Moves the finished files into place, the record first; a stream has no record. */
  void finish(RunRecord run) {
    if (!OutputFile.isStream(file)) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("run_key", identity.key());
      json.set("identity", identity.json());
      json.set("run", run.json());
      AtomicFiles.write(record(file), JsonText.pretty(json));
    }
    journal.finish();
  }

  /**
   * The path of a table's run record: {@code a.run.json} for both {@code a.parquet} and {@code
   * a.csv}.
   */
  static Path record(Path file) {
    String name =
        String.valueOf(file.getFileName()).replaceFirst("(?i)\\.(parquet|csv|jsonl)$", "");
    return file.resolveSibling(name + ".run.json");
  }

  @Override
  public void close() {
    journal.close();
  }
}
