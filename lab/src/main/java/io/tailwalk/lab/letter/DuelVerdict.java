package io.tailwalk.lab.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether an entrant's completions are better than those of action-level sampling. All of it must
 * be true: the judge passes its controls; under the paper's constraint the win rate, pooled over
 * alphas, lies above a half with its whole 95% interval, and under no other constraint below it; no
 * measure of repetition is worse by more than the margin with an interval that excludes 0; every
 * text satisfies its constraint.
 *
 * @param holds whether all of it is true
 * @param summary the figures and the failures
 */
record DuelVerdict(boolean holds, List<String> summary) {
  /** Margin of distinct-2, of the compressed share and of self-BLEU, which lie in 0..1. */
  static final double MARGIN = 0.05;

  /** Keeps a copy. */
  DuelVerdict {
    summary = List.copyOf(summary);
  }

  static DuelVerdict of(String label, DuelResults results) {
    List<String> lines = new ArrayList<>();
    boolean judgeCan = results.controls().passed();
    lines.add(results.controls().text() + (judgeCan ? "" : ": fails, the judge cannot tell"));
    long missing = results.duels().stream().filter(d -> d.entrant().isEmpty()).count();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s against action-level; %d of %d runs returned no completion, which loses",
            label,
            missing,
            results.duels().size()));
    boolean wins = true;
    for (Constraint constraint : Constraint.ALL) {
      Paired rate = results.winRate(d -> d.constraint().equals(constraint.label()));
      boolean fine = constraint.isPapers() ? rate.low() > 0.5 : !(rate.high() < 0.5);
      wins &= fine;
      lines.add(
          "win rate with "
              + constraint.label()
              + ": "
              + range(rate)
              + (fine ? "" : ", fails: " + required(constraint)));
    }
    boolean words = notWorse("distinct-2", results.distinctGain(), lines);
    boolean bytes = notWorse("compressed share", results.compressionGain(), lines);
    boolean copies = notWorse("self-BLEU, sign reversed", results.diversityGain(), lines);
    boolean varied = words && bytes && copies;
    lines.add(
        label
            + " minus action-level, nats per completion under the judge (not in the verdict): "
            + results
                .mean(DuelResults::complete, d -> d.entrantLogProb() - d.actionLogProb())
                .text());
    boolean passes = results.duels().stream().allMatch(Duel::passes);
    if (!passes) {
      lines.add("fails: a completion of a pair violates its constraint");
    }
    return new DuelVerdict(judgeCan && wins && varied && passes, lines);
  }

  private static String required(Constraint constraint) {
    return "the interval must " + (constraint.isPapers() ? "lie above 0.5" : "not lie below 0.5");
  }

  private static boolean notWorse(String name, Paired gain, List<String> lines) {
    boolean worse = gain.mean() < -MARGIN && gain.high() < 0;
    lines.add(
        String.format(
            Locale.ROOT,
            "difference of %s (negative is more repetitive): %+.3f [%+.3f, %+.3f]%s",
            name,
            gain.mean(),
            gain.low(),
            gain.high(),
            worse ? ", fails" : ""));
    return !worse;
  }

  private static String range(Paired rate) {
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", rate.mean(), rate.low(), rate.high());
  }
}
