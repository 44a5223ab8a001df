package io.tailwalk.core.probe;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import java.util.Locale;

/** Checks whether the next-token distribution is complete and unprocessed. */
final class DistributionChecks {
  private static final double TEMPERATURE = 0.5;
  private static final double SAME = 1e-3;

  private DistributionChecks() {}

  /** A server that reports only its k best tokens leaves the others at zero. */
  static ProbeResult whole(ProbeSubject subject) {
    String check = "full log-probabilities";
    try (ModelContext context = subject.open(0)) {
      LogProbs distribution = subject.distribution(context, new int[0]);
      int possible = 0;
      for (int token = 0; token < distribution.size(); token++) {
        if (distribution.logProb(token) > Double.NEGATIVE_INFINITY) {
          possible++;
        }
      }
      String measured = possible + " of " + distribution.size() + " tokens above zero";
      if (2 * possible > distribution.size()) {
        return new ProbeResult(
            check, ProbeOutcome.OK, measured, "The complete next-token distribution is known.");
      }
      boolean topK = distribution.size() > 1000 && possible <= 100;
      return topK
          ? new ProbeResult(
              check,
              ProbeOutcome.FAIL,
              measured,
              "Only the most probable tokens are reported, so weights and estimates are biased.")
          : new ProbeResult(
              check,
              ProbeOutcome.WARN,
              measured,
              "Many tokens are impossible; correct if the model forbids them, wrong if truncated.");
    }
  }

  /** Compares log-probabilities requested at temperatures 1 and 0.5. */
  static ProbeResult raw(ProbeSubject subject) {
    String check = "raw or processed";
    if (subject.settings().atRequestTemperature().isEmpty()) {
      return new ProbeResult(
          check,
          ProbeOutcome.OK,
          "no request temperature",
          "Log-probabilities come directly from the model; Tailwalk applies the temperature.");
    }
    try (LanguageModel cooler = subject.settings().atRequestTemperature().get().apply(TEMPERATURE);
        ModelContext plain = subject.open(0);
        ModelContext cooled = subject.open(cooler, 0)) {
      LogProbs distribution = subject.distribution(plain, new int[0]);
      LogProbs other = subject.distribution(cooled, new int[0]);
      double unchanged = Difference.of(distribution, other).nats();
      double processed = Difference.of(distribution.tempered(TEMPERATURE), other).nats();
      String measured =
          String.format(
              Locale.ROOT,
              "%.2g nats from raw, %.2g from tempered at %.1f",
              unchanged,
              processed,
              TEMPERATURE);
      if (unchanged < SAME) {
        return new ProbeResult(
            check, ProbeOutcome.OK, measured, "The sampling temperature does not change them.");
      }
      return new ProbeResult(
          check,
          ProbeOutcome.FAIL,
          measured,
          processed < SAME
              ? "The server reports log-probabilities after temperature; request temperature 1."
              : "The sampling settings change the log-probabilities in an unknown way.");
    }
  }
}
