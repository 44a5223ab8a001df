package io.tailwalk.lab.parity;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;

/**
 * Parity with late feedback. A response is a number of blocks, each of them
 *
 * <ul>
 *   <li>free bits, by a fair coin;
 *   <li>a marker, by a fair coin, which is right if it is the parity of all free bits so far;
 *   <li>zeros without information;
 *   <li>a check: 1 if the marker was right, else 0.
 * </ul>
 *
 * A response is rewarded if all its markers are right, with probability {@code 2^-blocks}. The
 * exact value of a prefix, {@code V* = 2^-(remaining markers)} or 0, needs the parity of all free
 * bits between a marker and its check, and only the checks elsewhere. A value that cannot compute
 * parities is right at all other positions, and detects an error some letters late.
 *
 * @param blocks number of blocks, at least 1
 * @param bits free bits of a block, at least 1
 * @param late zeros between a marker and its check, at least 0
 */
record ParityTask(int blocks, int bits, int late) {
  /** Refuses sizes out of range. */
  ParityTask {
    if (blocks < 1 || bits < 1 || late < 0) {
      throw new IllegalArgumentException(
          "blocks and bits must be at least 1 and late at least 0, got "
              + blocks
              + ", "
              + bits
              + " and "
              + late);
    }
  }

  /** Letters of a block. */
  int blockLength() {
    return bits + 1 + late + 1;
  }

  /** H. */
  int length() {
    return blocks * blockLength();
  }

  /** Whether the letter at a position, counted from 0, is a coin toss: a free bit or a marker. */
  boolean isChosen(int place) {
    return place % blockLength() <= bits;
  }

  /** Whether the letter at a position is a marker. */
  boolean isMarker(int place) {
    return place % blockLength() == bits;
  }

  private boolean isCheck(int place) {
    return place % blockLength() == blockLength() - 1;
  }

  /** The letter that the model writes at a position that is not a coin toss. */
  int told(int[] letters, int place) {
    int marker = place - place % blockLength() + bits;
    return isCheck(place) && letters[marker] == parity(letters, marker) ? 1 : 0;
  }

  /** Parity of the free bits before a marker. */
  int parity(int[] letters, int marker) {
    int parity = 0;
    for (int i = 0; i < marker; i++) {
      parity ^= i % blockLength() < bits ? letters[i] : 0;
    }
    return parity;
  }

  /** Log of the exact value of a prefix or response (nats). */
  double logExact(int[] letters) {
    int right = 0;
    for (int marker = bits; marker < letters.length; marker += blockLength()) {
      if (letters[marker] != parity(letters, marker)) {
        return Double.NEGATIVE_INFINITY;
      }
      right++;
    }
    return -(blocks - right) * Math.log(2);
  }

  /**
   * The exact value given the checks: {@code 2^-(remaining checks)}, or 0 after a check of 0. No
   * value that is blind to parities is better.
   */
  ValueFunction lagging() {
    return prefix -> {
      int[] letters = prefix.tokenIds();
      int seen = letters.length / blockLength();
      for (int block = 0; block < seen; block++) {
        if (letters[(block + 1) * blockLength() - 1] == 0) {
          return Double.NEGATIVE_INFINITY;
        }
      }
      return -(blocks - seen) * Math.log(2);
    };
  }

  /** The problem with a value. */
  Problem problem(ValueFunction value) {
    return new Problem(
        "parity, " + blocks + " blocks",
        new ParityModel(this),
        Prompt.text(""),
        value,
        new AllRight(this),
        length());
  }

  private record AllRight(ParityTask task) implements Verifier {
    @Override
    public String name() {
      return "all markers right";
    }

    @Override
    public double logReward(Candidate complete) {
      return task.logExact(complete.tokenIds());
    }
  }
}
