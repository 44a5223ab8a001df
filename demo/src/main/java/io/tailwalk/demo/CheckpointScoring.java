package io.tailwalk.demo;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.scores.ResponseGroup;
import io.tailwalk.records.scores.ResponseReader;
import io.tailwalk.records.scores.ResponseScorer;
import io.tailwalk.records.scores.Score;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.tables.scores.ScoreJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The scores of the held-out responses under every checkpoint, computed like those of the command
 * {@code tailwalk score}.
 *
 * @param scores scores of all responses, checkpoint by checkpoint
 * @param stamps identities of the checkpoints
 */
record CheckpointScoring(List<Score> scores, List<ModelStamp> stamps) {
  /** Files that the program brings need no trial. */
  private static final ModelSettings SHIPPED = ModelSettings.DEFAULT.withTrust(true);

  /** Name of the distribution of the responses in its table. */
  static final String REFERENCE = "data";

  /** Keeps copies. */
  CheckpointScoring {
    scores = List.copyOf(scores);
    stamps = List.copyOf(stamps);
  }

  /**
   * Scores a series.
   *
   * @throws CancellationException if interrupted
   * @throws io.tailwalk.core.model.ModelException if llama.cpp does not run on this machine
   */
  static CheckpointScoring of(ShippedSeries series, Watch watch) {
    List<ResponseGroup> groups = ResponseGroup.of(ResponseReader.read(series.heldOut()));
    long pieces = (long) groups.size() * series.models().size();
    long done = 0;
    List<Score> scores = new ArrayList<>();
    List<ModelStamp> stamps = new ArrayList<>();
    for (Path file : series.models()) {
      String name = ShippedSeries.name(file);
      try (LanguageModel model = Models.open("gguf:" + file, SHIPPED)) {
        stamps.add(new ModelStamp(name, model.identity().fingerprint()));
        var scorer = new ResponseScorer(name, model, false);
        for (ResponseGroup group : groups) {
          watch.check();
          scores.addAll(scorer.score(group).scores());
          done++;
          watch.at(done, pieces, name);
        }
      }
    }
    return new CheckpointScoring(scores, stamps);
  }

  /** Writes the score table that {@code tailwalk score} would write. */
  void writeScores(Path file) {
    write(file, scores);
  }

  /**
   * Writes the distribution of the responses as a table of the same form. Each prompt has one
   * response, whose log-probability is 0.
   */
  void writeReference(Path file) {
    String first = scores.getFirst().model();
    write(
        file,
        scores.stream()
            .filter(score -> score.model().equals(first))
            .map(score ->
                new Score(
                    score.exampleId(),
                    score.promptId(),
                    REFERENCE,
                    Collections.nCopies(score.logProbs().size(), 0.0)))
            .toList());
  }

  private static void write(Path file, List<Score> rows) {
    GroupJournal.discard(file);
    try (ScoreJournal journal = ScoreJournal.open(file, Identity.NONE, false, false)) {
      journal.append(0, rows);
      journal.finish();
    }
  }
}
