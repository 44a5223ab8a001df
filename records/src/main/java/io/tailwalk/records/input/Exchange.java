package io.tailwalk.records.input;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt and, where its row has one, a response to it, from any of the forms in which people keep
 * them: {@code prompt} and {@code completion} as texts or as lists of messages, {@code messages},
 * ShareGPT's {@code conversations}, Alpaca's {@code instruction}, preference pairs, token ids,
 * rollouts ({@code input}, {@code output}), and problems ({@code question}, {@code problem}).
 *
 * @param prompt the prompt
 * @param response the response as text; empty if the row has none
 */
public record Exchange(Prompt prompt, Optional<String> response) {
  private static final Set<String> MESSAGE_FIELDS = Set.of("role", "content");

  /** How much a message counts in training; it does not change the text. */
  private static final Set<String> TRAINING_FIELDS = Set.of("weight", "loss", "train");

  private static final String ASSISTANT = "assistant";
  private static final Map<String, String> SPEAKERS =
      Map.of(
          "system", "system", "human", "user", "user", "user", "gpt", ASSISTANT, "chatgpt",
          ASSISTANT, "model", ASSISTANT, ASSISTANT, ASSISTANT);

  /** Fields that hold the text of a prompt, in the order in which they are looked for. */
  public static final List<String> PROMPT_FIELDS =
      List.of("prompt", "question", "problem", "instruction", "input", Rows.BARE);

  /** The layout of Stanford Alpaca; %s are the instruction and the input. */
  @SuppressWarnings("InlineFormatString") // the two layouts are read side by side
  private static final String NO_INPUT =
      "Below is an instruction that describes a task. Write a response that appropriately completes"
          + " the request.\n\n### Instruction:\n%s\n\n### Response:";

  @SuppressWarnings("InlineFormatString")
  private static final String WITH_INPUT =
      "Below is an instruction that describes a task, paired with an input that provides further"
          + " context. Write a response that appropriately completes the request.\n\n"
          + "### Instruction:\n%s\n\n### Input:\n%s\n\n### Response:";

  /** Reads a row; of a preference pair, the chosen response. */
  public static Exchange of(JsonRow row) {
    return of(row, false);
  }

  /**
   * Reads a row.
   *
   * @param rejected whether the rejected response of a preference pair is wanted
   * @throws TableException that names file, row and fix if the row has no prompt
   */
  public static Exchange of(JsonRow row, boolean rejected) {
    Kind kind = Kind.of(row);
    if (row.has("prompt") && kind != Kind.PREFERENCES) {
      return plain(row);
    }
    return switch (kind) {
      case ALPACA -> alpaca(row);
      case SHAREGPT -> ofChat(row, speakers(row));
      case PREFERENCES -> preference(row, rejected ? "rejected" : "chosen");
      case VERL, OPENRLHF ->
          new Exchange(Prompt.text(row.text("input")), Optional.of(row.text("output")));
      case MBPP -> new Exchange(Prompt.text(row.text("text")), Optional.empty());
      default -> plain(row);
    };
  }

  private static Exchange plain(JsonRow row) {
    boolean text = row.has("prompt");
    if (text && row.has("messages")) {
      throw row.error(
          "both \"prompt\" and \"messages\" are given", "give either \"prompt\" or \"messages\"");
    }
    if (row.has("messages")) {
      return ofChat(row, messages(row, "messages"));
    }
    if (!text && row.has("prompt_token_ids")) {
      return new Exchange(
          new Prompt.Tokens(row.ids("prompt_token_ids")), completion(row, "completion"));
    }
    for (String field : PROMPT_FIELDS) {
      if (row.has(field)) {
        return new Exchange(prompt(row, field), completion(row, "completion"));
      }
    }
    throw row.error(
        "there is no \"prompt\" among its fields " + ColumnMap.names(row.object().propertyNames()),
        "give \"prompt\" or \"messages\", or one of the forms in docs/formats.md");
  }

  private static Prompt prompt(JsonRow row, String field) {
    if (row.object().get(field).isArray()) {
      return row.build(() -> new Prompt.Chat(messages(row, field)));
    }
    return Prompt.text(row.text(field));
  }

  private static Optional<String> completion(JsonRow row, String field) {
    if (!row.has(field)) {
      return Optional.empty();
    }
    if (!row.object().get(field).isArray()) {
      return Optional.of(row.text(field));
    }
    List<ChatMessage> messages = messages(row, field);
    if (messages.size() != 1 || !messages.getFirst().role().equals(ASSISTANT)) {
      throw row.error(
          "\"" + field + "\" is not one message of the assistant's",
          "put earlier turns into \"prompt\"");
    }
    return Optional.of(messages.getFirst().content());
  }

