package io.tailwalk.train.language;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.values.LearningException;
import java.util.stream.IntStream;

/**
 * A {@link Transformer} as a language model. With a rate above 0 its distribution is that of
 * test-time training (arXiv 2510.15020, Equations 22 and 23): after each token {@code y_h} of a
 * completion, {@code v_h = v_{h-1} + rate grad log pi_{v_{h-1}}(y_h | x, y_<h)}, from the trained
 * parameters at its start. The parameters after a prefix are a function of the prefix, so this too
 * is an ordinary autoregressive distribution, which can be drawn from, searched and scored.
 *
 * <p>Every prefix is evaluated alone and from its first token, so a distribution does not depend on
 * what else is asked. Evaluations of all models of a process take turns, as only one gradient can
 * be active.
 */
public final class TransformerLanguageModel implements LanguageModel {
  /** Guards PyTorch: parameters change during an evaluation. */
  static final Object ONE_AT_A_TIME = new Object();

  private final ModelIdentity identity;
  private final Vocabulary vocabulary;
  private final int begin;
  private final Transformer model;
  private final double rate;
  private boolean closed;

  /**
   * From a model.
   *
   * @param vocabulary of the model's size
   * @param begin the token before every prompt; -1 for none
   * @param model closed with this
   * @param rate of test-time training, finite and at least 0; 0 for none
   */
  public TransformerLanguageModel(
      ModelIdentity identity, Vocabulary vocabulary, int begin, Transformer model, double rate) {
    if (vocabulary.size() != model.config().vocabulary()) {
      throw new LearningException(
          "the tokenizer has "
              + vocabulary.size()
              + " tokens, the model "
              + model.config().vocabulary());
    }
    if (!(rate >= 0 && Double.isFinite(rate))) {
      throw new LearningException(
          "the rate of test-time training must be finite and at least 0, got " + rate);
    }
    this.identity = identity;
    this.vocabulary = vocabulary;
    this.begin = begin;
    this.model = model;
    this.rate = rate;
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int[] encode(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text text -> withBegin(vocabulary.encode(text.text()));
      case Prompt.Tokens tokens ->
          requireTokens(tokens.tokenIds().stream().mapToInt(Integer::intValue).toArray());
      case Prompt.Chat _ ->
          throw new ModelException(
              identity.name() + " has no chat template; give it a plain text prompt");
    };
  }

  private int[] withBegin(int[] ids) {
    return begin < 0 ? ids : IntStream.concat(IntStream.of(begin), IntStream.of(ids)).toArray();
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    requireTokens(promptTokenIds);
    if (promptTokenIds.length == 0) {
      throw new ModelException(
          identity.name() + " cannot continue an empty prompt; give it at least one token");
    }
    int room = model.config().context() - promptTokenIds.length + 1;
    if (options.maxCompletionTokens() > room) {
      throw new ModelException(
          "a prompt of "
              + promptTokenIds.length
              + " tokens with max_tokens "
              + options.maxCompletionTokens()
              + " does not fit into the context of "
              + identity.name()
              + ", "
              + model.config().context()
              + " tokens; "
              + (room < 1 ? "shorten the prompt" : "set max_tokens to at most " + room));
    }
    synchronized (ONE_AT_A_TIME) {
      requireOpen();
      return new TransformerContext(
          this, promptTokenIds.clone(), options.maxCompletionTokens(), model, rate);
    }
  }

  /** Checks that every id is in the vocabulary, and returns the array. */
  int[] requireTokens(int[] tokenIds) {
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

  /** Refuses use after closing. */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(identity.name() + " is closed");
    }
  }

  @Override
  public void close() {
    synchronized (ONE_AT_A_TIME) {
      if (!closed) {
        closed = true;
        model.close();
      }
    }
  }
}
