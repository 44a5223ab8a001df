package io.tailwalk.openai.http;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * An answer that was sent in parts, as server-sent events whose data are JSON, up to {@code
 * [DONE]}. Comments and other fields than {@code data} are skipped.
 */
final class Events {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String DATA = "data:";
  private static final String DONE = "[DONE]";

  private Events() {}

  /** Whether a type of content is that of events. */
  static boolean are(String contentType) {
    return contentType.startsWith("text/event-stream");
  }

  /**
   * The parts, in order.
   *
   * @return an array; a missing node if the answer breaks off
   * @throws JacksonException if a part is not JSON
   */
  static JsonNode parts(byte[] body) {
    ArrayNode parts = JSON.createArrayNode();
    for (String line : new String(body, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
      String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
      if (data.equals(DONE)) {
        return parts;
      }
      if (!data.isEmpty()) {
        parts.add(JSON.readTree(data));
      }
    }
    return JSON.missingNode();
  }
}
