package io.tailwalk.core.probe;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import java.util.Locale;

/** Whether the next-token law is whole and the model's own. */
final class LawChecks {
  private static final double TEMPERATURE = 0.5;
  private static final double SAME = 1e-3;

  private LawChecks() {}

  /** A server that reports its k best tokens leaves the rest at zero. */
  static ProbeResult whole(ProbeSubject subject) {
    String check = "full log-probabilities";
    try (ModelContext context = subject.open(0)) {
      LogProbs law = subject.law(context, new int[0]);
      int possible = 0;
      for (int token = 0; token < law.size(); token++) {
        if (law.logProb(token) > Double.NEGATIVE_INFINITY) {
          possible++;
        }
      }
      String measured = possible + " of " + law.size() + " tokens above zero";
      if (2 * possible > law.size()) {
        return new ProbeResult(
            check, ProbeOutcome.OK, measured, "The whole next-token law is known.");
      }
      boolean topK = law.size() > 1000 && possible <= 100;
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
              "Many tokens are impossible; right if the model forbids them, wrong if it is cut off.");
    }
  }

  /** Compares log-probabilities asked for at request temperatures 1 and 0.5. */
  static ProbeResult raw(ProbeSubject subject) {
    String check = "raw or processed";
    if (subject.settings().atRequestTemperature().isEmpty()) {
      return new ProbeResult(
          check,
          ProbeOutcome.OK,
          "no request temperature",
          "Log-probabilities come straight from the model; a temperature is applied to them here.");
    }
    try (LanguageModel cooler = subject.settings().atRequestTemperature().get().apply(TEMPERATURE);
        ModelContext plain = subject.open(0);
        ModelContext cooled = subject.open(cooler, 0)) {
      LogProbs law = subject.law(plain, new int[0]);
      LogProbs other = subject.law(cooled, new int[0]);
      double unchanged = Difference.of(law, other).nats();
      double processed = Difference.of(law.tempered(TEMPERATURE), other).nats();
      String measured =
          String.format(
              Locale.ROOT,
              "%.2g nats from raw, %.2g from tempered at %.1f",
              unchanged,
              processed,
              TEMPERATURE);
      if (unchanged < SAME) {
        return new ProbeResult(
            check, ProbeOutcome.OK, measured, "The sampling temperature does not touch them.");
      }
      return new ProbeResult(
          check,
          ProbeOutcome.FAIL,
          measured,
          processed < SAME
              ? "The server reports log-probabilities after temperature; ask at temperature 1."
              : "The sampling settings change the log-probabilities in an unknown way.");
    }
  }
}
