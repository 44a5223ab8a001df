package io.tailwalk.runs.value;

import io.tailwalk.values.Assessment;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The reasons for which a learned value is not written. */
final class Refusal {
  private Refusal() {}

  /** A sentence if the value is not better than its baseline on held-out rollouts. */
  static Optional<String> ofFit(ValueStudy study, PrefixKnowledge knowledge, Path out) {
    if (study.isBetter()) {
      return Optional.empty();
    }
    Assessment quality = study.assessment();
    String advice =
        knowledge.leavesLittle()
            ? "the verifier already rules out most failures early, so sample without a value,"
            : "use more --rollouts or other --features,";
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s is not written: the value's held-out cross-entropy of %.4g nats is not below the"
                + " baseline's %.4g by its standard error (difference %.2g, standard error %s);"
                + " %s or write it regardless with --force",
            out,
            quality.crossEntropy(),
            quality.baseline(),
            -quality.gain(),
            Double.isInfinite(quality.gainError())
                ? "unknown"
                : String.format(Locale.ROOT, "%.2g", quality.gainError()),
            advice));
  }

  /** A sentence if the pilot shows that the value makes the sampler worse. */
  static Optional<String> ofPilot(PilotFigures pilot, Path out) {
    return pilot.isHarmful()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s is not written: by the pilot the value multiplies the effective sample size of"
                    + " %s at equal model tokens by %s; use more --rollouts or other --features, or"
                    + " write it regardless with --force",
                out,
                pilot.sampler(),
                pilot.ratioText()))
        : Optional.empty();
  }
}
