package io.tailwalk.report.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.tournament.TournamentAggregate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.HostFacts;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.HtmlReport;
import io.tailwalk.report.MarkdownReport;
import io.tailwalk.report.ReportPage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CoverageJsonTest {
  private static final List<String> MODELS = List.of("a", "b");
  private static final double[][] ROWS = {{-1, -5}, {-2, -2}, {-9, -3}, {-1, -2}};
  private static final RunRecord RUN =
      new RunRecord(
          new RunRecord.Tool("0", null),
          List.of("profile"),
          List.of(),
          0,
          new TreeMap<>(),
          new HostFacts(1, "os", "jdk"));

  private static List<ModelProfile> profiles(boolean referenced) {
    ProfileAggregate aggregate =
        referenced
            ? ProfileAggregate.withReference(MODELS, NGrid.of(2, 4, 8))
            : ProfileAggregate.withoutReference(MODELS);
    for (int r = 0; r < ROWS.length; r++) {
      aggregate.add(r, -1.0, ROWS[r], new long[] {2, 2});
    }
    return aggregate.profiles(PromptSizes.independent(ROWS.length), Confidence.standard());
  }

  private static List<TournamentResult> results() {
    TournamentAggregate aggregate = TournamentAggregate.overIndependentRows(MODELS, NGrid.of(4));
    for (int r = 0; r < ROWS.length; r++) {
      aggregate.add(r, ROWS[r]);
    }
    return aggregate.results(PromptSizes.independent(ROWS.length), Confidence.standard());
  }

  @Test
  void profile_hasTheAgreedFields() {
    JsonNode model = CoverageJson.profile(profiles(true)).at("/models/0");
    assertThat(model.get("model").asString()).isEqualTo("a");
    assertThat(model.get("cross_entropy").asDouble()).isEqualTo(3.25);
    assertThat(model.get("kl").asDouble()).isEqualTo(2.25);
    assertThat(model.get("points").size()).isEqualTo(3);
    assertThat(model.at("/points/0/n").asDouble()).isEqualTo(2);
    assertThat(model.at("/points/0/coverage").asDouble()).isEqualTo(0.5);
    assertThat(model.at("/points/0/low").asDouble()).isZero();
    assertThat(model.at("/points/0/high").asDouble()).isEqualTo(1.0);
    assertThat(model.at("/points/0/high_kind").asString()).isEqualTo("certain");
    assertThat(model.at("/points/0/point_low_kind").asString()).isEqualTo("guaranteed");
    // Four prompts say nothing of the mean of a quantity that nothing bounds.
    assertThat(model.get("cross_entropy_high_kind").asString()).isEqualTo("open");
    assertThat(model.get("cross_entropy_low_kind").asString()).isEqualTo("certain");
  }

  @Test
  void profile_withoutReference_hasNoKlAndNoPoints() {
    JsonNode model = CoverageJson.profile(profiles(false)).at("/models/1");
    assertThat(model.get("kl").isNull()).isTrue();
    assertThat(model.get("points").isEmpty()).isTrue();
  }

  /** Four rows say nothing of the lowest hundredth, and little of the median. */
  @Test
  void profile_hasQuantilesWithAndWithoutReference() {
    for (boolean referenced : new boolean[] {true, false}) {
      JsonNode quantiles = CoverageJson.profile(profiles(referenced)).at("/models/0/quantiles");
      assertThat(quantiles.size()).isEqualTo(4);
      assertThat(quantiles.at("/0/epsilon").asDouble()).isEqualTo(0.01);
      assertThat(quantiles.at("/0/log_prob").asDouble()).isEqualTo(-9);
      assertThat(quantiles.at("/0/low").asString()).isEqualTo("-inf");
      assertThat(quantiles.at("/0/low_kind").asString()).isEqualTo("open");
      assertThat(quantiles.at("/0/high").asDouble()).isEqualTo(-2);
      assertThat(quantiles.at("/0/high_kind").asString()).isEqualTo("guaranteed");
      assertThat(quantiles.at("/3/log_prob").asDouble()).isEqualTo(-1);
      assertThat(quantiles.at("/3/high").asDouble()).isZero();
      assertThat(quantiles.at("/3/high_kind").asString()).isEqualTo("certain");
    }
    assertThat(QuantilePages.remark(profiles(true), 0.05))
        .contains("guaranteed")
        .contains("The low end of LQ 0.01 is unknown: it needs 368 prompts or more.")
        .contains("The low end of LQ 0.5 is unknown: it needs 6 prompts or more.");
    assertThat(MarkdownReport.render(CoveragePages.profile(profiles(false), Map.of(), RUN)))
        .contains("Likelihood quantiles")
        .contains("LQ 0.05");
  }

  @Test
  void select_hasTheAgreedFields() {
    JsonNode json = CoverageJson.select(results());
    assertThat(json.get("n").asDouble()).isEqualTo(4);
    assertThat(json.get("winner").asString()).isEqualTo("b");
    assertThat(json.get("cross_entropy_choice").asString()).isEqualTo("b");
    assertThat(json.get("confidence_set").size()).isEqualTo(2);
    assertThat(json.get("winner_worst_high_kind").asString()).isEqualTo("guaranteed");
    assertThat(json.at("/matrix/0/1").asDouble()).isEqualTo(0.25);
    assertThat(json.at("/matrix/1/0").asDouble()).isEqualTo(0.25);
  }

  @Test
  void pages_renderInEveryForm() {
    for (ReportPage page :
        List.of(
            CoveragePages.profile(profiles(true), Map.of(), RUN),
            CoveragePages.profile(profiles(false), Map.of(), RUN),
            CoveragePages.select(results(), RUN))) {
      assertThat(HtmlReport.render(page)).contains("<html");
      assertThat(MarkdownReport.render(page)).contains(page.title());
    }
    assertThat(MarkdownReport.render(CoveragePages.select(results(), RUN)))
        .contains("The choice is b. Not ruled out: a, b.");
  }
}
