package io.tailwalk.records;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads prompts, one JSON object per line: {@code {"prompt": …}}, {@code {"messages": [{"role",
 * "content"}, …]}}, each with an optional {@code "id"}, or {@code {"task_id", "prompt" |
 * "messages", …}}, where additional fields are passed on unchanged. A row without an id has its
 * line number as id.
 */
public final class PromptReader {
  private static final Set<String> PLAIN_FIELDS = Set.of("id", "prompt", "messages");
  private static final Set<String> MESSAGE_FIELDS = Set.of("role", "content");

  private PromptReader() {}

  /**
   * Reads a complete file.
   *
   * @param file JSON lines
   * @return at least one row, ids unique
   * @throws TableException that names file, row and fix if a row is invalid
   */
  public static List<PromptRow> read(Path file) {
    List<PromptRow> prompts = new ArrayList<>();
    Map<String, Long> seen = new HashMap<>();
    JsonLines.forEach(
        file,
        JsonText::parseExactly,
        row -> {
          PromptRow prompt = prompt(row);
          Long before = seen.putIfAbsent(prompt.id(), row.number());
          if (before != null) {
            throw row.error(
                "the id " + TableException.quoted(prompt.id()) + " is already in row " + before,
                "give each prompt a unique id");
          }
          prompts.add(prompt);
        });
    return List.copyOf(prompts);
  }

  private static PromptRow prompt(JsonRow row) {
    if (!row.has("task_id")) {
      refuseUnread(row);
    }
    boolean text = row.has("prompt");
    if (text == row.has("messages")) {
      throw row.error(
          text ? "both \"prompt\" and \"messages\" are given" : "there is no \"prompt\"",
          "give either \"prompt\" or \"messages\"");
    }
    String id = id(row);
    Prompt prompt =
        text ? Prompt.text(row.string("prompt")) : row.build(() -> new Prompt.Chat(messages(row)));
    return new PromptRow(id, prompt, row.object());
  }

  private static void refuseUnread(JsonRow row) {
    for (Map.Entry<String, JsonNode> entry : row.object().properties()) {
      if (!PLAIN_FIELDS.contains(entry.getKey())) {
        throw row.error(
            "unknown field " + TableException.quoted(entry.getKey()),
            "known fields are \"id\", \"prompt\" and \"messages\"; a row with a \"task_id\" may have"
                + " more");
      }
    }
  }

  private static String id(JsonRow row) {
    if (row.has("task_id")) {
      return row.name("task_id");
    }
    return row.has("id") ? row.name("id") : Long.toString(row.number());
  }

  private static List<ChatMessage> messages(JsonRow row) {
    JsonNode array = row.object().get("messages");
    if (!array.isArray()) {
      throw row.error(
          "the field \"messages\" is " + JsonRow.kind(array), "give an array of messages");
    }
    List<ChatMessage> messages = new ArrayList<>(array.size());
    for (JsonNode node : array) {
      if (!(node instanceof ObjectNode object)) {
        throw row.error("a message is " + JsonRow.kind(node), "give {\"role\": …, \"content\": …}");
      }
      JsonRow message = new JsonRow(row.file(), row.number(), object);
      message.allowOnly(MESSAGE_FIELDS);
      messages.add(
          row.build(() -> new ChatMessage(message.string("role"), message.string("content"))));
    }
    return messages;
  }
}
