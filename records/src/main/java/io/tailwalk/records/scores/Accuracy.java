package io.tailwalk.records.scores;

import java.util.OptionalDouble;

/**
 * How often a model finds the right choice most probable, over the documents of
 * lm-evaluation-harness samples.
 *
 * @param plain by the log-likelihood of the choice, the harness's {@code acc}; empty if unknown for
 *     a document
 * @param norm by the log-likelihood per character of the choice, the harness's {@code acc_norm};
 *     empty if unknown for a document
 */
public record Accuracy(OptionalDouble plain, OptionalDouble norm) {
  /** Neither is known. */
  public static final Accuracy UNKNOWN =
      new Accuracy(OptionalDouble.empty(), OptionalDouble.empty());
}
