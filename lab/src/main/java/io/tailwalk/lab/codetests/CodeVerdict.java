package io.tailwalk.lab.codetests;

import io.tailwalk.lab.Verdict;
import io.tailwalk.lab.codetests.FunctionResults.CodeRun;
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

  /** How much further from the target's the kinds of VGB may be, in total variation. */
  static final double KINDS_FURTHER = 0.1;

  /** Keeps a copy. */
  CodeVerdict {
    summary = List.copyOf(summary);
  }

  static CodeVerdict of(CodeResults results) {
    List<String> summary = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    results.functions().forEach(function -> samples(function, summary, failures));
    for (String label : results.labels()) {
      summary.add(
          String.format(
              Locale.ROOT,
              "%s, mean distance from the target: lengths %.2f tokens, kinds %.2f, log-probability"
                  + " %.2f nats",
              label,
              results.distance(label, CaseDistribution::lengthDistance),
              results.distance(label, CaseDistribution::kindDistance),
              results.distance(label, CaseDistribution::logProbDistance)));
    }
    Estimate lengths = results.nearer(Entry.VGB, CaseDistribution::lengthDistance);
    summary.add(
        "the lengths of vgb are closer than action-level's by " + text(lengths) + " tokens");
    if (!(lengths.low() > 0)) {
      failures.add("the interval's lower end must be above 0");
    }
    Estimate kinds = results.nearer(Entry.VGB, CaseDistribution::kindDistance);
    summary.add("the kinds of vgb are closer than action-level's by " + text(kinds));
    if (!(kinds.value() >= -KINDS_FURTHER)) {
      failures.add("the kinds of vgb must not be further away by more than " + KINDS_FURTHER);
    }
    failures.forEach(failure -> summary.add("fails: " + failure));
    return new CodeVerdict(failures.isEmpty(), summary);
  }

  private static void samples(
      FunctionResults function, List<String> summary, List<String> failures) {
    String name = function.function().symbol();
    summary.add(
        String.format(
            Locale.ROOT,
            "%s: the model's own lines pass with probability %.3f; the reference for the target is"
                + " worth %.0f independent passing lines",
            name,
            function.mass(),
            function.referenceSize()));
    if (!(function.referenceSize() >= ENOUGH)) {
      failures.add(name + ": the reference must be worth at least " + ENOUGH + " lines");
    }
    for (String label : function.runs().keySet()) {
      int returned = function.of(label).stream().mapToInt(CodeRun::returned).sum();
      int passing = function.of(label).stream().mapToInt(CodeRun::passing).sum();
      if (passing < returned) {
        failures.add(name + ": " + passing + " of " + returned + " lines of " + label + " pass");
      }
      if (returned == 0 && Entry.mustReturn(label)) {
        failures.add(name + ": " + label + " returned no line");
      }
    }
  }

  private static String text(Estimate estimate) {
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f]", estimate.value(), estimate.low(), estimate.high());
  }
}
