package io.tailwalk.lab.exact;

import io.tailwalk.lab.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether every sampler did what was computed for it, within Monte-Carlo error.
 *
 * @param holds whether all did
 * @param summary the figures, or what failed where
 */
record KnownVerdict(boolean holds, List<String> summary) {
  /** Keeps a copy. */
  KnownVerdict {
    summary = List.copyOf(summary);
  }

  static KnownVerdict of(List<KnownResult> results) {
    List<String> failures = new ArrayList<>();
    double worst = 0;
    for (KnownResult result : results) {
      if (!result.distanceHolds()) {
        failures.add(
            failure(result, "total variation", result.distance(), result.expectedDistance()));
      }
      if (!result.regretHolds()) {
        failures.add(failure(result, "regret", result.regret(), result.expectedRegret()));
      }
      if (!result.entrant().biased()) {
        worst = Math.max(worst, Math.abs(result.distance().value()));
      }
    }
    List<String> summary = new ArrayList<>();
    results.stream()
        .filter(result -> result.entrant().biased())
        .forEach(result ->
            summary.add(
                String.format(
                    Locale.ROOT,
                    "%s: total variation %s, computed %.3f",
                    result.known().name() + ", " + result.entrant().label(),
                    result.distance().text(),
                    result.expectedDistance())));
    summary.add(
        String.format(
            Locale.ROOT,
            "the others: at most %.3f, each within %.1f standard errors of 0%s",
            worst,
            results.getFirst().allowed(),
            failures.isEmpty() ? "" : " unless named below"));
    summary.addAll(failures);
    return new KnownVerdict(failures.isEmpty(), summary);
  }

  private static String failure(
      KnownResult result, String what, Measured measured, double expected) {
    return String.format(
        Locale.ROOT,
        "fails in %s: %s of %s is %s, not %.3f%s",
        result.known().name(),
        what,
        result.entrant().label(),
        measured.text(),
        expected,
        measured.standardError() > KnownResult.LARGEST_ERROR
            ? " or its standard error is too large to tell"
            : "");
  }
}
