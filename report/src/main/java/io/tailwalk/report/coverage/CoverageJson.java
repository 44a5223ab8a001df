package io.tailwalk.report.coverage;

import io.tailwalk.coverage.profile.LengthProfile;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.tournament.Candidate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.tables.Doubles;
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
   * one N.
   */
  public static ObjectNode profile(List<ModelProfile> profiles) {
    ObjectNode json = NODES.objectNode();
    ArrayNode models = json.putArray("models");
    for (ModelProfile profile : profiles) {
      ObjectNode model = models.addObject().put("model", profile.model());
      model.put("rows", profile.rows()).put("zero_probability", profile.zeroProbability());
      model.set("cross_entropy", number(profile.crossEntropy().value()));
      model.set("cross_entropy_low", number(profile.crossEntropy().interval().low()));
      model.set("cross_entropy_high", number(profile.crossEntropy().interval().high()));
      model.set("cross_entropy_per_token", number(profile.crossEntropyPerToken().value()));
      model.set("kl", number(profile.kl().map(kl -> kl.value()).orElse(Double.NaN)));
      ArrayNode points = model.putArray("points");
      profile
          .points()
          .forEach(point ->
              points
                  .addObject()
                  .put("n", point.n())
                  .put("coverage", point.coverage())
                  .put("low", point.band().low())
                  .put("high", point.band().high())
                  .put("point_low", point.pointwise().low())
                  .put("point_high", point.pointwise().high()));
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
    json.put("winner_worst_low", winner.worstInterval().low());
    json.put("winner_worst_high", winner.worstInterval().high());
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

  private static JsonNode number(double value) {
    return value == Double.POSITIVE_INFINITY ? NODES.stringNode("inf") : Doubles.json(value);
  }
}
