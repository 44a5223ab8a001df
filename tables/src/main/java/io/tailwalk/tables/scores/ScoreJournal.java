package io.tailwalk.tables.scores;

import io.tailwalk.tables.Doubles;
import io.tailwalk.tables.GroupJournal;
import io.tailwalk.tables.JsonText;
import io.tailwalk.tables.TableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Parquet score table in the making that can be killed at any moment and gone on with to the same
 * bytes: rows go to a journal of JSON lines first and are turned into Parquet once, at the end, in
 * the order of their groups, by one thread with fixed settings.
 */
public final class ScoreJournal implements AutoCloseable {
  private final GroupJournal journal;
  private final boolean perToken;

  private ScoreJournal(GroupJournal journal, boolean perToken) {
    this.journal = journal;
    this.perToken = perToken;
  }

  /**
   * One score.
   *
   * @param exampleId unique name of the response
   * @param promptId name of its prompt
   * @param model name of the model
   * @param logProbs natural logarithm of the probability of each token
   */
  public record Score(String exampleId, String promptId, String model, List<Double> logProbs) {
    /** Copies the list and refuses NaN and positive values. */
    public Score {
      logProbs = List.copyOf(logProbs);
      for (double logProb : logProbs) {
        if (!(logProb <= LogProbRange.ROUNDING)) {
          throw new TableException(
              "example %s under model %s: %s; the backend's numbers are no log-probabilities."
                  .formatted(exampleId, model, LogProbRange.problem("log_prob", logProb)));
        }
      }
    }
  }

  /**
   * Starts or goes on with a table.
   *
   * @param target the Parquet file that is wanted in the end
   * @param run what decides the scores: models, data, settings
   * @param resume whether to go on with an unfinished run, if there is one
   * @param perToken whether to keep a column {@code log_probs} with every token's
   */
  public static ScoreJournal open(Path target, String run, boolean resume, boolean perToken) {
    if (!target.toString().endsWith(".parquet")) {
      throw new TableException(target + ": scores are written as Parquet; name it *.parquet.");
    }
    return new ScoreJournal(
        GroupJournal.open(target, run + " per-token " + perToken, resume), perToken);
  }

  /** Numbers of the groups that need not be scored again. */
  public SortedSet<Long> done() {
    return journal.done();
  }

  /** Keeps the scores of one piece of work, all or none, and returns when they are on disk. */
  public void append(long group, List<Score> scores) {
    List<String> lines = new ArrayList<>();
    scores.forEach(score -> lines.add(line(score)));
    journal.append(group, lines);
  }

  private String line(Score score) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("example_id", score.exampleId());
    json.put("prompt_id", score.promptId());
    json.put("model", score.model());
    double sum = 0;
    ArrayNode each = JsonNodeFactory.instance.arrayNode();
    for (double logProb : score.logProbs()) {
      sum += logProb;
      each.add(Doubles.json(logProb));
    }
    json.set("log_prob", Doubles.json(Math.min(0.0, sum)));
    json.put("tokens", score.logProbs().size());
    if (perToken) {
      json.set("log_probs", each);
    }
    return JsonText.line(json);
  }

  /** Puts the finished table into place and removes the journal. */
  public void finish() {
    journal.finish(this::toParquet);
  }

  private void toParquet(Path lines, Path out) {
    try (Duck duck = new Duck()) {
      duck.run("SET threads = 1");
      String token = perToken ? ", log_probs: 'DOUBLE[]'" : "";
      duck.run(
          """
          COPY (SELECT * FROM read_json(%s, format = 'newline_delimited', columns = {
            example_id: 'VARCHAR', prompt_id: 'VARCHAR', model: 'VARCHAR', log_prob: 'DOUBLE',
            tokens: 'BIGINT'%s})) TO %s (FORMAT parquet, COMPRESSION zstd)
          """
              .formatted(Duck.text(lines.toString()), token, Duck.text(out.toString())));
    }
  }

  /** Closes the journal; unless finished, it stays for a later run to go on. */
  @Override
  public void close() {
    journal.close();
  }
}
