package io.tailwalk.lab.reinforce;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.Interval;
import java.util.Locale;

/**
 * How the final pass@1 agrees with a predictor over the checkpoints: Spearman's correlation, with
 * the sign turned where smaller values predict more success, so that 1 is perfect agreement.
 *
 * @param predictor its name
 * @param value the correlation of the measured values, from -1 to 1
 * @param interval 95% interval, from resampled problems and prompts
 */
record Agreement(String predictor, double value, @JsonUnwrapped Interval interval) {
  /** Whether the interval lies above 0. */
  boolean isPositive() {
    return interval.low() > 0;
  }

  /** Value and interval in words. */
  String text() {
    return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", value, interval.low(), interval.high());
  }
}
