package io.tailwalk.testkit;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every partial and every complete response over a small vocabulary. */
final class Candidates {
  private static final int MAX_CANDIDATES = 1_000_000;

  private Candidates() {}

  /** Every response that has not ended, of fewer than {@code maxTokens} tokens; the root first. */
  static List<Candidate> partial(Prompt prompt, Vocabulary vocabulary, int maxTokens) {
    var all = new ArrayList<Candidate>(List.of(Candidate.partial(prompt, vocabulary, new int[0])));
    for (int i = 0; i < all.size(); i++) {
      Candidate prefix = all.get(i);
      if (prefix.tokenIds().length < maxTokens - 1) {
        for (int token = 0; token < vocabulary.size(); token++) {
          if (!vocabulary.isEnd(token)) {
            all.add(prefix.extend(token));
          }
        }
      }
      if (all.size() > MAX_CANDIDATES) {
        throw new IllegalArgumentException(
            "more than " + MAX_CANDIDATES + " prefixes; use fewer tokens or a lower limit");
      }
    }
    return all;
  }

  /** The complete responses one token longer than a prefix. */
  static List<Candidate> completing(Candidate prefix, int maxTokens) {
    var complete = new ArrayList<Candidate>();
    int length = prefix.tokenIds().length + 1;
    for (int token = 0; token < prefix.vocabulary().size(); token++) {
      boolean ends = prefix.vocabulary().isEnd(token);
      if (ends || length == maxTokens) {
        int[] longer = Arrays.copyOf(prefix.tokenIds(), length);
        longer[length - 1] = token;
        FinishReason reason = ends ? FinishReason.STOP : FinishReason.LENGTH;
        complete.add(Candidate.complete(prefix.prompt(), prefix.vocabulary(), longer, reason));
      }
    }
    return complete;
  }
}
