package io.tailwalk.openai.dialect;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers in parts, which are asked for where they may be long: what stands between a client and a
 * server often ends a connection on which nothing comes for a minute.
 */
final class Chunks {
  /** Longest answer, in tokens, that is asked for in one piece. */
  private static final int LONGEST_WHOLE = 256;

  private static final JsonMapper JSON = JsonMapper.shared();

  private Chunks() {}

  /** Asks for an answer in parts if it may be long. */
  static ObjectNode ifLong(ObjectNode body, int mostTokens) {
    boolean parts = mostTokens > LONGEST_WHOLE;
    body.put("stream", parts);
    if (parts) {
      body.putObject("stream_options").put("include_usage", true);
    }
    return body;
  }

  /** The answer as it would have been in one piece, with its only choice; others as they are. */
  static JsonNode joined(JsonNode answer) {
    if (!answer.isArray()) {
      return answer;
    }
    ObjectNode whole = JSON.createObjectNode();
    ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
    var text = new StringBuilder();
    ArrayNode ids = choice.putArray("token_ids");
    ArrayNode logProbs = choice.putObject("logprobs").putArray("token_logprobs");
    for (JsonNode part : answer) {
      if (part.path("usage").isObject()) {
        whole.set("usage", part.path("usage"));
      }
      JsonNode one = part.path("choices").path(0);
      text.append(one.path("text").asString(""));
      text.append(one.path("delta").path("content").asString(""));
      one.path("token_ids").forEach(ids::add);
      one.path("logprobs").path("token_logprobs").forEach(logProbs::add);
      if (one.path("finish_reason").isString()) {
        choice.set("finish_reason", one.path("finish_reason"));
      }
    }
    choice.put("text", text.toString()).putObject("message").put("content", text.toString());
    return whole;
  }
}
