package io.tailwalk.openai.http;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server says about a failure, printable and bounded. */
final class ServerWords {
  private static final int LONGEST = 300;
  private static final JsonMapper JSON = JsonMapper.shared();

  private ServerWords() {}

  /**
   * The reason in the body of an answer, from any of the shapes in use.
   *
   * @param secret is not shown if the server repeats it
   */
  static String of(byte[] body, Optional<String> secret) {
    try {
      JsonNode tree = JSON.readTree(body);
      JsonNode error = tree.path("error");
      JsonNode[] places = {error.path("message"), tree.path("message"), tree.path("detail"), error};
      for (JsonNode place : places) {
        if (place.isString()) {
          String words = place.stringValue();
          return printable(secret.map(key -> words.replace(key, "***")).orElse(words));
        }
      }
      return "it gives no reason";
    } catch (JacksonException e) {
      return "its answer is not JSON";
    }
  }

  private static String printable(String text) {
    String one = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return one.length() <= LONGEST ? one : one.substring(0, LONGEST) + "...";
  }
}
