package io.tailwalk.openai;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.random.Streams;
import io.tailwalk.openai.dialect.TextDialect;
import io.tailwalk.openai.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A prompt of a model of which texts go in and texts come out. */
final class TextContext implements ModelContext {
  /** Longest completion, in bytes. */
  private static final int LONGEST = 1 << 20;

  /**
   * Tokens asked for beyond the bytes that are wanted: a token has at least one byte, except the
   * few that texts do not show, such as a space in front.
   */
  private static final int HIDDEN = 16;

  private final TextModel model;
  private final int[] prompt;
  private final List<ChatMessage> messages;
  private final String text;
  private final long key;
  private long modelTokens;
  private long calls;

  TextContext(TextModel model, int[] prompt) {
    this.model = model;
    this.prompt = prompt;
    this.messages = ((TextVocabulary) model.vocabulary()).messages(prompt);
    this.text = model.vocabulary().decode(prompt);
    this.key = Streams.key(Arrays.hashCode(prompt));
  }

  @Override
  public Capabilities capabilities() {
    return model.capabilities();
  }

  private static ModelException refused(String what) {
    return new ModelException(
        "a server like OpenAI's draws complete responses and "
            + what
            + "; draw by ancestral, best-of-n or outcome-rejection, or use a server that reads token"
            + " ids, such as vLLM, SGLang or llama-server");
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    throw refused("shows no distributions");
  }

  @Override
  public double[] score(int[] completion) {
    throw refused("scores no given texts");
  }

  /** What the server is asked for, of which it may count all. */
  @Override
  public long costOfDraw(int tokens) {
    return (long) tokens + HIDDEN;
  }

  @Override
  public List<Continuation> draw(List<Continuation.Request> requests) {
    List<Query<TextDialect.Response>> queries = new ArrayList<>();
    for (Continuation.Request request : requests) {
      if (request.prefix().length > 0) {
        throw refused("continues no prefix");
      }
      int most = request.tokens() + HIDDEN;
      queries.add(
          messages.isEmpty()
              ? model.dialect().complete(text, most, request.seed())
              : model.dialect().reply(messages, most, request.seed()));
    }
    calls += queries.size();
    List<TextDialect.Response> responses = model.asking().all(key, queries);
    List<Continuation> drawn = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      drawn.add(continuation(responses.get(i), requests.get(i).tokens()));
    }
    return drawn;
  }

  private Continuation continuation(TextDialect.Response response, int most) {
    byte[] bytes = response.text().getBytes(StandardCharsets.UTF_8);
    modelTokens += response.tokens();
    if (bytes.length < most && !response.ended()) {
      throw new ModelException(
          "the server cut a response after "
              + bytes.length
              + " bytes of "
              + most
              + ": its context is full, or tokens that it does not show, such as reasoning, used up"
              + " the limit; lower or raise --max-tokens");
    }
    int length = Math.min(most, bytes.length + 1);
    int[] tokens = new int[length];
    for (int i = 0; i < length; i++) {
      tokens[i] = i < bytes.length ? Byte.toUnsignedInt(bytes[i]) : TextVocabulary.END;
    }
    double[] unknown = new double[length];
    Arrays.fill(unknown, Double.NaN);
    return new Continuation(tokens, unknown);
  }

  @Override
  public int[] promptTokenIds() {
    return prompt.clone();
  }

  @Override
  public int maxCompletionTokens() {
    return LONGEST;
  }

  /** Completion tokens as the server counts them, or bytes if it does not. */
  @Override
  public ModelUsage usage() {
    return new ModelUsage(prompt.length, modelTokens, 0, calls);
  }

  @Override
  public void close() {}
}
