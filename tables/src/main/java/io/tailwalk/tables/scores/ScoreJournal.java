package io.tailwalk.tables.scores;

import io.tailwalk.records.Doubles;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A score table in the making that can be killed at any moment and gone on with to the same bytes:
 * rows go to a journal of JSON lines first and are turned once, at the end, into the form that the
 * file's name asks for (Parquet, CSV, JSON lines), in the order of their groups, by one thread with
 * fixed settings. Numbers are the same doubles in every form.
 */
public final class ScoreJournal implements AutoCloseable {
  private final GroupJournal journal;
  private final Form form;
  private final boolean perToken;

  private ScoreJournal(GroupJournal journal, Form form, boolean perToken) {
    this.journal = journal;
    this.form = form;
    this.perToken = perToken;
  }

  private enum Form {
    PARQUET(".parquet"),
    CSV(".csv"),
    JSON_LINES(".jsonl");

    private final String ending;

    Form(String ending) {
      this.ending = ending;
    }

    static Form of(Path target) {
      String name = target.toString().toLowerCase(Locale.ROOT);
      for (Form form : values()) {
        if (name.endsWith(form.ending)) {
          return form;
        }
      }
      throw TableException.in(
          target,
          "its name says nothing of the form of the table",
          "name it *.parquet, *.csv or *.jsonl");
    }
  }

  /**
   * Starts or goes on with a table.
   *
   * @param target the file that is wanted in the end; its ending says in which form
   * @param run what decides the scores: models, data, settings
   * @param resume whether to go on with an unfinished run, if there is one
   * @param perToken whether to keep a column {@code log_probs} with every token's
   */
  public static ScoreJournal open(Path target, String run, boolean resume, boolean perToken) {
    Form form = Form.of(target);
    return new ScoreJournal(
        GroupJournal.open(target, run + " per-token " + perToken, resume), form, perToken);
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
    switch (form) {
      case PARQUET -> journal.finish(convert("FORMAT parquet, COMPRESSION zstd"));
      case CSV -> journal.finish(convert("FORMAT csv, HEADER"));
      case JSON_LINES -> journal.finish();
    }
  }

  private GroupJournal.Conversion convert(String options) {
    String token = perToken ? ", log_probs: 'DOUBLE[]'" : "";
    return (lines, out) -> {
      try (Duck duck = new Duck()) {
        duck.run("SET threads = 1");
        duck.run(
            """
            COPY (SELECT * FROM read_json(%s, format = 'newline_delimited', columns = {
              example_id: 'VARCHAR', prompt_id: 'VARCHAR', model: 'VARCHAR', log_prob: 'DOUBLE',
              tokens: 'BIGINT'%s})) TO %s (%s)
            """
                .formatted(Duck.text(lines.toString()), token, Duck.text(out.toString()), options));
      }
    };
  }

  /** Closes the journal; unless finished, it stays for a later run to go on. */
  @Override
  public void close() {
    journal.close();
  }
}
