package io.tailwalk.builtin.dyck;

import static io.tailwalk.builtin.dyck.DyckLanguage.CLOSE_ROUND;
import static io.tailwalk.builtin.dyck.DyckLanguage.CLOSE_SQUARE;
import static io.tailwalk.builtin.dyck.DyckLanguage.OPEN_ROUND;
import static io.tailwalk.builtin.dyck.DyckLanguage.OPEN_SQUARE;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.ValueFunction;
import org.jspecify.annotations.Nullable;

/**
 * The exact value {@code V*}: the probability that brackets drawn independently complete a prefix
 * to a balanced string.
 */
public final class DyckValue implements ValueFunction {
  /*
   * Each bracket that is open will be closed once, with its own probability q. So
   *
   *   V*(prefix) = M(r, d) prod_{b open} q_b,
   *
   * with r brackets to come, d open, and M the sum over the continuations of the probabilities of
   * the pairs opened in them: with P = p_( p_) + p_[ p_],
   *
   *   M(0, 0) = 1,   M(r, d) = P M(r-1, d+1) [d < max] + M(r-1, d-1) [d > 0].
   */
  private final DyckLanguage language;
  private final double[] logProbs;
  private final double[][] logWays;

  /**
   * For a language and the log-probabilities of its four tokens.
   *
   * @param logProbs of {@link DyckLanguage#ALPHABET}, nats
   */
  public DyckValue(DyckLanguage language, double[] logProbs) {
    this.language = language;
    this.logProbs = logProbs.clone();
    this.logWays = logWays(language, logProbs);
  }

  private static double[][] logWays(DyckLanguage language, double[] logProbs) {
    double logPair =
        logAdd(
            logProbs[OPEN_ROUND] + logProbs[CLOSE_ROUND],
            logProbs[OPEN_SQUARE] + logProbs[CLOSE_SQUARE]);
    int deepest = Math.min(language.maxDepth(), language.length());
    double[][] ways = new double[language.length() + 1][deepest + 1];
    java.util.Arrays.fill(ways[0], Double.NEGATIVE_INFINITY);
    ways[0][0] = 0;
    for (int r = 1; r < ways.length; r++) {
      for (int d = 0; d <= deepest; d++) {
        double up = d < deepest ? logPair + ways[r - 1][d + 1] : Double.NEGATIVE_INFINITY;
        double down = d > 0 ? ways[r - 1][d - 1] : Double.NEGATIVE_INFINITY;
        ways[r][d] = logAdd(up, down);
      }
    }
    return ways;
  }

  private static double logAdd(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
  }

  /** {@code log Z}, the log-probability that a complete string is balanced. */
  public double logZ() {
    return logWays[language.length()][0];
  }

  @Override
  public double logValue(Candidate prefix) {
    int[] tokens = prefix.tokenIds();
    return logValue(language.stackAfter(tokens, tokens.length), tokens.length);
  }

  private double logValue(int @Nullable [] stack, int length) {
    if (stack == null || length > language.length()) {
      return Double.NEGATIVE_INFINITY;
    }
    return logWays[language.length() - length][stack.length] + logCloseAll(stack);
  }

  private double logCloseAll(int[] stack) {
    double sum = 0;
    for (int open : stack) {
      sum += logProbs[DyckLanguage.closing(open)];
    }
    return sum;
  }

  /** The value is exact: its zeros are zeros. */
  @Override
  public ValueFunction proof() {
    return this;
  }

  @Override
  public ChildScores childLogValues(Candidate prefix) {
    int length = prefix.tokenIds().length + 1;
    int[] stack = language.stackAfter(prefix.tokenIds(), length - 1);
    if (stack == null || length > language.length()) {
      return _ -> Double.NEGATIVE_INFINITY;
    }
    double[] ways = logWays[language.length() - length];
    double logCloseAll = logCloseAll(stack);
    return token -> childLogValue(stack, ways, logCloseAll, token);
  }

  private double childLogValue(int[] stack, double[] ways, double logCloseAll, int token) {
    int depth = stack.length;
    if (DyckLanguage.opens(token)) {
      return depth + 1 < ways.length
          ? ways[depth + 1] + logCloseAll + logProbs[DyckLanguage.closing(token)]
          : Double.NEGATIVE_INFINITY;
    }
    return depth > 0 && DyckLanguage.closing(stack[depth - 1]) == token
        ? ways[depth - 1] + logCloseAll - logProbs[token]
        : Double.NEGATIVE_INFINITY;
  }
}
