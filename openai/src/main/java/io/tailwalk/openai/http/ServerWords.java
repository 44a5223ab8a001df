package io.tailwalk.openai.http;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server says about a failure, printable and bounded. */
final class ServerWords {
  private static final int LONGEST = 300;
  private static final JsonMapper JSON = JsonMapper.shared();

  private ServerWords() {}

  /** The reason in the body of an answer, from any of the shapes in use. */
  static String of(byte[] body) {
    try {
      JsonNode tree = JSON.readTree(body);
      JsonNode error = tree.path("error");
      JsonNode[] places = {error.path("message"), tree.path("message"), tree.path("detail"), error};
      for (JsonNode place : places) {
        if (place.isString()) {
          return printable(place.stringValue());
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
