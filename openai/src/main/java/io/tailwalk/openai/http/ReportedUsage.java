package io.tailwalk.openai.http;

import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/**
 * Tokens of answers, as received and as servers say that they computed them. Kinds of servers say
 * it in different places: {@code usage} in OpenAI's routes, {@code meta_info} in SGLang's, {@code
 * timings} and {@code tokens_evaluated} in llama-server's.
 */
final class ReportedUsage {
  private final LongAdder drawn = new LongAdder();
  private final Count drawnReported = new Count();
  private final Count prompt = new Count();
  private final Count cached = new Count();

  /** A sum of numbers that may all be missing. */
  private static final class Count {
    private final LongAdder stated = new LongAdder();
    private final LongAdder sum = new LongAdder();

    void add(JsonNode number) {
      // No answer has more tokens: what is larger or negative is no count.
      if (number.isIntegralNumber() && number.canConvertToInt() && number.intValue() >= 0) {
        stated.increment();
        sum.add(number.longValue());
      }
    }

    OptionalLong sum() {
      return stated.sum() == 0 ? OptionalLong.empty() : OptionalLong.of(sum.sum());
    }
  }

  /**
   * Adds an answer.
   *
   * @param tokens tokens that it has as a draw; 0 if it is none
   */
  void add(JsonNode answer, long tokens) {
    if (answer.isArray()) {
      // The last part states the usage of all.
      add(answer.path(answer.size() - 1), tokens);
      return;
    }
    drawn.add(tokens);
    JsonNode usage = answer.has("meta_info") ? answer.path("meta_info") : answer.path("usage");
    JsonNode details = usage.path("prompt_tokens_details").path("cached_tokens");
    boolean apart = answer.has("tokens_predicted");
    prompt.add(apart ? answer.path("tokens_evaluated") : usage.path("prompt_tokens"));
    cached.add(
        apart
            ? answer.path("timings").path("cache_n")
            : details.isMissingNode() ? usage.path("cached_tokens") : details);
    if (tokens > 0) {
      drawnReported.add(apart ? answer.path("tokens_predicted") : usage.path("completion_tokens"));
    }
  }

  long drawn() {
    return drawn.sum();
  }

  OptionalLong drawnReported() {
    return drawnReported.sum();
  }

  OptionalLong prompt() {
    return prompt.sum();
  }

  OptionalLong cached() {
    return cached.sum();
  }
}
