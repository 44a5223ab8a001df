package io.tailwalk.openai.dialect;

import io.tailwalk.core.model.Capabilities.SeedUse;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.openai.http.Query;
import java.util.List;
import java.util.Optional;

/**
 * The routes and fields of a kind of server. Every request sets all sampling fields to neutral
 * values, since servers fill in defaults of their own, and takes and gives token ids.
 */
public sealed interface Dialect
    permits VllmDialect, VllmInferenceDialect, LlamaServerDialect, SglangDialect, OpenAiIdsDialect {

  /** The name of the kind in specifications. */
  String name();

  /** What the server said about itself. */
  ServerFacts facts();

  /** The route by which the server draws, for people. */
  String route();

  /** What the server does with the seeds of draws. */
  default SeedUse seeds() {
    return SeedUse.BEST_EFFORT;
  }

  /** Whether {@link #distribution} may be asked at all; the server may still refuse it. */
  default boolean showsDistributions() {
    return true;
  }

  /** Whether the server gives the log-probabilities of given tokens. */
  default boolean scores() {
    return true;
  }

  /**
   * Asks for the whole distribution of the next token.
   *
   * @param tokens prompt and prefix
   */
  Query<double[]> distribution(int[] tokens);

  /**
   * Asks for the most probable next tokens: at least as many as are wanted, unless the server lists
   * fewer.
   *
   * @param tokens prompt and prefix
   * @param most number of tokens, at least 1
   */
  Query<Listed> top(int[] tokens, int most);

  /**
   * Asks for a continuation that the server draws.
   *
   * @param tokens prompt and prefix
   * @param most largest number of tokens
   */
  Query<Continuation> draw(int[] tokens, int most, long seed);

  /**
   * Asks for the log-probabilities of a given completion: the answers, in order, have one for each
   * of its tokens, and NaN where the server does not show it.
   */
  List<Query<double[]>> score(int[] prompt, int[] completion);

  /**
   * Asks for the tokens of a text.
   *
   * @param special whether special tokens that begin a prompt are added, and special tokens in the
   *     text are read as such
   */
  Query<int[]> tokens(String text, boolean special);

  /**
   * Asks for the tokens of a chat by the model's template, up to the beginning of the assistant's
   * next message; empty if the server does not give them.
   */
  Optional<Query<int[]>> chat(List<ChatMessage> messages);

  /**
   * Asks for the text of a chat by the model's template, for servers whose {@link #chat} is empty;
   * empty if the server does not give it either.
   */
  default Optional<Query<String>> chatText(List<ChatMessage> messages) {
    return Optional.empty();
  }

  /**
   * Asks for the tokens of a text in which the names of control tokens are read as such; empty if
   * these names are known from the tokenizer's file.
   */
  default Optional<Query<int[]>> readingControls(String text) {
    return Optional.empty();
  }

  /** Asks for the text of tokens, with control tokens spelled out. */
  Query<String> text(int[] tokens);

  /**
   * Asks whether a token ends a response.
   *
   * @param prompt some tokens
   */
  Query<Boolean> ends(int[] prompt, int token);
}
