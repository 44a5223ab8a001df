package io.tailwalk.lab.testtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether updates at test time improve coverage.
 *
 * @param holds in every setting
 * @param summary the figures, failures first
 */
record TestTimeVerdict(boolean holds, List<String> summary) {
  /** Cov_N, two standard errors up, is at most this times the best rival's. */
  static final double LARGEST_SHARE = 0.5;

  /** KL is at most this times sqrt(sigma*^2/T) + B^2/T. */
  static final double LARGEST_CONSTANT = 4;

  /** Keeps a copy. */
  TestTimeVerdict {
    summary = List.copyOf(summary);
  }

  /**
   * The verdict.
   *
   * @param rates of Theorem 6.1, one a setting
   */
  static TestTimeVerdict of(List<Setting> settings, List<Setting.Run> runs, double[] rates) {
    List<String> failures = new ArrayList<>();
    double share = 0;
    double constant = 0;
    for (int i = 0; i < settings.size(); i++) {
      Score score = runs.get(i).testTime();
      double here = score.upper() / Math.max(runs.get(i).bestRival(), 1e-300);
      String at = "H=" + settings.get(i).horizon() + " T=" + settings.get(i).sequences();
      if (!(here <= LARGEST_SHARE)) {
        failures.add(
            String.format(
                Locale.ROOT,
                "fails at %s: Cov_%.0f up to %.4f against %.4f without updates at test time",
                at,
                Setting.LEVEL,
                score.upper(),
                runs.get(i).bestRival()));
      }
      if (!(score.kl() / rates[i] <= LARGEST_CONSTANT)) {
        failures.add(
            String.format(
                Locale.ROOT, "fails at %s: KL %.3f, rate %.3f", at, score.kl(), rates[i]));
      }
      share = Math.max(share, here);
      constant = Math.max(constant, score.kl() / rates[i]);
    }
    boolean holds = failures.isEmpty();
    failures.add(
        String.format(
            Locale.ROOT,
            "with updates at test time Cov_%.0f, two standard errors up, is at most %.2f of the best"
                + " without, any step size (wanted: %.1f)",
            Setting.LEVEL,
            share,
            LARGEST_SHARE));
    failures.add(
        String.format(
            Locale.ROOT,
            "and KL at most %.2f (sqrt(sigma*^2/T) + B^2/T) (wanted: %.0f)",
            constant,
            LARGEST_CONSTANT));
    return new TestTimeVerdict(holds, failures);
  }
}
