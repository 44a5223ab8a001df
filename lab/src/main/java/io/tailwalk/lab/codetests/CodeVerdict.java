package io.tailwalk.lab.codetests;

import io.tailwalk.lab.Verdict;
import io.tailwalk.report.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the claim holds.
 *
 * @param holds whether it does
 * @param summary the figures, and what failed
 */
record CodeVerdict(boolean holds, List<String> summary) implements Verdict {
  /** Independent draws that the reference must be worth, else nothing is said. */
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
            "the model's own lines pass with probability %.3f; what is known of the target is worth"
                + " %.0f of them",
            results.mass(),
            results.referenceSize()));
    boolean holds = results.referenceSize() >= ENOUGH;
    if (!holds) {
      summary.add("fails: too little is known of the target; at least " + ENOUGH + " are needed");
      return new CodeVerdict(false, summary);
    }
    for (String label : results.runs().keySet()) {
      int returned = results.of(label).stream().mapToInt(CodeResults.CodeRun::returned).sum();
      int passing = results.of(label).stream().mapToInt(CodeResults.CodeRun::passing).sum();
      if (passing < returned || (returned == 0 && Entry.mustReturn(label))) {
        holds = false;
        summary.add("fails: of " + returned + " test cases of " + label + " pass " + passing);
      }
      if (returned == 0) {
        summary.add(label + ": no test case in any run");
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
    summary.add("auto is nearer to the target's log-probability by " + text(nearer) + " nats");
    if (!(nearer.low() > 0)) {
      holds = false;
      summary.add("fails: the interval's lower end is to be above 0");
    }
    return new CodeVerdict(holds, summary);
  }

  private static String text(Estimate estimate) {
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f]", estimate.value(), estimate.low(), estimate.high());
  }
}