  private static Exchange alpaca(JsonRow row) {
    String instruction = row.text("instruction");
    String input = row.has("input") ? row.text("input") : "";
    String prompt =
        input.isEmpty()
            ? NO_INPUT.formatted(instruction)
            : WITH_INPUT.formatted(instruction, input);
    return new Exchange(
        Prompt.text(prompt),
        row.has("output") ? Optional.of(row.text("output")) : Optional.empty());
  }

  private static Exchange preference(JsonRow row, String field) {
    List<ChatMessage> chat = row.object().path(field).isArray() ? messages(row, field) : List.of();
    if (row.has("prompt") && !repeatsPrompt(row, chat)) {
      return new Exchange(prompt(row, "prompt"), completion(row, field));
    }
    if (!row.object().path(field).isArray()) {
      throw row.error(
          "a preference pair has no \"prompt\", and \"" + field + "\" is not a chat",
          "give \"prompt\", or both responses as lists of messages");
    }
    return ofChat(row, chat);
  }

  /** Whether the chat of a preference pair begins with the text that also stands as its prompt. */
  private static boolean repeatsPrompt(JsonRow row, List<ChatMessage> chat) {
    JsonNode prompt = row.object().get("prompt");
    return prompt.isString()
        && chat.size() > 1
        && chat.stream()
            .filter(message -> !message.role().equals("system"))
            .findFirst()
            .map(message -> message.content().strip().equals(prompt.stringValue().strip()))
            .orElse(false);
  }

  /** A chat; a last message of the assistant's is the response. */
  private static Exchange ofChat(JsonRow row, List<ChatMessage> messages) {
    boolean answered = !messages.isEmpty() && messages.getLast().role().equals(ASSISTANT);
    Prompt prompt =
        row.build(
            () -> new Prompt.Chat(answered ? messages.subList(0, messages.size() - 1) : messages));
    return new Exchange(
        prompt, answered ? Optional.of(messages.getLast().content()) : Optional.empty());
  }

  private static List<ChatMessage> messages(JsonRow row, String field) {
    JsonNode array = row.object().get(field);
    if (!array.isArray()) {
      throw row.error(
          "the field \"" + field + "\" is " + JsonRow.kind(array), "give an array of messages");
    }
    List<ChatMessage> messages = new ArrayList<>(array.size());
    for (JsonNode node : array) {
      if (!(node instanceof ObjectNode object)) {
        throw row.error("a message is " + JsonRow.kind(node), "give {\"role\": …, \"content\": …}");
      }
      JsonRow message = new JsonRow(row.file(), row.number(), object);
      if (object.properties().stream().anyMatch(Exchange::isUnread)) {
        message.allowOnly(MESSAGE_FIELDS);
      }
      messages.add(row.build(() -> new ChatMessage(message.string("role"), content(message))));
    }
    return messages;
  }

  /** The text of a message, which may be in parts that are all texts. */
  private static String content(JsonRow message) {
    JsonNode parts = message.object().path("content");
    if (!parts.isArray() || parts.isEmpty()) {
      return message.text("content");
    }
    var text = new StringBuilder();
    for (JsonNode part : parts) {
      if (!(part instanceof ObjectNode object)
          || !object.path("type").asString("").equals("text")) {
        throw message.error(
            "a message has a part that is no text", "keep messages whose parts are all texts");
      }
      text.append(new JsonRow(message.file(), message.number(), object).text("text"));
    }
    return text.toString();
  }

  private static boolean isUnread(Map.Entry<String, JsonNode> field) {
    return !MESSAGE_FIELDS.contains(field.getKey())
        && !TRAINING_FIELDS.contains(field.getKey())
        && !field.getValue().isNull();
  }

  private static List<ChatMessage> speakers(JsonRow row) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode node : row.object().get("conversations")) {
      if (!(node instanceof ObjectNode object)) {
        throw row.error("a turn is " + JsonRow.kind(node), "give {\"from\": …, \"value\": …}");
      }
      JsonRow turn = new JsonRow(row.file(), row.number(), object);
      String from = turn.string("from");
      String role = SPEAKERS.get(from);
      if (role == null) {
        throw row.error(
            "a turn is from " + TableException.quoted(from),
            "known are system, human (or user) and gpt (or assistant)");
      }
      messages.add(new ChatMessage(role, turn.text("value")));
    }
    return messages;
  }
}
