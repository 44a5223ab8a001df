package io.tailwalk.lab.testtime;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;
import java.util.List;

/** Whether updates at test time improve coverage. */
final class TestTimeVerdict {
  /** Cov_N, two standard errors up, is at most this times the best rival's. */
  static final double LARGEST_SHARE = 0.5;

  /** KL is at most this times sqrt(sigma*^2/T) + B^2/T. */
  static final double LARGEST_CONSTANT = 4;

  private TestTimeVerdict() {}

  /**
   * The verdict.
   *
   * @param rates of Theorem 6.1, one a setting
   */
  static Verdict of(List<Setting> settings, List<Setting.Run> runs, double[] rates) {
    var conditions = new Conditions();
    double share = 0;
    double constant = 0;
    for (int i = 0; i < settings.size(); i++) {
      Score score = runs.get(i).testTime();
      double here = score.upper() / Math.max(runs.get(i).bestRival(), 1e-300);
      String at = "H=" + settings.get(i).horizon() + " T=" + settings.get(i).sequences();
      conditions
          .failUnless(
              here <= LARGEST_SHARE,
              "fails at %s: Cov_%.0f up to %.4f against %.4f without updates at test time",
              at,
              Setting.LEVEL,
              score.upper(),
              runs.get(i).bestRival())
          .failUnless(
              score.kl() / rates[i] <= LARGEST_CONSTANT,
              "fails at %s: KL %.3f, rate %.3f",
              at,
              score.kl(),
              rates[i]);
      share = Math.max(share, here);
      constant = Math.max(constant, score.kl() / rates[i]);
    }
    return conditions
        .found(
            "with updates at test time Cov_%.0f, two standard errors up, is at most %.2f of the best"
                + " without, any step size (wanted: %.1f)",
            Setting.LEVEL, share, LARGEST_SHARE)
        .found(
            "and KL at most %.2f (sqrt(sigma*^2/T) + B^2/T) (wanted: %.0f)",
            constant, LARGEST_CONSTANT)
        .failuresFirst();
  }
}
