package io.tailwalk.runs.files;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.input.Input;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.CoveragePages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Recognises the JSON of a command by its fields, and gathers its numbers. */
final class ResultReader {
  private static final NumberStyle NUMBER = NumberStyle.significant(3);
  private static final NumberStyle WHOLE = NumberStyle.integer();

  /** Tables show a grid of more factors at whole ones only. */
  private static final int FACTORS_SHOWN = 12;

  private final Input input;
  private final String study;
  private final ResultFields fields;
  private final List<String> sentences = new ArrayList<>();
  private final List<Table> more = new ArrayList<>();

  private ResultReader(Input input, String study, JsonNode node) {
    this.input = input;
    this.study = study;
    this.fields = new ResultFields(input, study, node);
  }

  /**
   * Reads a result.
   *
   * @throws io.tailwalk.records.TableException that says what is wrong if it is none
   */
  static Result read(Input input, JsonRow row) {
    JsonNode json = row.object();
    if (json.has("checkpoints") && json.has("turned")) {
      return new ResultReader(input, "watch", json).result(ResultReader::watch);
    }
    if (json.has("samplers")) {
      return new ResultReader(input, "compare", json).result(ResultReader::compare);
    }
    if (json.has("runs") && json.has("pairs")) {
      return new ResultReader(input, "passk", json).result(ResultReader::passk);
    }
    if (json.has("prompts") && json.has("pass_at_k")) {
      return new ResultReader(input, "tail", json).result(ResultReader::tail);
    }
    if (json.has("winner") && json.has("confidence_set")) {
      boolean race = json.has("outcome");
      return new ResultReader(input, "select", json)
          .result(reader -> {
            var select = new SelectLines(reader.fields, reader.sentences);
            return race ? select.race() : select.tournament();
          });
    }
    if (json.path("models").path(0).has("cross_entropy")) {
      return new ResultReader(input, "profile", json).result(ResultReader::profile);
    }
    throw row.error(
        "no result of 'profile', 'select', 'passk', 'tail', 'compare' or 'watch'",
        "give what one of them prints with --json, or NAME.json of its --out folder");
  }

  @FunctionalInterface
  private interface Gathering {
    List<ExportLine> of(ResultReader reader);
  }

  private Result result(Gathering gathering) {
    List<ExportLine> lines = gathering.of(this);
    JsonNode delta = fields.node().path("run").path("params").path("delta");
    if (delta.isNumber()) {
      sentences.add("Error probability of intervals: " + delta.asString() + ".");
    }
    return new Result(study, String.valueOf(input.name().getFileName()), lines, sentences, more);
  }

  private ExportLine line(String name) {
    return new ExportLine(study, name);
  }

  private List<ExportLine> profile() {
    List<ExportLine> lines = new ArrayList<>();
    for (ResultFields model : fields.objects("models")) {
      ExportLine line = line(model.text("model"));
      line.put("cross_entropy", model.figure("cross_entropy", "cross_entropy_", NUMBER))
          .put("cross_entropy_per_token", model.number("cross_entropy_per_token"), NUMBER)
          .put("kl", model.number("kl"), NUMBER)
          .put("accuracy", model.optional("accuracy"), NUMBER)
          .put("accuracy_norm", model.optional("accuracy_norm"), NUMBER);
      List<ResultFields> points = model.objects("points");
      for (ResultFields point : points) {
        double n = point.number("n");
        ResultFigure coverage = point.figure("coverage", "", NUMBER);
        String key = line.at("coverage", n);
        if (points.size() <= FACTORS_SHOWN || n == Math.rint(n)) {
          line.put(key, coverage);
        } else {
          line.detail(key, coverage);
        }
      }
      for (ResultFields quantile : model.optionalObjects("quantiles")) {
        String share =
            new BigDecimal(Double.toString(quantile.number("epsilon")))
                .stripTrailingZeros()
                .toPlainString();
        line.put("log_quantile/" + share, quantile.figure("log_prob", "", NUMBER));
      }
      line.put("rows", model.number("rows"), WHOLE);
      line.put("zero_probability", model.number("zero_probability"), WHOLE);
      lines.add(line);
    }
    return lines;
  }

  private List<ExportLine> passk() {
    List<ExportLine> lines = new ArrayList<>();
    for (ResultFields run : fields.objects("runs")) {
      ExportLine line = line(run.text("run"));
      curve(line, "pass", run.objects("pass_at_k"));
      curve(line, "best_of", run.objects("best_of_n"));
      curve(line, "reward_best_of", run.optionalObjects("reward_best_of_n"));
      curve(line, "maj", run.optionalObjects("maj_at_k"));
      curve(line, "weighted_maj", run.optionalObjects("weighted_maj_at_k"));
      lines.add(line);
    }
    differences();
    return lines;
  }

