package io.tailwalk.openai.http;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question to a server and how its answer is read.
 *
 * @param path path below the server's address, without a slash in front
 * @param body what is sent
 * @param read reads the answer; throws {@link AnswerException} about an answer of another shape
 * @param drawn the number of tokens that an answer has as a draw; 0 for other questions
 * @param <T> what the answer means
 */
public record Query<T>(
    String path, ObjectNode body, Function<JsonNode, T> read, ToLongFunction<T> drawn) {
  /** A question that draws nothing. */
  public Query(String path, ObjectNode body, Function<JsonNode, T> read) {
    this(path, body, read, _ -> 0);
  }
}
