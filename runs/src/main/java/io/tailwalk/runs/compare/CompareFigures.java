package io.tailwalk.runs.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.records.Json;
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
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of {@code compare}.
 *
 * @param rows one row per sampler
 * @param tokens model tokens that each sampler had to use per prompt
 */
public record CompareFigures(List<SamplerRow> rows, long tokens) {
  private static final NumberStyle TWO = NumberStyle.fixed(2);

  /** Keeps a copy. */
  public CompareFigures {
    rows = List.copyOf(rows);
  }

  private String meaning() {
    return "Every sampler had to use "
        + String.format(Locale.ROOT, "%,d", tokens)
        + " model tokens per prompt: samplers that could stop early continued, and samplers whose"
        + " use differed by more than a tenth were run again with another budget. Accuracy is the"
        + " share of the requested completions that were delivered and pass. Diversity is measured"
        + " on the completions that pass, per prompt: distinct-n is the share of different runs of"
        + " n words, self-similarity the mean share of three-character runs that two completions"
        + " have in common, entropy the entropy of the different texts (nats). The distance is the"
        + " total variation between the weighted sample of the complete run and the target"
        + " distribution, if there are few enough completions to compute it.";
  }

  /** One sentence for each sampler whose use differs from the others. */
  public List<String> warnings() {
    return rows.stream().flatMap(row -> row.warning().stream()).toList();
  }

  private boolean isOnFrontier(SamplerRow row) {
    return rows.stream().noneMatch(row::isBeatenBy);
  }

  public ObjectNode json(RunRecord run) {
    return Json.of(new Form(tokens, rows.stream().map(this::figures).toList(), run));
  }

  private record Form(long budgetTokens, List<SamplerForm> samplers, RunRecord run) {}

  private record SamplerForm(
      String sampler,
      String targetDistribution,
      double usedShare,
      long budgetGiven,
      long tokensOfOtherRuns,
      Optional<String> warning,
      double accuracy,
      int promptsSolved,
      @JsonProperty("distinct_1") double distinct1,
      @JsonProperty("distinct_2") double distinct2,
      @JsonProperty("distinct_3") double distinct3,
      double selfSimilarity,
      double entropy,
      double distance,
      boolean onFrontier,
      Cost cost,
      List<PromptSummary> prompts) {}

  private SamplerForm figures(SamplerRow row) {
    return new SamplerForm(
        row.label(),
        row.sampler().targetDistribution().wireName(),
        row.use().share(),
        row.use().budget(),
        row.use().otherTokens(),
        row.warning(),
        row.accuracy(),
        row.solved(),
        row.distinct(1),
        row.distinct(2),
        row.distinct(3),
        row.selfSimilarity(),
        row.entropy(),
        row.distance(),
        isOnFrontier(row),
        row.cost(),
        row.results().stream().map(PromptSummary::of).toList());
  }

  public Table table() {
    return Table.of("Samplers with the same use of model tokens", rows)
        .text("sampler", SamplerRow::label)
        .text("distribution", row -> row.sampler().targetDistribution().wireName())
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
            Section.of("With the same use of model tokens", table(), new Prose(prose)),
            Section.of("Frontier", diversityPlot(), frontier(), costPlot())),
        run);
  }

  private Prose frontier() {
    List<String> best =
        rows.stream().filter(this::isOnFrontier).map(SamplerRow::label).sorted().toList();
    return Prose.of(
        "On the frontier (no other sampler is at least as accurate and as diverse, and better in"
            + " one of the two): "
            + String.join(", ", best)
            + ".");
  }

  private Plot diversityPlot() {
    return new Plot(
        "Accuracy and diversity",
        "Higher means more different completions, further right more completions that pass; a"
            + " sampler is beaten by any sampler above it or to its right that is at least equal in"
            + " the other.",
        scatter(Axis.linear("entropy", "nats"), SamplerRow::entropy));
  }

  private Plot costPlot() {
    return new Plot(
        "Accuracy and cost",
        "Model tokens are equal, model calls are not: lower means larger batches, further right"
            + " more completions that pass.",
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
