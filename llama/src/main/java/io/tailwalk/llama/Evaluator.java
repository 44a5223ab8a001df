package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;

/** A method to evaluate prefixes after a prompt. */
interface Evaluator {
  /** The distribution after each prefix; prefixes and their tokens are in range. */
  LogProbs[] distributions(int[][] prefixes);

  /** The hidden state after each prefix; prefixes are not empty and their tokens are in range. */
  float[][] hidden(int[][] prefixes);
}
