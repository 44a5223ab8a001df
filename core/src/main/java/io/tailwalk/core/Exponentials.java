package io.tailwalk.core;

/**
 * Exponentials of many numbers, and their sums, without a call for each. Everything is arithmetic
 * that compilers turn into vector instructions, with products and sums rounded once ({@link
 * Math#fma}), in an order that does not depend on the machine: the same numbers give the same bits
 * everywhere. Results differ from {@link Math#exp} by at most {@value #RELATIVE_ERROR} relatively,
 * and by at most 4e-308. Belongs to one thread.
 */
public final class Exponentials {
  /** Number of values in a block. */
  public static final int BLOCK = 256;

  /** Largest relative difference from the true exponential. */
  public static final double RELATIVE_ERROR = 1e-15;

  /** Adding and subtracting it rounds a number of at most 2^51 to an integer. */
  private static final double ROUND = 0x1.8p52;

  private static final double PER_LN2 = 1 / Math.log(2);

  /** ln 2 in two parts; the first has few enough digits that its multiples are exact. */
  private static final double LN2_HIGH = 0x1.62e42fee00000p-1;

  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** Smaller numbers count as this one; its exponential is subtracted, which leaves 0 for them. */
  private static final double LEAST = -708.0;

  private static final double OF_LEAST = new Exponentials().ofOne(LEAST);

  private static final long BIAS_BITS = 1023L << 52;
  private static final int MANTISSA = 52;
  private static final int LANES = 8;

  private final double[] mantissas = new double[BLOCK];
  private final double[] exponents = new double[BLOCK];

  /** Room for one block. */
  public Exponentials() {}

  /**
   * Replaces logs by {@code exp(log - shift)}.
   *
   * @param logs numbers of at most {@code shift}, {@code -inf} allowed
   * @param from first index
   * @param length at most {@link #BLOCK}
   * @param shift finite
   * @return their sum
   */
  public double replace(double[] logs, int from, int length, double shift) {
    for (int i = 0; i < length; i++) {
      mantissas[i] = logs[from + i] - shift;
    }
    exponentiate(length);
    for (int i = 0; i < length; i++) {
      logs[from + i] = scaled(i) - OF_LEAST;
    }
    return sum(logs, from, length);
  }

  /**
   * The sum of {@code exp(log - shift)} in a block.
   *
   * @param logs numbers of at most {@code shift}, {@code -inf} allowed
   * @param from first index
   * @param length at most {@link #BLOCK}
   * @param shift finite
   */
  public double sum(double[] logs, int from, int length, double shift) {
    for (int i = 0; i < length; i++) {
      mantissas[i] = logs[from + i] - shift;
    }
    return sumOfExponentials(length);
  }

  /**
   * The sum of {@code exp(scale * score - shift)} in a block.
   *
   * @param scores numbers for which {@code scale * score} is at most {@code shift}
   * @param from first index
   * @param length at most {@link #BLOCK}
   */
  public double sum(double[] scores, int from, int length, double scale, double shift) {
    for (int i = 0; i < length; i++) {
      mantissas[i] = scale * scores[from + i] - shift;
    }
    return sumOfExponentials(length);
  }

  /**
   * The sum of {@code exp(scale * score - shift)} in a block.
   *
   * @param scores numbers for which {@code scale * score} is at most {@code shift}
   * @param from first index
   * @param length at most {@link #BLOCK}
   */
  public double sum(float[] scores, int from, int length, double scale, double shift) {
    for (int i = 0; i < length; i++) {
      mantissas[i] = scale * scores[from + i] - shift;
    }
    return sumOfExponentials(length);
  }

  /**
   * Replaces logs by the running sums of {@code exp(log - shift)}.
   *
   * @param logs numbers of at most {@code shift}, {@code -inf} allowed
   * @param length at most {@link #BLOCK}
   * @param shift finite
   */
  public void runningSums(double[] logs, int length, double shift) {
    replace(logs, 0, length, shift);
    for (int i = 1; i < length; i++) {
      logs[i] += logs[i - 1];
    }
  }

  private double sumOfExponentials(int length) {
    exponentiate(length);
    for (int i = 0; i < length; i++) {
      mantissas[i] = scaled(i) - OF_LEAST;
    }
    return sum(mantissas, 0, length);
  }

  private double ofOne(double x) {
    mantissas[0] = x;
    exponentiate(1);
    return scaled(0);
  }

  /** {@code m 2^k}; k is in the last bits of what was rounded. */
  private double scaled(int i) {
    long bits = (Double.doubleToRawLongBits(exponents[i]) << MANTISSA) + BIAS_BITS;
    return mantissas[i] * Double.longBitsToDouble(bits);
  }

  /**
   * Splits {@code exp(x) = m 2^k}: {@code x} in {@link #mantissas} is replaced by m, and {@link
   * #exponents} receives k, added to {@link #ROUND}. The polynomial is Taylor's on {@code |r| <=
   * ln(2)/2}, whose next term is below 2e-17.
   */
  private void exponentiate(int length) {
    double[] x = mantissas;
    double[] rounded = exponents;
    for (int i = 0; i < length; i++) {
      double y = Math.max(x[i], LEAST);
      double z = Math.fma(y, PER_LN2, ROUND);
      double k = z - ROUND;
      double r = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, y));
      double p = 1.0 / 6227020800.0;
      p = Math.fma(p, r, 1.0 / 479001600.0);
      p = Math.fma(p, r, 1.0 / 39916800.0);
      p = Math.fma(p, r, 1.0 / 3628800.0);
      p = Math.fma(p, r, 1.0 / 362880.0);
      p = Math.fma(p, r, 1.0 / 40320.0);
      p = Math.fma(p, r, 1.0 / 5040.0);
      p = Math.fma(p, r, 1.0 / 720.0);
      p = Math.fma(p, r, 1.0 / 120.0);
      p = Math.fma(p, r, 1.0 / 24.0);
      p = Math.fma(p, r, 1.0 / 6.0);
      p = Math.fma(p, r, 0.5);
      p = Math.fma(p, r, 1.0);
      p = Math.fma(p, r, 1.0);
      x[i] = p;
      rounded[i] = z;
    }
  }

  /**
   * The sum of numbers, in eight lanes that are added in pairs: the order is the same everywhere.
   *
   * @param from first index
   * @param length how many
   */
  public static double sum(double[] values, int from, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    int whole = length - length % LANES;
    for (int i = from; i < from + whole; i += LANES) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    double sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
    for (int i = from + whole; i < from + length; i++) {
      sum += values[i];
    }
    return sum;
  }
}
