package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;

/**
 * Verifies that a response completes a beginning to a balanced string.
 *
 * @param language language of the balanced strings
 * @param beginning the brackets before the response
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Completes(DyckLanguage language, int[] beginning) implements Verifier {
  @Override
  public String name() {
    return "balanced";
  }

  @Override
  public double logReward(Candidate complete) {
    return accepts(complete.tokenIds()) ? 0 : Double.NEGATIVE_INFINITY;
  }

  @Override
  public boolean passesOrFails() {
    return true;
  }

  @Override
  public double logRewardBound() {
    return 0;
  }

  /** Whether these brackets complete the beginning. */
  boolean accepts(int[] response) {
    return response.length == responseLength() && canBegin(response);
  }

  /** Whether some response that begins with these brackets completes the beginning. */
  boolean canBegin(int[] response) {
    int[] open = new int[language.length() + 1];
    int depth = 0;
    for (int i = 0; i < beginning.length + response.length; i++) {
      int token = i < beginning.length ? beginning[i] : response[i - beginning.length];
      if (DyckLanguage.opens(token)) {
        open[depth++] = token;
      } else if (depth == 0 || DyckLanguage.closing(open[--depth]) != token) {
        return false;
      }
      if (depth > language.maxDepth()) {
        return false;
      }
    }
    return depth <= responseLength() - response.length;
  }

  /** Number of tokens of a complete response. */
  int responseLength() {
    return language.length() - beginning.length;
  }
}
