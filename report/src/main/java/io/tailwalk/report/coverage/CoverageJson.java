package io.tailwalk.report.coverage;

import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.profile.LengthProfile;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.tournament.Candidate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.Doubles;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as JSON for programs. NaN is {@code null}; infinities, which a model of probability zero
 * brings, are {@code "inf"} and {@code "-inf"}.
 */
public final class CoverageJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CoverageJson() {}

  /**
   * {@code {"models":[{"model","cross_entropy","kl","points":[{"n","coverage","low","high"}]}]}}
   * and more fields beside; {@code kl} is null and {@code points} empty without a reference. {@code
   * low} and {@code high} are the band over all N, {@code point_low} and {@code point_high} hold at
   * one N; each end has its kind beside it, see {@link #ends}.
   */
  public static ObjectNode profile(List<ModelProfile> profiles) {
    ObjectNode json = NODES.objectNode();
    ArrayNode models = json.putArray("models");
    for (ModelProfile profile : profiles) {
      ObjectNode model = models.addObject().put("model", profile.model());
      model.put("rows", profile.rows()).put("zero_probability", profile.zeroProbability());
      model.set("cross_entropy", number(profile.crossEntropy().value()));
      ends(model, "cross_entropy_", profile.crossEntropy().interval());
      if (profile.crossEntropy().isExact()) {
        model.put("cross_entropy_low_kind", "certain").put("cross_entropy_high_kind", "certain");
      }
      model.set(
          "cross_entropy_per_token",
          number(profile.crossEntropyPerToken().map(Estimate::value).orElse(Double.NaN)));
      model.set("kl", number(profile.kl().map(Estimate::value).orElse(Double.NaN)));
      ArrayNode points = model.putArray("points");
      profile
          .points()
          .forEach(point -> {
            ObjectNode one = points.addObject().put("n", point.n());
            one.put("coverage", point.coverage());
            ends(one, "", point.band());
            ends(one, "point_", point.pointwise());
          });
      ArrayNode lengths = model.putArray("lengths");
      profile.lengths().forEach(length -> lengths.add(length(length)));
    }
    return json;
  }

  private static ObjectNode length(LengthProfile length) {
    ObjectNode json = NODES.objectNode();
    json.put("from_tokens", length.fromTokens()).put("to_tokens", length.toTokens());
    json.put("rows", length.rows());
    json.set("cross_entropy", number(length.crossEntropy()));
    json.set("cross_entropy_per_token", number(length.crossEntropyPerToken()));
    ArrayNode coverage = json.putArray("coverage");
    length.coverage().forEach(coverage::add);
    return json;
  }

  /**
   * {@code {"n","winner","cross_entropy_choice","confidence_set":[],"models":[],"matrix":[[]]}}
   * with {@code matrix[i][j] = C_N(j||i)}, of the first N; with several N, all of them under {@code
   * "results"} too.
   */
  public static ObjectNode select(List<TournamentResult> results) {
    ObjectNode json = result(results.getFirst());
    if (results.size() > 1) {
      ArrayNode all = json.putArray("results");
      results.forEach(result -> all.add(result(result)));
    }
    return json;
  }

  private static ObjectNode result(TournamentResult result) {
    ObjectNode json = NODES.objectNode();
    Candidate winner = result.winner();
    json.put("n", result.n()).put("rows", result.rows()).put("winner", winner.model());
    json.put("winner_worst", winner.worst());
    ends(json, "winner_worst_", winner.worstInterval());
    json.put("cross_entropy_choice", result.crossEntropyChoice().model());
    ArrayNode set = json.putArray("confidence_set");
    result.confidenceSet().forEach(set::add);
    ArrayNode models = json.putArray("models");
    ArrayNode matrix = json.putArray("matrix");
    ArrayNode crossEntropies = json.putArray("cross_entropy");
    for (Candidate candidate : result.candidates()) {
      models.add(candidate.model());
      crossEntropies.add(number(candidate.crossEntropy()));
      ArrayNode row = matrix.addArray();
      candidate.against().forEach(row::add);
    }
    return json;
  }

  /**
   * Adds an interval: {@code low}, {@code high}, and beside each how it is known, {@code low_kind}
   * and {@code high_kind}: {@code certain}, {@code guaranteed}, {@code asymptotic} or {@code open}.
   *
   * @param prefix stands before the four names
   */
  public static void ends(ObjectNode json, String prefix, Interval interval) {
    json.set(prefix + "low", number(interval.low()));
    json.set(prefix + "high", number(interval.high()));
    json.put(prefix + "low_kind", interval.lowKind().wireName());
    json.put(prefix + "high_kind", interval.highKind().wireName());
  }

  private static JsonNode number(double value) {
    return value == Double.POSITIVE_INFINITY ? NODES.stringNode("inf") : Doubles.json(value);
  }
}
