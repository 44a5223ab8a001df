package io.tailwalk.lab.parity;

import io.tailwalk.lab.Measured;

/**
 * Log of a ratio of means, with its standard error by the delta method.
 *
 * @param log log of the ratio
 * @param standardError standard error of the log
 */
record LogRatio(double log, double standardError) {
  /** The ratio of independent means above 0. */
  static LogRatio of(Measured above, Measured below) {
    return new LogRatio(
        Math.log(above.value() / below.value()),
        Math.hypot(above.standardError() / above.value(), below.standardError() / below.value()));
  }

  /** This ratio divided by another independent ratio. */
  LogRatio over(LogRatio other) {
    return new LogRatio(log - other.log, Math.hypot(standardError, other.standardError));
  }

  double ratio() {
    return Math.exp(log);
  }

  /** Whether the ratio is above 1 by more than this many standard errors. */
  boolean isAbove(double errors) {
    return log > errors * standardError;
  }
}
