package io.tailwalk.lab.parity;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import java.util.Arrays;

/**
 * The knowledge of a value and the resulting success of sampling without backtracking, computed
 * exactly on all prefixes of rewarded responses, of which there are {@code 2^(free bits)}.
 *
 * @param success probability that one descent is rewarded
 * @param rightShare by block: probability of the right marker, mean over the right prefixes before
 *     it; 1/2 means blind
 * @param error by position in a block, after that letter: root mean square of {@code log(V/V*)}
 *     over the right prefixes, not counting complete responses (nats)
 */
@SuppressWarnings("ArrayRecordComponent") // vectors of doubles, never compared
record Insight(double success, double[] rightShare, double[] error) {

  /** The knowledge of a value on a task. */
  static Insight of(ParityTask task, ValueFunction value) {
    var visit = new Visit(task, task.problem(value));
    visit.go(0, 1);
    double[] error = new double[task.blockLength()];
    for (int place = 0; place < error.length; place++) {
      error[place] = Math.sqrt(visit.squares[place] / Math.max(1, visit.errors[place]));
    }
    double[] share = new double[task.blocks()];
    for (int block = 0; block < share.length; block++) {
      share[block] = visit.shares[block] / visit.markers[block];
    }
    return new Insight(visit.success, share, error);
  }

  @Override
  public String toString() {
    return "Insight[" + success + ", " + Arrays.toString(rightShare) + "]";
  }

  private static final class Visit {
    private final ParityTask task;
    private final Problem problem;
    private final int[] letters;
    private final double[] shares;
    private final long[] markers;
    private final double[] squares;
    private final long[] errors;
    private double success;

    private Visit(ParityTask task, Problem problem) {
      this.task = task;
      this.problem = problem;
      this.letters = new int[task.length()];
      this.shares = new double[task.blocks()];
      this.markers = new long[task.blocks()];
      this.squares = new double[task.blockLength()];
      this.errors = new long[task.blockLength()];
    }

    /** Continues from a right prefix that a descent reaches with this probability. */
    private void go(int depth, double reached) {
      if (depth == letters.length) {
        success += reached;
        return;
      }
      if (!task.isChosen(depth)) {
        letters[depth] = task.told(letters, depth);
        note(depth, depth + 1 == letters.length ? 0 : logValue(depth, letters[depth]));
        go(depth + 1, reached);
        return;
      }
      double[] values = {logValue(depth, 0), logValue(depth, 1)};
      int right = task.parity(letters, depth);
      for (int letter = 0; letter < 2; letter++) {
        double share = 1 / (1 + Math.exp(values[1 - letter] - values[letter]));
        if (task.isMarker(depth) && letter != right) {
          continue;
        }
        if (task.isMarker(depth)) {
          shares[depth / task.blockLength()] += share;
          markers[depth / task.blockLength()]++;
        }
        letters[depth] = letter;
        note(depth, values[letter]);
        go(depth + 1, reached * share);
      }
    }

    private double logValue(int depth, int letter) {
      int[] prefix = Arrays.copyOf(letters, depth + 1);
      prefix[depth] = letter;
      return problem
          .value()
          .logValue(Candidate.partial(problem.prompt(), problem.model().vocabulary(), prefix));
    }

    private void note(int depth, double logValue) {
      if (depth + 1 < letters.length) {
        double log = logValue - task.logExact(Arrays.copyOf(letters, depth + 1));
        squares[depth % task.blockLength()] += log * log;
        errors[depth % task.blockLength()]++;
      }
    }
  }
}
