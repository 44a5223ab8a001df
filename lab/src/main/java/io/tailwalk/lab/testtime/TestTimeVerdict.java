package io.tailwalk.lab.testtime;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;
import java.util.List;

/** Whether updates at test time improve coverage. */
final class TestTimeVerdict {
  /** Largest ratio of Cov_N plus two standard errors to the best rival's Cov_N. */
  static final double LARGEST_SHARE = 0.5;

  /** Largest ratio of KL to sqrt(sigma*^2/T) + B^2/T. */
  static final double LARGEST_CONSTANT = 4;

  private TestTimeVerdict() {}

  /**
   * The verdict.
   *
   * @param rates rates of Theorem 6.1, one per setting
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
            "with updates at test time, Cov_%.0f plus two standard errors is at most %.2f of the"
                + " best"
                + " figure without them at any step size (required: %.1f)",
            Setting.LEVEL, share, LARGEST_SHARE)
        .found(
            "with updates at test time, KL is at most %.2f (sqrt(sigma*^2/T) + B^2/T) (required:"
                + " %.0f)",
            constant, LARGEST_CONSTANT)
        .failuresFirst();
  }
}
