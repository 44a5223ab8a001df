package io.tailwalk.runs.compare;

import io.tailwalk.records.Doubles;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.runs.sample.PromptSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of {@code compare}.
 *
 * @param rows one a sampler
 * @param tokens model tokens that each was to spend on a prompt
 */
public record CompareFigures(List<SamplerRow> rows, long tokens) {
  private static final NumberStyle TWO = NumberStyle.fixed(2);
  private static final int WORDS = 3;

  /** Keeps a copy. */
  public CompareFigures {
    rows = List.copyOf(rows);
  }

  private String meaning() {
    return "Every sampler was to push "
        + String.format(Locale.ROOT, "%,d", tokens)
        + " tokens a prompt through the model: those that could stop early went on, and those that"
        + " used more or less than a tenth beside it were run again with another budget. Accuracy"
        + " is the share of the completions asked for that came and pass. Diversity is of the"
        + " completions that pass, prompt by prompt: distinct-n is the share of different runs of n"
        + " words, self-similarity the mean share of three-character runs that two have in common,"
        + " entropy that of the different texts (nats). The distance is the total variation between"
        + " the weighted sample of the whole run and the target law, where there are few enough"
        + " completions to know it.";
  }

  /** One sentence for each sampler whose use is not that of the others. */
  public List<String> warnings() {
    return rows.stream().flatMap(row -> row.warning().stream()).toList();
  }

  private boolean isOnFrontier(SamplerRow row) {
    return rows.stream().noneMatch(row::isBeatenBy);
  }

  public ObjectNode json(RunRecord run) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("budget_tokens", tokens);
    ArrayNode samplers = json.putArray("samplers");
    for (SamplerRow row : rows) {
      ObjectNode one = samplers.addObject();
      one.put("sampler", row.label());
      one.put("target_law", row.sampler().targetLaw().wireName());
      one.set("used_share", Doubles.json(row.use().share()));
      one.put("budget_given", row.use().budget());
      one.put("tokens_of_other_runs", row.use().otherTokens());
      one.put("warning", row.warning().orElse(null));
      one.set("accuracy", Doubles.json(row.accuracy()));
      one.put("prompts_solved", row.solved());
      for (int words = 1; words <= WORDS; words++) {
        one.set("distinct_" + words, Doubles.json(row.distinct(words)));
      }
      one.set("self_similarity", Doubles.json(row.selfSimilarity()));
      one.set("entropy", Doubles.json(row.entropy()));
      one.set("distance", Doubles.json(row.distance()));
      one.put("on_frontier", isOnFrontier(row));
      one.set("cost", PromptSummary.cost(row.cost()));
      ArrayNode prompts = one.putArray("prompts");
      row.results().forEach(result -> prompts.add(PromptSummary.json(result)));
    }
    json.set("run", run.json());
    return json;
  }

  public Table table() {
    return Table.of("Samplers at the same use of model tokens", rows)
        .text("sampler", SamplerRow::label)
        .text("law", row -> row.sampler().targetLaw().wireName())
        .number("accuracy", NumberStyle.percent(0), SamplerRow::accuracy)
        .number("distinct-2", TWO, row -> row.distinct(2))
        .number("self-similarity", TWO, SamplerRow::selfSimilarity)
        .number("entropy", "nats", TWO, SamplerRow::entropy)
        .number("distance", TWO, SamplerRow::distance)
        .whole("model tokens", row -> row.cost().modelTokens())
        .number("used", NumberStyle.percent(0), row -> row.use().share())
        .whole("calls", row -> row.cost().modelCalls())
        .build();
  }

  public ReportPage page(String subtitle, RunRecord run) {
    List<String> prose = new ArrayList<>(warnings());
    prose.add(meaning());
    return new ReportPage(
        "Samplers side by side",
        subtitle,
        List.of(
            Section.of("At the same use", table(), new Prose(prose)),
            Section.of("Frontier", diversityPlot(), frontier(), costPlot())),
        run);
  }

  private Prose frontier() {
    List<String> best =
        rows.stream().filter(this::isOnFrontier).map(SamplerRow::label).sorted().toList();
    return Prose.of(
        "On the frontier, with none that is as accurate and as diverse and better at one of the"
            + " two: "
            + String.join(", ", best)
            + ".");
  }

  private Plot diversityPlot() {
    return new Plot(
        "Accuracy and diversity",
        "Up is more different completions, right is more that pass; no sampler beside and above"
            + " another is beaten by it.",
        scatter(Axis.linear("entropy", "nats"), SamplerRow::entropy));
  }

  private Plot costPlot() {
    return new Plot(
        "Accuracy and cost",
        "Model tokens are equal, model calls are not: down is larger batches, right is more that"
            + " pass.",
        scatter(Axis.linear("model calls", ""), row -> (double) row.cost().modelCalls()));
  }

  private Chart.Scatter scatter(Axis y, ToDoubleFunction<SamplerRow> quantity) {
    List<Chart.Cloud> clouds = new ArrayList<>();
    for (SamplerRow row : rows) {
      var point =
          new Chart.LabelledPoint(
              row.label(),
              Estimate.exactly(row.accuracy()),
              Estimate.exactly(quantity.applyAsDouble(row)));
      clouds.add(new Chart.Cloud(row.label(), List.of(point)));
    }
    return new Chart.Scatter(Axis.linear("accuracy", ""), y, clouds);
  }
}
