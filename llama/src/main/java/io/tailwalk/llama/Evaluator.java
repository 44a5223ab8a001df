package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;

/** A way to reach prefixes behind a prompt. */
interface Evaluator {
  /** The law after each prefix; prefixes and their tokens are in range. */
  LogProbs[] laws(int[][] prefixes);

  /** The hidden state behind each prefix; prefixes have tokens, and those are in range. */
  float[][] hidden(int[][] prefixes);
}
