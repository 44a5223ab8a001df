package io.tailwalk.builtin;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;

/**
 * A model whose next-token distribution is a pure function of the prompt's and the prefix's token
 * ids. It keeps no state, so nothing is ever recomputed; a context counts one model token for each
 * non-empty prefix it evaluates (none for the root, which is part of the prompt) and one call per
 * batch.
 */
public abstract class PureModel implements LanguageModel {
  private final ModelIdentity identity;
  private final Vocabulary vocabulary;

  /** With its identity and tokens. */
  protected PureModel(ModelIdentity identity, Vocabulary vocabulary) {
    this.identity = identity;
    this.vocabulary = vocabulary;
  }

  /** The distribution of the next token; the ids have been checked; the arrays are read-only. */
  protected abstract LogProbs distribution(int[] promptTokenIds, int[] prefix);

  @Override
  public final ModelIdentity identity() {
    return identity;
  }

  @Override
  public final Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int[] encode(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text text -> vocabulary.encode(text.text());
      case Prompt.Tokens tokens ->
          requireTokens(tokens.tokenIds().stream().mapToInt(Integer::intValue).toArray());
      case Prompt.Chat _ ->
          throw new ModelException(
              identity.name() + " has no chat template; give it a plain text prompt");
    };
  }

  @Override
  public final ModelContext open(int[] promptTokenIds, ContextOptions options) {
    return new PureContext(this, requireTokens(promptTokenIds.clone()), options);
  }

  /** Checks that every id is in the vocabulary, and returns the array. */
  final int[] requireTokens(int[] tokenIds) {
    for (int token : tokenIds) {
      if (token < 0 || token >= vocabulary.size()) {
        throw new IllegalArgumentException(
            "token id "
                + token
                + " lies outside the vocabulary of "
                + identity.name()
                + ", 0.."
                + (vocabulary.size() - 1));
      }
    }
    return tokenIds;
  }

  /** Nothing to free: a pure model holds no native memory. */
  @Override
  public void close() {}
}
