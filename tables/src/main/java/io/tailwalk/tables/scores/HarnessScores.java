package io.tailwalk.tables.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import io.tailwalk.records.input.Rows;
import io.tailwalk.records.scores.HarnessRow;
import io.tailwalk.records.scores.HarnessRow.Request;
import java.util.List;

/**
 * Copies samples of lm-evaluation-harness with log-likelihoods: one model per file, the right
 * choice of each document as its held-out response, or every choice if asked for. Examples are
 * named {@code TASK/DOC}, with the task from the harness's own file name {@code
 * samples_TASK_DATE.jsonl}, so that the documents of two tasks differ.
 */
final class HarnessScores {
  private final Input input;
  private final String model;
  private final String task;
  private final boolean all;
  private final ScoreSink sink;
  private final Accuracies accuracies;

  HarnessScores(Input input, String model, boolean all, ScoreSink sink, Accuracies accuracies) {
    this.input = input;
    this.model = model;
    this.all = all;
    this.sink = sink;
    this.accuracies = accuracies;
    this.task = HarnessRow.task(input).map(name -> name + "/").orElse("");
  }

  void copy() {
    Rows.forEach(input, this::add);
  }

  private void add(JsonRow row) {
    Kind kind = Kind.of(row);
    if (kind == Kind.HARNESS_GENERATIONS) {
      throw row.error(
          "generated texts have no log-likelihoods", "count which of them pass with passk");
    }
    if (kind != Kind.HARNESS_CHOICES && kind != Kind.HARNESS_ROLLING) {
      throw row.error(
          "not a sample of lm-evaluation-harness as the first row is",
          "give every row \"doc_id\", \"arguments\" and \"resps\"");
    }
    HarnessRow sample = HarnessRow.of(row);
    String doc = task + sample.doc();
    List<Integer> chosen = all ? sample.all() : sample.gold();
    for (int choice : chosen) {
      Request request = sample.requests().get(choice);
      String example = chosen.size() == 1 && !all ? doc : doc + "/" + choice;
      var sum = new ScoreNumbers.Sum(request.logLikelihood(), ScoreRow.UNKNOWN, false);
      sink.add(row, example, doc, model, sum, Double.NaN);
    }
    accuracies.add(model, sample, all && !hasGold(sample));
  }

  private static boolean hasGold(HarnessRow sample) {
    try {
      return !sample.gold().isEmpty();
    } catch (TableException _) {
      return false;
    }
  }
}
