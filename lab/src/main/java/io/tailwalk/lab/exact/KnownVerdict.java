package io.tailwalk.lab.exact;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Verdict;
import java.util.List;

/** Whether every sampler agrees with its computed figures within Monte Carlo error. */
final class KnownVerdict {
  private KnownVerdict() {}

  static Verdict of(List<KnownResult> results) {
    var conditions = new Conditions();
    double worst = 0;
    for (KnownResult result : results) {
      if (!result.distanceHolds()) {
        fail(conditions, result, "total variation", result.distance(), result.expectedDistance());
      }
      if (!result.regretHolds()) {
        fail(conditions, result, "regret", result.regret(), result.expectedRegret());
      }
      if (result.entrant().biased()) {
        conditions.found(
            "%s, %s: total variation %s, computed %.3f",
            result.known().name(),
            result.entrant().label(),
            result.distance().text(),
            result.expectedDistance());
      } else {
        worst = Math.max(worst, Math.abs(result.distance().value()));
      }
    }
    return conditions
        .found(
            "other samplers: total variation at most %.3f, each within %.1f standard errors of 0%s",
            worst, results.getFirst().allowed(), conditions.hold() ? "" : " unless listed below")
        .failuresLast();
  }

  private static void fail(
      Conditions conditions, KnownResult result, String what, Measured measured, double expected) {
    conditions.fail(
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
