package io.tailwalk.core.tree;

/**
 * How the children of a node are made. An action is a token or, when sampled, a block of tokens.
 */
public sealed interface ExpansionRule {

  /** Every token of the vocabulary is a child: exact, for cheap verifiers or small vocabularies. */
  record Enumerate() implements ExpansionRule {}

  /**
   * K actions drawn i.i.d. from the model once, on the first visit, and stored; duplicates merge
   * their weight {@code m/K}. Walks on the sampled tree are exact for it, and over the draw of the
   * tree leaf weights are unbiased.
   *
   * @param k draws per node, at least 1
   * @param blockLength tokens of an action, at least 1; a block ends early at the end of the
   *     response
   */
  record Sample(int k, int blockLength) implements ExpansionRule {
    /** Refuses sizes below 1. */
    public Sample {
      if (k < 1) {
        throw new IllegalArgumentException("children per node must be at least 1, got " + k);
      }
      if (blockLength < 1) {
        throw new IllegalArgumentException(
            "block length must be at least 1 token, got " + blockLength);
      }
    }
  }

  /** Tokens of an action. */
  default int actionLength() {
    return switch (this) {
      case Enumerate() -> 1;
      case Sample(int _, int blockLength) -> blockLength;
    };
  }
}
