package io.tailwalk.lab.bound;

/**
 * The inequalities (arXiv 2510.15020, Section 3 and Appendix D), each read as left &lt;= right.
 * D_H^2 is half the squared distance of the roots.
 */
enum Bound {
  KL("KL (Prop. 3.1, D.1)", "Cov_N <= KL / (log N - 1 + 1/N)", Kind.FROM_ABOVE),
  HELLINGER("Hellinger (D.4)", "Cov_N <= 2N / (sqrt N - 1)^2 D_H^2", Kind.FROM_ABOVE),
  CHAIN(
      "chain rule (D.5)",
      "Cov_M1(T || q) <= M2 Cov_M1/M2(D || q) + Cov_M2(T || D)",
      Kind.FROM_ABOVE),
  STOPPED(
      "stopped KL (D.10)",
      "Cov_N <= 2 / (log N - 1) E min{log N, sum of stepwise KL}",
      Kind.FROM_ABOVE),
  SUFFICIENT(
      "Best-of-N, sufficient (D.6)",
      "success(pi) - success(BoN) <= Cov_M + e if N >= 2 M log(1/e) and Cov_M <= 1/2",
      Kind.FROM_ABOVE),
  SIMULATION(
      "Best-of-N, simulation",
      "success(pi) - min_M [Cov_M + exp(-N/M)] <= success(BoN)",
      Kind.FROM_BELOW),
  NECESSARY(
      "Best-of-N, necessary (D.7)",
      "Cov_2N / 2 <= success(pi) - success(BoN) for one 0/1 reward",
      Kind.FROM_BELOW),
  CONVERSE("converse (D.11)", "P[sum of stepwise D_H^2 >= log(N/d)] - d <= Cov_N", Kind.FROM_BELOW);

  /** The side that is the bound. */
  enum Kind {
    /** The right side; the bound is informative if it is below 1 and the left side above 0. */
    FROM_ABOVE,
    /** The left side; the bound is informative if it is above 0. */
    FROM_BELOW
  }

  /** A smaller left side is rounding error. */
  private static final double NOTHING = 1e-6;

  private final String label;
  private final String statement;
  private final Kind kind;

  Bound(String label, String statement, Kind kind) {
    this.label = label;
    this.statement = statement;
    this.kind = kind;
  }

  String label() {
    return label;
  }

  String statement() {
    return statement;
  }

  boolean saysSomething(double left, double right) {
    return left > NOTHING && (kind == Kind.FROM_BELOW || right < 1);
  }
}
