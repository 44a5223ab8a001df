package io.tailwalk.records.scores;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.records.JsonLines;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads responses to be scored, one JSON object per line: {@code {"prompt", "completion"}}, {@code
 * {"messages": [...]}} whose last message is the assistant's, or a sample log of EleutherAI's
 * lm-evaluation-harness ({@code --log_samples}: {@code doc_id}, {@code arguments}, {@code resps} or
 * {@code filtered_resps} with log-likelihoods), where every choice is a separate response. {@code
 * id} (or the line number) names the example and {@code prompt_id} (or the id) the prompt.
 */
public final class ResponseReader {
  /**
   * The answer to a log-likelihood request in the harness's format: "(-1.25, False)" or its parts.
   */
  private static final Pattern LOG_LIKELIHOOD =
      Pattern.compile(
          "\\(?\\s*(-?(?:inf|[0-9.]+(?:e[-+]?[0-9]+)?))\\s*(?:,.*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private ResponseReader() {}

  /**
   * Reads a complete file.
   *
   * @throws TableException that names file, row and fix if a row is invalid
   */
  public static List<GivenResponse> read(Path file) {
    List<GivenResponse> responses = new ArrayList<>();
    Map<String, Long> seen = new HashMap<>();
    JsonLines.forEach(
        file,
        row -> {
          for (GivenResponse response : responses(row)) {
            Long before = seen.putIfAbsent(response.exampleId(), row.number());
            if (before != null) {
              throw row.error(
                  "the example %s is already in row %d"
                      .formatted(TableException.quoted(response.exampleId()), before),
                  "give each response a unique id");
            }
            responses.add(response);
          }
        });
    return List.copyOf(responses);
  }

  private static List<GivenResponse> responses(JsonRow row) {
    if (row.has("doc_id") && row.has("arguments")) {
      return harness(row);
    }
    String id = row.has("id") ? row.name("id") : Long.toString(row.number());
    String promptId = row.has("prompt_id") ? row.name("prompt_id") : id;
    if (row.has("messages")) {
      return List.of(chat(row, id, promptId));
    }
    return List.of(
        new GivenResponse(
            id,
            promptId,
            row.string("prompt"),
            List.of(),
            row.string("completion"),
            OptionalDouble.empty(),
            row.number()));
  }

  private static GivenResponse chat(JsonRow row, String id, String promptId) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode node : row.object().get("messages")) {
      if (!(node instanceof ObjectNode object)) {
        throw row.error("a message is " + JsonRow.kind(node), "give {\"role\": …, \"content\": …}");
      }
      JsonRow message = new JsonRow(row.file(), row.number(), object);
      messages.add(
          row.build(() -> new ChatMessage(message.string("role"), message.string("content"))));
    }
    if (messages.size() < 2 || !messages.getLast().role().equals("assistant")) {
      throw row.error(
          "the last message is not the assistant's", "end the chat with the response to be scored");
    }
    ChatMessage last = messages.removeLast();
    return new GivenResponse(
        id, promptId, "", messages, last.content(), OptionalDouble.empty(), row.number());
  }

  private static List<GivenResponse> harness(JsonRow row) {
    String doc = row.name("doc_id");
    List<JsonNode> arguments = elements(row.object().get("arguments"));
    List<JsonNode> answers =
        elements(row.object().get(row.has("resps") ? "resps" : "filtered_resps"));
    if (arguments.isEmpty() || answers.size() != arguments.size()) {
      throw row.error(
          "%d \"arguments\" have %d \"resps\"".formatted(arguments.size(), answers.size()),
          "log the samples of a log-likelihood task with --log_samples");
    }
    List<GivenResponse> responses = new ArrayList<>();
    for (int choice = 0; choice < answers.size(); choice++) {
      List<JsonNode> pair = elements(arguments.get(choice));
      if (pair.size() < 2 || !pair.get(0).isString() || !pair.get(1).isString()) {
        throw row.error(
            "\"arguments\" " + choice + " is not a pair of context and continuation",
            "only log-likelihood tasks can be read");
      }
      responses.add(
          new GivenResponse(
              doc + "/" + choice,
              doc,
              pair.get(0).stringValue(),
              List.of(),
              pair.get(1).stringValue(),
              OptionalDouble.of(logLikelihood(row, answers.get(choice))),
              row.number()));
    }
    return responses;
  }

  /** Arrays unchanged; the harness also writes objects gen_args_0, arg_0, ... in their order. */
  private static List<JsonNode> elements(JsonNode node) {
    List<JsonNode> elements = new ArrayList<>();
    node.values().forEach(elements::add);
    return elements;
  }

  private static double logLikelihood(JsonRow row, JsonNode answer) {
    JsonNode node = answer;
    while (node.isArray() && !node.isEmpty()) {
      node = node.get(0);
    }
    Matcher matcher =
        LOG_LIKELIHOOD.matcher(node.isNumber() || node.isString() ? node.asString() : "");
    if (!matcher.matches()) {
      throw row.error("\"resps\" holds no log-likelihood", "only log-likelihood tasks can be read");
    }
    String text = matcher.group(1);
    double value =
        text.equals("-inf")
            ? Double.NEGATIVE_INFINITY
            : Double.parseDouble(text.replace("inf", "Infinity"));
    return LogProbRange.require(row.file(), row.number(), "resps", value);
  }
}
