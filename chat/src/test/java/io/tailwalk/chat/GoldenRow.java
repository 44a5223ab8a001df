package io.tailwalk.chat;

import static java.util.Objects.requireNonNull;

import io.tailwalk.core.model.ChatMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A template, a chat, and what Python's jinja2 makes of them with Hugging Face's settings: written
 * by {@code src/test/python/golden.py}.
 */
record GoldenRow(
    String name,
    String source,
    List<ChatMessage> messages,
    ChatVariables variables,
    Optional<String> prompt) {
  /** The date of the script. */
  static final LocalDate DATE = LocalDate.of(2026, 1, 31);

  static Stream<GoldenRow> of(String file) {
    return new JsonMapper().readTree(text(file)).valueStream().map(GoldenRow::of);
  }

  private static GoldenRow of(JsonNode row) {
    String name = row.path("template").asString("");
    String source = name.isEmpty() ? row.get("source").stringValue() : template(name);
    return new GoldenRow(
        name.isEmpty() ? source : name + ", " + row.get("chat").stringValue(),
        source,
        row.get("messages")
            .valueStream()
            .map(message ->
                new ChatMessage(
                    message.get("role").stringValue(), message.get("content").stringValue()))
            .toList(),
        new ChatVariables(
            Optional.of(row.get("bos").stringValue()),
            Optional.of(row.get("eos").stringValue()),
            Optional.of(DATE)),
        Optional.ofNullable(row.get("prompt")).map(JsonNode::stringValue));
  }

  static String template(String name) {
    return text("templates/" + name + ".jinja");
  }

  static String text(String file) {
    try (InputStream in = requireNonNull(GoldenRow.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChatText render() {
    return ChatTemplate.parse("the template", source).render(messages, variables);
  }

  @Override
  public String toString() {
    return name;
  }
}
