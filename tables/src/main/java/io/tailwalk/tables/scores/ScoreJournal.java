package io.tailwalk.tables.scores;

import io.tailwalk.records.Destination;
import io.tailwalk.records.Doubles;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A score table in progress that can be killed at any time and resumed to the same bytes: rows are
 * written to a journal of JSON lines first and converted once, at the end, to the format of the
 * file's name (Parquet, CSV, JSON lines), in the order of their groups, by one thread with fixed
 * settings. Numbers are the same doubles in every format. A device, a pipe or {@code -} whose name
 * shows no format gets JSON lines.
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
      if (Destination.isStream(target)) {
        return JSON_LINES;
      }
      throw TableException.in(
          target,
          "its name does not show the format of the table",
          "name it *.parquet, *.csv or *.jsonl");
    }
  }

  /**
   * Starts or resumes a table.
   *
   * @param target the final file; its extension determines the format
   * @param run all that the scores depend on: models, data, settings
   * @param resume whether to resume an unfinished run, if there is one
   * @param perToken whether to store a column {@code log_probs} with every token's
   */
  public static ScoreJournal open(Path target, Identity run, boolean resume, boolean perToken) {
    Form form = Form.of(target);
    Identity all = run.with("setting per_token", Boolean.toString(perToken));
    GroupJournal journal =
        form == Form.JSON_LINES
            ? GroupJournal.openLines(target, all, resume)
            : GroupJournal.open(target, all, resume);
    return new ScoreJournal(journal, form, perToken);
  }

  /** Whether a group need not be scored again. */
  public boolean isDone(long group) {
    return journal.isDone(group);
  }

  /** Number of groups that need not be scored again. */
  public int count() {
    return journal.count();
  }

  /** Stores the scores of one piece of work, all or none. */
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
              tokens: 'BIGINT'%s})) TO %s (%s, USE_TMP_FILE false)
            """
                .formatted(
                    Duck.text(duck.plain(lines)), token, Duck.text(out.toString()), options));
      }
    };
  }

  /** Closes the journal; unless finished, it remains for a later run to resume. */
  @Override
  public void close() {
    journal.close();
  }
}
