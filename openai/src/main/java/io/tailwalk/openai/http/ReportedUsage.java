package io.tailwalk.openai.http;

import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/**
 * What servers say that they computed, summed over answers. Kinds of servers say it in different
 * places: {@code usage} in OpenAI's routes, {@code meta_info} in SGLang's, {@code timings} and
 * {@code tokens_evaluated} in llama-server's.
 */
public final class ReportedUsage {
  private final LongAdder answers = new LongAdder();
  private final LongAdder prompt = new LongAdder();
  private final LongAdder cached = new LongAdder();
  private final LongAdder completion = new LongAdder();
  private final LongAdder withCache = new LongAdder();

  /** Adds an answer, if it states what it used. */
  void add(JsonNode answer) {
    JsonNode usage = answer.has("meta_info") ? answer.path("meta_info") : answer.path("usage");
    if (usage.path("completion_tokens").isIntegralNumber()) {
      JsonNode fromCache = usage.path("prompt_tokens_details").path("cached_tokens");
      add(
          usage.path("prompt_tokens"),
          fromCache.isMissingNode() ? usage.path("cached_tokens") : fromCache,
          usage.path("completion_tokens"));
    } else if (answer.path("tokens_predicted").isIntegralNumber()) {
      add(
          answer.path("tokens_evaluated"),
          answer.path("timings").path("cache_n"),
          answer.path("tokens_predicted"));
    }
  }

  private void add(JsonNode promptTokens, JsonNode cachedTokens, JsonNode completionTokens) {
    answers.increment();
    prompt.add(promptTokens.asLong(0));
    completion.add(completionTokens.asLong(0));
    if (cachedTokens.isIntegralNumber()) {
      withCache.increment();
      cached.add(cachedTokens.asLong(0));
    }
  }

  /** Answers that stated their usage. */
  public long answers() {
    return answers.sum();
  }

  /** Tokens of prompts, those from a cache included. */
  public long promptTokens() {
    return prompt.sum();
  }

  /** Tokens of prompts that came from a cache; -1 if no answer states them. */
  public long cachedTokens() {
    return withCache.sum() == 0 ? -1 : cached.sum();
  }

  /** Tokens that servers drew. */
  public long completionTokens() {
    return completion.sum();
  }
}
