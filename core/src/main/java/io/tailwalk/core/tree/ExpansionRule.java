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

  /**
   * The most probable tokens with their probabilities, and a sample of all others: of {@code draws}
   * plain draws of the model, each that is not among the {@code head} most probable tokens is a
   * child of weight {@code 1/draws}; equal ones are merged. The weight of the tail is therefore
   * {@code m/draws} for {@code m} draws outside the head, with the expectation of the probability
   * that is missing in the head, and every token's weight has the expectation of its probability:
   * over the draw of the tree leaf weights are unbiased, as for {@link Sample}, with less spread
   * where the head has most of the probability. The weights of a node add up to 1 on average, not
   * in each tree. Made once, on the first visit, and stored.
   *
   * @param head most probable tokens, at least 1
   * @param draws draws for the tail, at least 1: without any, the tail would be lost
   */
  record HeadAndTail(int head, int draws) implements ExpansionRule {
    /** Refuses sizes below 1. */
    public HeadAndTail {
      if (head < 1) {
        throw new IllegalArgumentException(
            "the head needs at least 1 token for each node, got " + head);
      }
      if (draws < 1) {
        throw new IllegalArgumentException(
            "the tail needs at least 1 draw for each node, got " + draws);
      }
    }
  }

  /**
   * Model tokens that one expansion costs at most if the model draws children itself: every drawn
   * token, and one for the list of the most probable tokens; 1 for a distribution.
   */
  default long mostTokens() {
    return switch (this) {
      case Enumerate() -> 1;
      case HeadAndTail(int _, int draws) -> 1 + (long) draws;
      case Sample(int k, int blockLength) -> (long) k * blockLength;
    };
  }

  /** Tokens of an action. */
  default int actionLength() {
    return switch (this) {
      case Enumerate() -> 1;
      case HeadAndTail(int _, int _) -> 1;
      case Sample(int _, int blockLength) -> blockLength;
    };
  }
}
