package io.tailwalk.values;

import io.tailwalk.core.random.Streams;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A multilayer perceptron with rectified hidden units and one output, evaluated in plain Java. Safe
 * to share between threads.
 */
public final class Mlp {
  private final List<Integer> widths;
  private final float[] parameters;
  private final float[] firstByInput;

  /**
   * With given parameters.
   *
   * @param widths units of each layer from the inputs to the output, which is 1
   * @param parameters all matrices (output by output) in order, then all biases; see {@link #size}
   */
  public Mlp(List<Integer> widths, float[] parameters) {
    if (parameters.length != size(widths)) {
      throw new LearningException(
          "a perceptron of widths "
              + widths
              + " has "
              + size(widths)
              + " parameters, but "
              + parameters.length
              + " are given");
    }
    this.widths = List.copyOf(widths);
    this.parameters = parameters.clone();
    this.firstByInput = transposed(parameters, widths.get(1), widths.get(0));
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] turned = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = matrix[i * columns + j];
      }
    }
    return turned;
  }

  /**
   * Number of parameters of a shape.
   *
   * @throws LearningException unless it has an input, a hidden unit per layer and one output
   */
  public static int size(List<Integer> widths) {
    boolean good = widths.size() >= 3 && widths.getLast() == 1;
    if (!good || widths.stream().anyMatch(width -> width < 1)) {
      throw new LearningException(
          "a perceptron needs inputs, hidden units and one output, got widths " + widths);
    }
    long size = 0;
    for (int i = 1; i < widths.size(); i++) {
      size += (long) widths.get(i) * (widths.get(i - 1) + 1);
    }
    if (size > Integer.MAX_VALUE) {
      throw new LearningException("a perceptron of widths " + widths + " is too large");
    }
    return (int) size;
  }

  /** Number of parameters in matrices, which come first. */
  public static int matrixSize(List<Integer> widths) {
    int size = 0;
    for (int i = 1; i < widths.size(); i++) {
      size += widths.get(i) * widths.get(i - 1);
    }
    return size;
  }

  /**
   * Initial parameters of training: normal with variance {@code 2 / inputs} (He et al. 2015), the
   * output layer's at a tenth of that spread; biases zero.
   */
  public static float[] initial(List<Integer> widths, long seed) {
    return initial(widths, seed, 0.1);
  }

  /** The same with a different spread of the output layer, relative to the others. */
  public static float[] initial(List<Integer> widths, long seed, double last) {
    float[] values = new float[size(widths)];
    RandomGenerator random = Streams.of(seed);
    int at = 0;
    for (int i = 1; i < widths.size(); i++) {
      double spread = Math.sqrt(2.0 / widths.get(i - 1)) * (i + 1 == widths.size() ? last : 1);
      for (int j = widths.get(i) * widths.get(i - 1); j > 0; j--) {
        values[at++] = (float) (spread * random.nextGaussian());
      }
    }
    return values;
  }

  /** Units of each layer from the inputs to the output. */
  public List<Integer> widths() {
    return widths;
  }

  /** Number of inputs. */
  public int inputs() {
    return widths.getFirst();
  }

  /** A copy of the parameters. */
  public float[] parameters() {
    return parameters.clone();
  }

  /** The output for inputs that are mostly zero, or not. */
  public double output(float[] inputs) {
    double[] sums = start();
    for (int j = 0; j < inputs(); j++) {
      if (inputs[j] != 0) {
        add(sums, j, inputs[j]);
      }
    }
    return finish(sums);
  }

  /** Sums of the first hidden layer with all inputs zero. */
  double[] start() {
    double[] sums = new double[widths.get(1)];
    int bias = matrixSize(widths);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = parameters[bias + i];
    }
    return sums;
  }

  /** Adds an input to the sums of the first hidden layer. */
  void add(double[] sums, int input, double value) {
    int from = input * sums.length;
    for (int i = 0; i < sums.length; i++) {
      sums[i] += value * firstByInput[from + i];
    }
  }

  /** The output from the sums of the first hidden layer, which are not changed. */
  double finish(double[] firstSums) {
    double[] sums = firstSums;
    int matrix = widths.get(0) * widths.get(1);
    int bias = matrixSize(widths) + widths.get(1);
    for (int layer = 2; layer < widths.size(); layer++) {
      double[] next = new double[widths.get(layer)];
      for (int i = 0; i < next.length; i++) {
        double sum = parameters[bias + i];
        for (int j = 0; j < sums.length; j++) {
          sum += Math.max(0, sums[j]) * parameters[matrix + j];
        }
        matrix += sums.length;
        next[i] = sum;
      }
      bias += next.length;
      sums = next;
    }
    return sums[0];
  }
}
