package io.tailwalk.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class JsonTest {
  private record Point(
      long zeta, double logProb, @JsonUnwrapped(prefix = "band_") Interval band, boolean known) {
    boolean isBest() {
      return known;
    }
  }

  private record Renamed(
      String winner,
      @JsonProperty("distinct_1") double distinct1,
      double winnerWorst,
      @JsonUnwrapped(prefix = "winner_worst_") Interval worstInterval,
      List<String> models,
      double crossEntropy) {}

  private record Numbers(double unknown, Double low, double high, List<Double> all) {}

  private record Known(Optional<String> warning, Optional<Double> share, EndKind endKind) {}

  private record Nested(Map<String, Integer> maxTokens, JsonNode run, List<Known> parts) {}

  private static String text(Record result) {
    return JsonText.line(Json.of(result));
  }

  @Test
  void of_record_hasItsComponentsInOrderInSnakeCase() {
    var band = new Interval(0.1, EndKind.GUARANTEED, 0.3, EndKind.ASYMPTOTIC);
    var point = new Point(2, -0.1, band, true);
    assertThat(point.isBest()).isTrue();
    assertThat(text(point))
        .isEqualTo(
            """
            {"zeta":2,"log_prob":-0.1,"band_low":0.1,"band_high":0.3,\
            "band_low_kind":"guaranteed","band_high_kind":"asymptotic","known":true}\
            """);
  }

  @Test
  void of_renamedAndUnwrappedComponents_stayInTheirPlaces() {
    assertThat(text(new Renamed("a", 1, 2, Interval.certain(3, 4), List.of("b"), 5)))
        .isEqualTo(
            """
            {"winner":"a","distinct_1":1.0,"winner_worst":2.0,"winner_worst_low":3.0,\
            "winner_worst_high":4.0,"winner_worst_low_kind":"certain",\
            "winner_worst_high_kind":"certain","models":["b"],"cross_entropy":5.0}\
            """);
  }

  @Test
  void of_numbersThatAreNone_areNullAndNamed() {
    double nothing = Double.NEGATIVE_INFINITY;
    double all = Double.POSITIVE_INFINITY;
    assertThat(text(new Numbers(Double.NaN, nothing, all, List.of(1e-300, Double.NaN, 0.1 + 0.2))))
        .isEqualTo(
            """
            {"unknown":null,"low":"-inf","high":"inf",\
            "all":[1.0E-300,null,0.30000000000000004]}\
            """);
  }

  @Test
  void of_optional_isItsValueOrNull() {
    assertThat(text(new Known(Optional.empty(), Optional.of(Double.NaN), EndKind.OPEN)))
        .isEqualTo("{\"warning\":null,\"share\":null,\"end_kind\":\"open\"}");
    assertThat(text(new Known(Optional.of("x"), Optional.of(0.5), EndKind.CERTAIN)))
        .isEqualTo("{\"warning\":\"x\",\"share\":0.5,\"end_kind\":\"certain\"}");
  }

  @Test
  void of_mapsAndTrees_keepTheirNames() {
    Map<String, Integer> named = new LinkedHashMap<>();
    named.put("blockLength", 1);
    named.put("a b", 2);
    assertThat(text(new Nested(named, JsonText.parse("{\"aB\":[1.0,null]}"), List.of())))
        .isEqualTo(
            "{\"max_tokens\":{\"blockLength\":1,\"a b\":2},\"run\":{\"aB\":[1.0,null]},\"parts\":[]}");
  }

  @Test
  void of_cost_hasNoTime() {
    record Holder(Cost cost) {}
    assertThat(text(new Holder(new Cost(1, 2, 3, 9, 4, 5, 6, 7, 8, 10))))
        .isEqualTo(
            """
            {"cost":{"prompt_tokens":1,"model_tokens":2,"model_calls":3,"decode_calls":9,"nodes_expanded":4,\
            "cached_tokens":5,"value_calls":6,"verifier_calls":7,"steps":8}}\
            """);
  }

  @Test
  void of_estimate_hasEveryEnd() {
    record Holder(Estimate z) {}
    var estimate =
        Estimate.of(
            0.5, 0.1, Interval.asymptotic(0.3, 0.7), Interval.certain(0, 1), 0.95, Bias.LOW, "m");
    assertThat(text(new Holder(estimate)))
        .isEqualTo(
            """
            {"z":{"value":0.5,"standard_error":0.1,"low":0.3,"high":0.7,"low_kind":"asymptotic",\
            "high_kind":"asymptotic","certain_low":0.0,"certain_high":1.0,"guaranteed_low":0.0,\
            "guaranteed_high":1.0,"level":0.95,"bias":"low","moved":null,"method":"m"}}\
            """);
  }
}
