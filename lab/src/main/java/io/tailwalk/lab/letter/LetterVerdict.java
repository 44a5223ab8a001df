package io.tailwalk.lab.letter;

import io.tailwalk.lab.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the claim holds.
 *
 * @param holds whether the claim holds
 * @param summary the figures and the failures
 */
record LetterVerdict(boolean holds, List<String> summary) implements Verdict {
  /** Keeps a copy. */
  LetterVerdict {
    summary = List.copyOf(summary);
  }

  static LetterVerdict of(LetterResults results, DuelResults compared) {
    List<String> summary = new ArrayList<>();
    boolean holds = constraint(results, summary);
    DuelVerdict duels = DuelVerdict.of(Contender.VGB, compared);
    summary.addAll(duels.summary());
    summary.add("Beside the verdict, nats per completion under the judge, without the letter e:");
    summary.add(
        "auto minus action-level: " + results.meanGain(Contender.AUTO, LetterRun::judged).text());
    summary.add(
        "smc minus action-level: " + results.meanGain(Contender.SMC, LetterRun::judged).text());
    summary.add(walk(results, Contender.MOMENTUM));
    summary.add(walk(results, Contender.VGB));
    summary.add(
        "under the model itself, the target exceeds action-level by "
            + results.targetGain().text()
            + ", auto by "
            + results.meanGain(Contender.AUTO, LetterRun::own).text());
    return new LetterVerdict(holds && duels.holds(), summary);
  }

  private static String walk(LetterResults results, String label) {
    List<LetterRun> runs =
        results.runs().stream().filter(run -> run.label().equals(label)).toList();
    return String.format(
        Locale.ROOT,
        "%s minus action-level, in the %d of %d runs that reached a leaf: %s",
        label,
        runs.stream().filter(run -> run.returned() > 0).count(),
        runs.size(),
        results.meanGain(label, LetterRun::judged).text());
  }

  private static boolean constraint(LetterResults results, List<String> summary) {
    boolean holds = true;
    int returned = 0;
    int passing = 0;
    for (LetterRun run : results.runs()) {
      returned += run.returned();
      passing += run.passing();
      if (run.returned() == 0 && Contender.mustReturn(run.label())) {
        holds = false;
        summary.add(
            String.format(
                Locale.ROOT,
                "fails: %s returned no completion on prompt %d, repeat %d, alpha %s",
                run.label(),
                run.prompt() + 1,
                run.repeat() + 1,
                run.alpha()));
      }
    }
    summary.addFirst(passing + " of " + returned + " returned completions satisfy the constraint");
    return holds && passing == returned;
  }
}
