package io.tailwalk.lab.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The verdict in words. */
final class CeSummary {
  private CeSummary() {}

  static List<String> of(ScoredSeries series, CeVerdict verdict) {
    List<String> lines = new ArrayList<>();
    int attempts = CeVerdict.ATTEMPTS;
    lines.add(
        String.format(
            Locale.ROOT,
            "KL %s: %.3f nats at the base, %.3f at the end",
            verdict.falls() ? "falls throughout" : "does not fall throughout",
            series.kl().getFirst(),
            series.kl().getLast()));
    lines.add(
        String.format(
            Locale.ROOT,
            "Cov_%s %s: %s",
            CeVerdict.plain(CeVerdict.FACTOR),
            verdict.coverageTurns() ? "improves, then worsens" : "does not improve and then worsen",
            verdict.coverage().text()));
    lines.add(
        String.format(
            Locale.ROOT,
            "pass@%d: %.4f at the base, %.4f where coverage is best (%s over the base), %.4f at the"
                + " end (%s over it)",
            attempts,
            series.pass(attempts).getFirst(),
            series.pass(attempts).get(verdict.coverage().bestIndex()),
            verdict.rise().text(),
            series.pass(attempts).getLast(),
            verdict.fall().text()));
    for (CeVerdict.Follows f : verdict.follows()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "pass@%d: rank correlation %.2f with Cov_%s, %.2f with KL%s",
              f.attempts(),
              f.coverage(),
              CeVerdict.plain(f.n()),
              f.kl(),
              f.attempts() == attempts ? "" : " (not part of the verdict)"));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "pass@%d of the tournament's checkpoint (step %d) minus that of the checkpoint with the"
                + " lowest cross-entropy (step %d): %s; minus that of the base: %s; on %,d held-out"
                + " prompts",
            attempts,
            series.step(verdict.choice().tournament()),
            series.step(verdict.choice().crossEntropy()),
            verdict.overCrossEntropy().text(),
            verdict.overBase().text(),
            series.judgingPrompts()));
    if (!verdict.faults().isEmpty()) {
      lines.add("what fails: " + String.join("; ", verdict.faults()));
    }
    return lines;
  }
}
