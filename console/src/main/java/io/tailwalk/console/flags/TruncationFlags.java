package io.tailwalk.console.flags;

import io.tailwalk.core.model.Truncation;
import io.tailwalk.runs.Request;
import io.tailwalk.runs.checkpoints.ScoredModel;
import java.util.List;
import picocli.CommandLine.Option;

/** Flags that cut the model's distribution. */
public final class TruncationFlags {
  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Cut the model's distribution to the K most probable tokens; probabilities are those"
              + " after the cut. Default: 0, all tokens.")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1.0",
      description =
          "Then cut it to the fewest most probable tokens that have probability P together."
              + " Default: 1, no cut.")
  private double topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      defaultValue = "0.0",
      description =
          "Then cut tokens with less than the share P of the most probable one's probability."
              + " Default: 0, no cut.")
  private double minP;

  /** The request with the cuts; refuses values out of range. */
  public Request of(Request request) {
    return request.truncation(truncation());
  }

  /** The models with the cuts; refuses values out of range. */
  public List<ScoredModel> of(List<ScoredModel> models) {
    return models.stream().map(model -> model.withTruncation(truncation())).toList();
  }

  private Truncation truncation() {
    Require.that(topK >= 0, "--top-k must be at least 0, got " + topK);
    Require.that(topP > 0 && topP <= 1, "--top-p must be above 0 and at most 1, got " + topP);
    Require.that(minP >= 0 && minP < 1, "--min-p must be at least 0 and below 1, got " + minP);
    return new Truncation(topK, topP, minP);
  }
}
