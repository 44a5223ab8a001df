package io.tailwalk.report.coverage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.profile.LengthProfile;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.quantile.LikelihoodQuantile;
import io.tailwalk.coverage.tournament.Candidate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as JSON for programs. NaN is {@code null}; infinities, which probabilities of zero cause,
 * are {@code "inf"} and {@code "-inf"}.
 */
public final class CoverageJson {
  private CoverageJson() {}

  /**
   * {@code {"models":[{"model","cross_entropy","kl","points":[{"n","coverage","low","high"}]}]}}
   * and further fields; {@code kl} is null and {@code points} empty without a reference. {@code
   * low} and {@code high} are the band over all N, {@code point_low} and {@code point_high} the
   * interval at one N; {@code quantiles} has the likelihood quantiles; a further field has the kind
   * of each end: {@code certain}, {@code guaranteed}, {@code asymptotic} or {@code open}.
   */
  public static ObjectNode profile(List<ModelProfile> profiles) {
    record Form(List<ModelForm> models) {}
    return Json.of(new Form(profiles.stream().map(ModelForm::of).toList()));
  }

  private record ModelForm(
      String model,
      long rows,
      long zeroProbability,
      double crossEntropy,
      @JsonUnwrapped(prefix = "cross_entropy_") Ends ends,
      double crossEntropyPerToken,
      double kl,
      List<PointForm> points,
      List<QuantileForm> quantiles,
      List<LengthProfile> lengths) {
    static ModelForm of(ModelProfile profile) {
      return new ModelForm(
          profile.model(),
          profile.rows(),
          profile.zeroProbability(),
          profile.crossEntropy().value(),
          Ends.of(profile.crossEntropy()),
          profile.crossEntropyPerToken().map(Estimate::value).orElse(Double.NaN),
          profile.kl().map(Estimate::value).orElse(Double.NaN),
          profile.points().stream()
              .map(p -> new PointForm(p.n(), p.coverage(), p.band(), p.pointwise()))
              .toList(),
          profile.quantiles().stream().map(QuantileForm::of).toList(),
          profile.lengths());
    }
  }

  private record PointForm(
      double n,
      double coverage,
      @JsonUnwrapped Interval band,
      @JsonUnwrapped(prefix = "point_") Interval pointwise) {}

  private record QuantileForm(
      double epsilon, double logProb, double low, double high, EndKind lowKind, EndKind highKind) {
    static QuantileForm of(LikelihoodQuantile quantile) {
      Interval ends = quantile.interval();
      return new QuantileForm(
          quantile.epsilon(),
          quantile.logProb(),
          ends.low(),
          ends.high(),
          ends.lowKind(),
          quantile.highKind());
    }
  }

  /** Like an interval, but an infinite end may be certain. */
  private record Ends(double low, double high, EndKind lowKind, EndKind highKind) {
    static Ends of(Estimate estimate) {
      Interval ends = estimate.interval();
      return estimate.isExact()
          ? new Ends(ends.low(), ends.high(), EndKind.CERTAIN, EndKind.CERTAIN)
          : new Ends(ends.low(), ends.high(), ends.lowKind(), ends.highKind());
    }
  }

  /**
   * {@code {"n","winner","cross_entropy_choice","confidence_set":[],"models":[],"matrix":[[]]}}
   * with {@code matrix[i][j] = C_N(j||i)}, for the first N; with several N, {@code "results"}
   * contains the results of all N.
   */
  public static ObjectNode select(List<TournamentResult> results) {
    ObjectNode json = Json.of(ResultForm.of(results.getFirst()));
    if (results.size() > 1) {
      ArrayNode all = json.putArray("results");
      results.forEach(result -> all.add(Json.of(ResultForm.of(result))));
    }
    return json;
  }

  private record ResultForm(
      double n,
      long rows,
      String winner,
      double winnerWorst,
      @JsonUnwrapped(prefix = "winner_worst_") Interval worstInterval,
      String crossEntropyChoice,
      List<String> confidenceSet,
      List<String> models,
      List<List<Double>> matrix,
      List<Double> crossEntropy) {
    static ResultForm of(TournamentResult result) {
      Candidate winner = result.winner();
      return new ResultForm(
          result.n(),
          result.rows(),
          winner.model(),
          winner.worst(),
          winner.worstInterval(),
          result.crossEntropyChoice().model(),
          result.confidenceSet(),
          result.candidates().stream().map(Candidate::model).toList(),
          result.matrix(),
          result.candidates().stream().map(Candidate::crossEntropy).toList());
    }
  }
}