  private static void curve(ExportLine line, String key, List<ResultFields> points) {
    for (ResultFields point : points) {
      line.put(key + "@" + (long) point.number("k"), point.figure("value", "", NUMBER));
    }
  }

  private void differences() {
    record Row(String runs, ResultFields point) {}
    List<Row> rows = new ArrayList<>();
    for (ResultFields pair : fields.objects("pairs")) {
      String runs = pair.text("first") + " minus " + pair.text("second");
      pair.objects("points").forEach(point -> rows.add(new Row(runs, point)));
    }
    if (!rows.isEmpty()) {
      more.add(
          Table.of("Differences of pass@k on the same prompts.", rows)
              .text("runs", Row::runs)
              .whole("k", row -> row.point().number("k"))
              .text("difference", row -> row.point().figure("difference", "", NUMBER).text())
              .whole("prompts better", row -> row.point().number("better"))
              .whole("prompts worse", row -> row.point().number("worse"))
              .build());
    }
  }

  private List<ExportLine> tail() {
    JsonNode model = fields.node().path("run").path("models").path(0).path("name");
    ExportLine line = line(model.isString() ? model.stringValue() : input.stem());
    List<ResultFields> prompts = fields.objects("prompts");
    List<ResultFields> curve = fields.objects("pass_at_k");
    if (curve.isEmpty()) {
      // A mean of estimates of mean rewards: its interval is not known.
      double sum = 0;
      for (ResultFields prompt : prompts) {
        sum += prompt.child("success_probability").number("value");
      }
      line.put("mean_reward", prompts.isEmpty() ? Double.NaN : sum / prompts.size(), NUMBER);
    }
    for (ResultFields point : curve) {
      long k = (long) point.number("k");
      ResultFields predicted = point.child("predicted");
      ResultFigure pass = predicted.figure("value", "", NUMBER);
      ResultFigure these = predicted.figure("value", "these_prompts_", NUMBER);
      ResultFigure measured = ResultFigure.of(point.number("measured"), NUMBER);
      if (isPowerOfTen(k)) {
        line.put("pass@" + k, pass).put("pass@" + k + "/these_prompts", these);
        line.put("measured_pass@" + k, measured);
      } else {
        line.detail("pass@" + k, pass).detail("pass@" + k + "/these_prompts", these);
        line.detail("measured_pass@" + k, measured);
      }
    }
    line.put("prompts", prompts.size(), WHOLE);
    return List.of(line);
  }

  private static boolean isPowerOfTen(long k) {
    long rest = k;
    while (rest >= 10 && rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }

  private List<ExportLine> compare() {
    List<ExportLine> lines = new ArrayList<>();
    for (ResultFields sampler : fields.objects("samplers")) {
      ExportLine line = line(sampler.text("sampler"));
      for (String key :
          List.of(
              "accuracy",
              "distinct_1",
              "distinct_2",
              "distinct_3",
              "self_similarity",
              "entropy",
              "distance",
              "used_share")) {
        line.put(key, sampler.number(key), NUMBER);
      }
      ResultFields cost = sampler.child("cost");
      line.put("prompts_solved", sampler.number("prompts_solved"), WHOLE)
          .put("model_tokens", cost.number("model_tokens"), WHOLE)
          .put("model_calls", cost.number("model_calls"), WHOLE)
          .put("on_frontier", sampler.flag("on_frontier"), WHOLE);
      lines.add(line);
      if (sampler.has("warning")) {
        sentences.add(sampler.text("warning"));
      }
    }
    return lines;
  }

  private List<ExportLine> watch() {
    double n = fields.number("n");
    String best = fields.text("best");
    boolean turned = fields.flag("turned") > 0;
    Optional<ResultFields> turn = turned ? Optional.of(fields.child("turn")) : Optional.empty();
    List<ExportLine> lines = new ArrayList<>();
    for (ResultFields checkpoint : fields.objects("checkpoints")) {
      ExportLine line = line(checkpoint.text("model"));
      line.put("cross_entropy", checkpoint.number("cross_entropy"), NUMBER);
      line.put(line.at("uncovered", n), checkpoint.number("uncovered"), NUMBER);
      line.detail(line.at("best", n), line.name().equals(best) ? 1 : 0);
      boolean here = turn.map(t -> t.text("to").equals(line.name())).orElse(false);
      line.detail("turned", here ? 1 : 0);
      lines.add(line);
    }
    sentences.add("Best by tournament at N = " + CoveragePages.factor(n) + ": " + best + ".");
    turn.ifPresent(t ->
        sentences.add(
            "Coverage has turned: from %s to %s the share of uncovered responses rises by %s while cross-entropy falls by %s nats."
                .formatted(
                    t.text("from"),
                    t.text("to"),
                    NUMBER.format(t.number("more_uncovered")),
                    NUMBER.format(t.number("cross_entropy_drop")))));
    return lines;
  }
}
