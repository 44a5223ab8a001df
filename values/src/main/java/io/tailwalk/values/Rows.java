package io.tailwalk.values;

/** What a perceptron is fitted to: inputs with a label in [0, 1]. */
public interface Rows {
  /** How many. */
  int count();

  /** Writes the inputs of a row, all of them, from an offset on. */
  void fill(int row, float[] into, int offset);

  /** What is added to the perceptron's output. */
  default float offset(int row) {
    return 0;
  }

  /** The label, in [0, 1]. */
  float label(int row);
}
