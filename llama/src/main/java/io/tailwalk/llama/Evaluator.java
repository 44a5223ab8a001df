package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;

/** A way to reach prefixes behind a prompt. */
interface Evaluator {
  /** The distribution after each prefix; prefixes and their tokens are in range. */
  LogProbs[] distributions(int[][] prefixes);

  /** The hidden state behind each prefix; prefixes have tokens, and those are in range. */
  float[][] hidden(int[][] prefixes);
}
