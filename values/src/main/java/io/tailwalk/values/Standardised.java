package io.tailwalk.values;

import java.util.List;

/**
 * Inputs shifted and scaled to mean 0 and deviation 1 while a perceptron is fitted; afterwards its
 * first layer does the same, so that callers need not standardise.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Standardised(double[] means, double[] deviations) {
  private static final double LEAST = 1e-6;

  /** The standardisation of rows; constant inputs are unchanged. */
  public static Standardised of(Rows rows, int width) {
    double[] means = new double[width];
    double[] squares = new double[width];
    float[] row = new float[width];
    for (int i = 0; i < rows.count(); i++) {
      rows.fill(i, row, 0);
      for (int j = 0; j < width; j++) {
        // Welford's update, which does not cancel if the mean is large.
        double away = row[j] - means[j];
        means[j] += away / (i + 1);
        squares[j] += away * (row[j] - means[j]);
      }
    }
    double[] deviations = new double[width];
    for (int j = 0; j < width; j++) {
      double deviation = Math.sqrt(squares[j] / Math.max(1, rows.count()));
      deviations[j] = deviation < LEAST ? 1 : deviation;
    }
    return new Standardised(means, deviations);
  }

  /** The same rows with different inputs. */
  public Rows over(Rows rows) {
    return new Rows() {
      @Override
      public int count() {
        return rows.count();
      }

      @Override
      public void fill(int row, float[] into, int offset) {
        rows.fill(row, into, offset);
        for (int j = 0; j < means.length; j++) {
          into[offset + j] = (float) ((into[offset + j] - means[j]) / deviations[j]);
        }
      }

      @Override
      public float offset(int row) {
        return rows.offset(row);
      }

      @Override
      public float label(int row) {
        return rows.label(row);
      }
    };
  }

  /** An equivalent perceptron on the original inputs. */
  public Mlp fold(Mlp mlp) {
    List<Integer> widths = mlp.widths();
    float[] parameters = mlp.parameters();
    int bias = Mlp.matrixSize(widths);
    for (int i = 0; i < widths.get(1); i++) {
      double shift = 0;
      for (int j = 0; j < means.length; j++) {
        int at = i * means.length + j;
        double weight = parameters[at] / deviations[j];
        parameters[at] = (float) weight;
        shift += weight * means[j];
      }
      parameters[bias + i] -= (float) shift;
    }
    return new Mlp(widths, parameters);
  }
}
