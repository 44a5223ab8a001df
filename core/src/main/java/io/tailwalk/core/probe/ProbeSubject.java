package io.tailwalk.core.probe;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;
import java.util.List;

/** A model under test, with paths of tokens. */
final class ProbeSubject {
  private static final int PARALLEL = 16;
  private static final int[] RANKS = {0, 5, 1, 20};

  private final LanguageModel model;
  private final ProbeSettings settings;

  ProbeSubject(LanguageModel model, ProbeSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  LanguageModel model() {
    return model;
  }

  ProbeSettings settings() {
    return settings;
  }

  /** A context behind the i-th prompt. */
  ModelContext open(int prompt) {
    return open(model, prompt);
  }

  ModelContext open(LanguageModel other, int prompt) {
    int walks = settings.batches().stream().mapToInt(Integer::intValue).max().orElse(1);
    return other.open(
        promptIds(prompt), new ContextOptions(settings.tokens() + 2, Math.max(PARALLEL, walks)));
  }

  /** Token ids of a prompt; arbitrary token ids for a model without a tokenizer. */
  private int[] promptIds(int prompt) {
    try {
      return model.encode(Prompt.text(settings.prompts().get(prompt)));
    } catch (ModelException e) {
      if (model.vocabulary().size() < 2) {
        throw e;
      }
      return model.encode(new Prompt.Tokens(List.of(1, prompt % 2)));
    }
  }

  LogProbs distribution(ModelContext context, int[] prefix) {
    return context.next(new int[][] {prefix})[0];
  }

  /**
   * A continuation token by token, from probable to less probable tokens, so that their
   * log-probabilities differ; shorter if only an end token can follow.
   */
  int[] path(ModelContext context) {
    int[] path = {};
    while (path.length < settings.tokens()) {
      int token = ranked(distribution(context, path), RANKS[path.length % RANKS.length]);
      if (token < 0) {
        break;
      }
      path = appended(path, token);
    }
    return path;
  }

  /**
   * The token with a given rank by probability, from 0, among tokens that do not end the response;
   * the last possible token if there are fewer, -1 if there are none.
   */
  int ranked(LogProbs distribution, int rank) {
    boolean[] taken = new boolean[distribution.size()];
    int found = -1;
    for (int r = 0; r <= rank; r++) {
      int best = -1;
      for (int token = 0; token < distribution.size(); token++) {
        boolean candidate =
            !taken[token]
                && distribution.logProb(token) > Double.NEGATIVE_INFINITY
                && !model.vocabulary().isEnd(token);
        if (candidate && (best < 0 || distribution.logProb(token) > distribution.logProb(best))) {
          best = token;
        }
      }
      if (best < 0) {
        return found;
      }
      taken[best] = true;
      found = best;
    }
    return found;
  }

  static int[] appended(int[] path, int token) {
    int[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = token;
    return longer;
  }

  /** All prefixes of a path, the empty one first. */
  static int[][] prefixes(int[] path) {
    int[][] prefixes = new int[path.length + 1][];
    for (int length = 0; length <= path.length; length++) {
      prefixes[length] = Arrays.copyOf(path, length);
    }
    return prefixes;
  }
}
