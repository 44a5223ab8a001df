package io.tailwalk.openai.fake;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A completion as server-sent events, a token each, with comments between them, and with the usage
 * in a part of its own.
 */
final class FakeStream {
  private static final JsonMapper JSON = JsonMapper.shared();

  private FakeStream() {}

  /**
   * The events.
   *
   * @param broken 0 for a complete answer; odd for one without an end, even for one with an error
   */
  static String of(JsonNode whole, int broken) {
    JsonNode choice = whole.path("choices").path(0);
    boolean chat = choice.has("message");
    String text =
        (chat ? choice.path("message").path("content") : choice.path("text")).asString("");
    JsonNode ids = choice.path("token_ids");
    int parts = Math.max(1, ids.isArray() ? ids.size() : text.length());
    var out = new StringBuilder(": a comment\r\n\r\n");
    for (int i = 0; i < parts; i++) {
      ObjectNode part = JSON.createObjectNode();
      ObjectNode one = part.putArray("choices").addObject().put("index", 0);
      String letter = i < text.length() ? text.substring(i, i + 1) : "";
      String piece = i == parts - 1 && i < text.length() ? text.substring(i) : letter;
      if (chat) {
        one.putObject("delta").put("content", piece);
      } else {
        one.put("text", piece);
      }
      if (ids.isArray()) {
        one.putArray("token_ids").add(ids.get(i));
        one.putObject("logprobs")
            .putArray("token_logprobs")
            .add(choice.path("logprobs").path("token_logprobs").get(i));
      }
      one.set("finish_reason", i == parts - 1 ? choice.path("finish_reason") : JSON.nullNode());
      out.append("data: ").append(part).append("\n\n");
      if (broken > 0 && i == parts / 2) {
        return broken % 2 == 1
            ? out.toString()
            : out + "data: {\"error\": {\"message\": \"out of memory\"}}\n\n";
      }
    }
    if (whole.has("usage")) {
      ObjectNode last = JSON.createObjectNode();
      last.putArray("choices");
      last.set("usage", whole.path("usage"));
      out.append("data: ").append(last).append("\n\n");
    }
    return out.append("data: [DONE]\n\n").toString();
  }
}
