package io.tailwalk.core.probe;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import java.util.Arrays;
import java.util.Locale;

/*
 * Kernels round differently for one token and for many, and quantised activations amplify that:
 * 1e-3 in total variation for F32 weights, a few hundredths for 4-bit ones. Each path to a prefix
 * is therefore compared with the band between prefill and single tokens, not with a fixed bound.
 */
/** Checks whether every path to a prefix gives the same distribution, and how closely. */
final class PathChecks {
  private static final double QUIET = 0.02;
  private static final double NOISY = 0.25;
  private static final double QUIET_NATS = 0.1;
  private static final double NOISY_NATS = 3;

  private PathChecks() {}

  /** Largest difference between prefixes evaluated at once and token by token, over all prompts. */
  static Difference band(ProbeSubject subject) {
    Difference largest = Difference.NONE;
    for (int prompt = 0; prompt < subject.settings().prompts().size(); prompt++) {
      try (ModelContext walked = subject.open(prompt);
          ModelContext whole = subject.open(prompt);
          ModelContext single = subject.open(prompt)) {
        int[][] prefixes = ProbeSubject.prefixes(subject.path(walked));
        LogProbs[] atOnce = whole.next(prefixes);
        for (int i = 0; i < prefixes.length; i++) {
          largest =
              largest.max(Difference.of(subject.distribution(single, prefixes[i]), atOnce[i]));
        }
      }
    }
    return largest;
  }

  /**
   * Largest difference from another computation of the same model, over the prefixes of a path
   * behind each prompt; judged as the numerical band is.
   */
  static ProbeResult agreement(String check, ProbeSubject subject, LanguageModel reference) {
    Difference largest = Difference.NONE;
    for (int prompt = 0; prompt < subject.settings().prompts().size(); prompt++) {
      try (ModelContext own = subject.open(prompt);
          ModelContext whole = subject.open(prompt);
          ModelContext other = subject.open(reference, prompt)) {
        int[][] prefixes = ProbeSubject.prefixes(subject.path(own));
        LogProbs[] mine = whole.next(prefixes);
        LogProbs[] theirs = other.next(prefixes);
        for (int i = 0; i < prefixes.length; i++) {
          largest = largest.max(Difference.of(mine[i], theirs[i]));
        }
      }
    }
    double moved = largest.totalVariation();
    // A comparison with NaN is false: a device that computes none fails.
    ProbeOutcome outcome =
        moved <= QUIET ? ProbeOutcome.OK : moved <= NOISY ? ProbeOutcome.WARN : ProbeOutcome.FAIL;
    return result(
        check,
        outcome,
        largest,
        switch (outcome) {
          case OK -> "Both compute the same distributions up to this rounding.";
          case WARN -> "They round differently; compare results of one device only.";
          default -> "They compute different distributions; do not use this device.";
        });
  }

  static ProbeResult judged(Difference band) {
    double moved = band.totalVariation();
    if (moved <= QUIET) {
      return result(
          "numerical band",
          ProbeOutcome.OK,
          band,
          "Distributions computed in different ways differ by no more than this.");
    }
    return moved <= NOISY
        ? result(
            "numerical band",
            ProbeOutcome.WARN,
            band,
            "Rounding changes distributions by this much; results are exact for those first seen.")
        : result(
            "numerical band",
            ProbeOutcome.FAIL,
            band,
            "The distribution depends on the path to a prefix, so walks have no single target.");
  }

  static ProbeResult scoring(ProbeSubject subject, Difference band) {
    try (ModelContext context = subject.open(0);
        ModelContext fresh = subject.open(0)) {
      int[] path = subject.path(context);
      double[] scores = fresh.score(path);
      double largest = 0;
      for (int h = 0; h < path.length; h++) {
        double walked = subject.distribution(context, Arrays.copyOf(path, h)).logProb(path[h]);
        largest = Math.max(largest, Math.abs(walked - scores[h]));
      }
      boolean close = largest <= Math.clamp(2 * band.nats(), QUIET_NATS, NOISY_NATS);
      return new ProbeResult(
          "scoring of given tokens",
          close ? ProbeOutcome.OK : ProbeOutcome.FAIL,
          "largest difference " + String.format(Locale.ROOT, "%.2g nats", largest),
          close
              ? "Given completions can be scored."
              : "Scores of given tokens differ from the distributions they are drawn from.");
    }
  }

  /** Two continuations of one prefix, in one call and separately. */
  static ProbeResult fork(ProbeSubject subject, Difference band) {
    try (ModelContext context = subject.open(0);
        ModelContext first = subject.open(0);
        ModelContext second = subject.open(0)) {
      int[] path = subject.path(context);
      int[] stem = Arrays.copyOf(path, path.length / 2);
      LogProbs distribution = subject.distribution(context, stem);
      int[] left = ProbeSubject.appended(stem, Math.max(0, subject.ranked(distribution, 0)));
      int[] right = ProbeSubject.appended(stem, Math.max(0, subject.ranked(distribution, 1)));
      LogProbs[] together = context.next(new int[][] {left, right});
      Difference largest =
          Difference.of(together[0], subject.distribution(first, left))
              .max(Difference.of(together[1], subject.distribution(second, right)));
      return compared(
          "fork",
          largest,
          band,
          "A prefix can be continued in several ways in parallel.",
          "Continuations of one prefix disturb each other.");
    }
  }

  /** Down a path, back up, and down another path, with the cost of the return. */
  static ProbeResult rollback(ProbeSubject subject, Difference band) {
    try (ModelContext context = subject.open(0);
        ModelContext fresh = subject.open(0)) {
      int[] path = subject.path(context);
      int[] stem = Arrays.copyOf(path, path.length / 2);
      ModelUsage before = context.usage();
      int token = Math.max(0, subject.ranked(subject.distribution(fresh, stem), 1));
      int[] other = ProbeSubject.appended(stem, token);
      Difference difference =
          Difference.of(subject.distribution(context, other), subject.distribution(fresh, other));
      ModelUsage spent = context.usage().since(before);
      ProbeResult result =
          compared(
              "rollback",
              difference,
              band,
              "Earlier prefixes are reached without evaluating them again.",
              "After backtracking, the distribution is different.");
      boolean restarted = spent.promptTokens() > 0 || spent.modelTokens() > 1;
      if (!restarted || result.outcome() == ProbeOutcome.FAIL) {
        return result;
      }
      return result(
          "rollback",
          ProbeOutcome.WARN,
          difference,
          "The model cannot backtrack: each return starts from the prompt, correct but slow.");
    }
  }

  private static ProbeResult compared(
      String check, Difference difference, Difference band, String good, String otherwise) {
    boolean close =
        difference.totalVariation() <= Math.clamp(2 * band.totalVariation(), QUIET, NOISY);
    return result(
        check, close ? ProbeOutcome.OK : ProbeOutcome.FAIL, difference, close ? good : otherwise);
  }

  private static ProbeResult result(
      String check, ProbeOutcome outcome, Difference difference, String meaning) {
    return new ProbeResult(check, outcome, difference.shown(), meaning);
  }
}
