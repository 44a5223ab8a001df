package io.tailwalk.train.value;

/** What a perceptron is fitted to: inputs with a label in [0, 1] and a weight. */
interface Rows {
  /** How many. */
  int count();

  /** Writes the inputs of a row, all of them, from an offset on. */
  void fill(int row, float[] into, int offset);

  /** The label, in [0, 1]. */
  float label(int row);

  /** How much it counts, at least 0. */
  float weight(int row);
}
