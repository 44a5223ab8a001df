package io.tailwalk.core.probe;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;
import java.util.List;

/** A model under the probe, with paths to walk on it. */
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
    return other.open(promptIds(prompt), new ContextOptions(settings.tokens() + 2, PARALLEL));
  }

  /** Ids of a prompt; a model without a tokenizer gets some token ids instead. */
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

  LogProbs law(ModelContext context, int[] prefix) {
    return context.next(new int[][] {prefix})[0];
  }

  /**
   * A continuation walked token by token, of tokens from probable to less so, so that their
   * log-probabilities differ; shorter where only an end can follow.
   */
  int[] path(ModelContext context) {
    int[] path = {};
    while (path.length < settings.tokens()) {
      int token = ranked(law(context, path), RANKS[path.length % RANKS.length]);
      if (token < 0) {
        break;
      }
      path = appended(path, token);
    }
    return path;
  }

  /**
   * The token of a rank by probability, 0 the first, among those that do not end the response; the
   * last one possible if there are fewer, -1 if there is none.
   */
  int ranked(LogProbs law, int rank) {
    boolean[] taken = new boolean[law.size()];
    int found = -1;
    for (int r = 0; r <= rank; r++) {
      int best = -1;
      for (int token = 0; token < law.size(); token++) {
        boolean candidate =
            !taken[token]
                && law.logProb(token) > Double.NEGATIVE_INFINITY
                && !model.vocabulary().isEnd(token);
        if (candidate && (best < 0 || law.logProb(token) > law.logProb(best))) {
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
