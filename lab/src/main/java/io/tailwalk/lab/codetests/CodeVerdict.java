package io.tailwalk.lab.codetests;

import io.tailwalk.lab.Verdict;
import io.tailwalk.report.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the claim holds.
 *
 * @param holds whether the claim holds
 * @param summary the figures and the failures
 */
record CodeVerdict(boolean holds, List<String> summary) implements Verdict {
  /** Least effective number of reference lines for a verdict. */
  static final int ENOUGH = 20;

  /** Keeps a copy. */
  CodeVerdict {
    summary = List.copyOf(summary);
  }

  static CodeVerdict of(CodeResults results) {
    List<String> summary = new ArrayList<>();
    summary.add(
        String.format(
            Locale.ROOT,
            "the model's own lines pass with probability %.3f; the reference for the target is"
                + " worth"
                + " %.0f independent passing lines",
            results.mass(),
            results.referenceSize()));
    boolean holds = results.referenceSize() >= ENOUGH;
    if (!holds) {
      summary.add(
          "fails: the reference is worth too few lines; at least " + ENOUGH + " are required");
      return new CodeVerdict(false, summary);
    }
    for (String label : results.runs().keySet()) {
      int returned = results.of(label).stream().mapToInt(CodeResults.CodeRun::returned).sum();
      int passing = results.of(label).stream().mapToInt(CodeResults.CodeRun::passing).sum();
      if (passing < returned || (returned == 0 && Entry.mustReturn(label))) {
        holds = false;
        summary.add("fails: " + passing + " of " + returned + " test cases of " + label + " pass");
      }
      if (returned == 0) {
        summary.add(label + ": no run returned a test case");
        continue;
      }
      summary.add(
          label
              + ": mean log-probability "
              + text(results.distance(label, CaseDistribution::logProbDistance))
              + " nats from the target's, lengths "
              + text(results.distance(label, CaseDistribution::lengthDistance))
              + " tokens, kinds "
              + text(results.distance(label, CaseDistribution::kindDistance)));
    }
    Estimate nearer = results.nearer(Entry.AUTO, CaseDistribution::logProbDistance);
    summary.add(
        "auto is closer to the target's log-probability than action-level by "
            + text(nearer)
            + " nats");
    if (!(nearer.low() > 0)) {
      holds = false;
      summary.add("fails: the interval's lower end must be above 0");
    }
    return new CodeVerdict(holds, summary);
  }

  private static String text(Estimate estimate) {
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f]", estimate.value(), estimate.low(), estimate.high());
  }
}
