package io.tailwalk.values;

/** Training data of a perceptron: inputs with a label in [0, 1]. */
public interface Rows {
  /** Number of rows. */
  int count();

  /** Writes the inputs of a row, all of them, from an offset on. */
  void fill(int row, float[] into, int offset);

  /** The offset added to the perceptron's output. */
  default float offset(int row) {
    return 0;
  }

  /** The label, in [0, 1]. */
  float label(int row);
}
