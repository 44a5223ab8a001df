package io.tailwalk.openai.dialect;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.openai.http.AnswerException;
import io.tailwalk.openai.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes {@code /v1/completions} and {@code /v1/chat/completions} with no field but those that
 * OpenAI's API has: texts in and texts out. Servers refuse unknown fields or ignore them.
 *
 * @param model the model's name on the server
 */
public record TextDialect(String model) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Seeds are signed numbers of 32 bits on some servers. */
  private static final int SEED_BITS = Integer.MAX_VALUE;

  /**
   * A complete response.
   *
   * @param text its text
   * @param ended whether it ended by itself, not by the limit of tokens
   * @param usage the server's count of its tokens; empty if it does not say
   * @param most the number of tokens that was asked for at most
   */
  public record Response(String text, boolean ended, OptionalLong usage, int most) {
    /**
     * Its tokens as the server counts them; if it does not count them, its bytes and its end; but
     * no more than were asked for.
     */
    public long tokens() {
      return Math.min(most, usage.orElse(text.getBytes(StandardCharsets.UTF_8).length + 1L));
    }

    /** Whether the server counts more tokens than were asked for. */
    public boolean countsTooMany() {
      return usage.isPresent() && usage.getAsLong() > most;
    }
  }

  /** Asks for a text that continues another. */
  public Query<Response> complete(String prompt, int mostTokens, long seed) {
    ObjectNode body = neutral(mostTokens, seed).put("prompt", prompt);
    return new Query<>(
        "v1/completions",
        body,
        answer -> response(Chunks.joined(answer), choice -> choice.path("text"), mostTokens),
        Response::tokens);
  }

  /** Asks for the assistant's next message. */
  public Query<Response> reply(List<ChatMessage> messages, int mostTokens, long seed) {
    ObjectNode body = neutral(mostTokens, seed);
    ArrayNode list = body.putArray("messages");
    for (ChatMessage message : messages) {
      list.addObject().put("role", message.role()).put("content", message.content());
    }
    return new Query<>(
        "v1/chat/completions",
        body,
        answer ->
            response(
                Chunks.joined(answer),
                choice -> choice.path("message").path("content"),
                mostTokens),
        Response::tokens);
  }

  private ObjectNode neutral(int mostTokens, long seed) {
    ObjectNode body = JSON.createObjectNode();
    return Chunks.ifLong(body, mostTokens)
        .put("model", model)
        .put("max_tokens", mostTokens)
        .put("n", 1)
        .put("temperature", 1)
        .put("top_p", 1)
        .put("presence_penalty", 0)
        .put("frequency_penalty", 0)
        .put("seed", seed & SEED_BITS);
  }

  private static Response response(JsonNode answer, UnaryOperator<JsonNode> text, int most) {
    JsonNode choice = Answers.choice(answer);
    String reason = choice.path("finish_reason").asString("");
    if (!reason.equals("stop") && !reason.equals("length")) {
      throw new AnswerException("ended for another reason than its end or its length");
    }
    JsonNode used = answer.path("usage").path("completion_tokens");
    return new Response(
        Answers.text(text.apply(choice), "with the response"),
        reason.equals("stop"),
        used.canConvertToLong() && used.isIntegralNumber() && used.longValue() >= 0
            ? OptionalLong.of(used.longValue())
            : OptionalLong.empty(),
        most);
  }
}
