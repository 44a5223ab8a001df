package io.tailwalk.runs.value;

import io.tailwalk.values.Assessment;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a learned value is not written unless that is forced.
 *
 * @param reason what was measured, without a full stop
 * @param advice what to do instead
 */
record Refusal(String reason, String advice) {
  private static final String MORE = "use more --rollouts or other --features";

  /** Present if the value is not better than its baseline on held-out rollouts. */
  static Optional<Refusal> ofFit(ValueStudy study, PrefixKnowledge knowledge) {
    if (study.isBetter()) {
      return Optional.empty();
    }
    Assessment quality = study.assessment();
    if (quality.baseline() < 1e-6) {
      return Optional.of(
          new Refusal(
              "all rollouts have the same reward, so there is nothing to learn",
              "sample without a value"));
    }
    String reason =
        String.format(
            Locale.ROOT,
            "the value's held-out cross-entropy of %.4g nats is not below the baseline's %.4g by its"
                + " standard error (difference %.2g, standard error %s)",
            quality.crossEntropy(),
            quality.baseline(),
            -quality.gain(),
            Double.isInfinite(quality.gainError())
                ? "unknown"
                : String.format(Locale.ROOT, "%.2g", quality.gainError()));
    return Optional.of(
        new Refusal(
            reason,
            knowledge.leavesLittle()
                ? "the verifier already rules out most failures early, so sample without a value"
                : MORE));
  }

  /** Present if the pilot shows that the value makes the sampler worse. */
  static Optional<Refusal> ofPilot(PilotFigures pilot) {
    return pilot.isHarmful()
        ? Optional.of(
            new Refusal(
                "by the pilot the value multiplies the effective sample size of "
                    + pilot.sampler()
                    + " at equal model tokens by "
                    + pilot.ratioText(),
                MORE))
        : Optional.empty();
  }

  /** The refusal to write a file, in one sentence. */
  String sentence(Path out) {
    return out
        + " is not written: "
        + reason
        + "; "
        + advice
        + " (and --overwrite), or write it regardless with --force (and --resume)";
  }
}
