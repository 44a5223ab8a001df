package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.problem.LetterVocabulary;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.train.model.TokenByToken;
import io.tailwalk.train.model.TransformerConfig;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The transformer as a distribution of the next bracket: its normalised logits of four brackets.
 * States are cached and shared by all runs, which saves time and changes no figure: every run is
 * charged for each prefix that it requests.
 */
final class BracketModel extends PureModel {
  /** Maximum number of cached states; the cache is then cleared, which only costs time. */
  private static final int KEPT = 600_000;

  private final TokenByToken transformer;
  private final TokenByToken.State begin;
  private final ConcurrentHashMap<Long, TokenByToken.State> states = new ConcurrentHashMap<>();

  /** Makes the model of a transformer's parameters. */
  BracketModel(TransformerConfig config, float[] values) {
    super(
        new ModelIdentity(
            "lab:dyck",
            "transformer on brackets",
            config + " " + Integer.toHexString(Arrays.hashCode(values))),
        new LetterVocabulary(DyckLanguage.ALPHABET));
    this.transformer = new TokenByToken(config, values);
    this.begin = transformer.begin(Grammar.BEGIN);
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    int[] all = Arrays.copyOf(promptTokenIds, promptTokenIds.length + prefix.length);
    System.arraycopy(prefix, 0, all, promptTokenIds.length, prefix.length);
    float[] logits = state(all).logits();
    return LogProbs.ofLogits(Arrays.copyOf(logits, DyckLanguage.NUM_TOKENS));
  }

  private TokenByToken.State state(int[] brackets) {
    int known = brackets.length;
    TokenByToken.State state = known(brackets, known);
    while (state == null) {
      state = known(brackets, --known);
    }
    for (int i = known; i < brackets.length; i++) {
      state = transformer.next(state, brackets[i]);
      if (states.size() >= KEPT) {
        states.clear();
      }
      states.put(Keys.of(brackets, i + 1), state);
    }
    return state;
  }

  private TokenByToken.@Nullable State known(int[] brackets, int count) {
    return count == 0 ? begin : states.get(Keys.of(brackets, count));
  }
}
