package io.tailwalk.runs.models;

import io.tailwalk.core.model.ChatFormat;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.report.Printable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a model formats chats, shown by an example.
 *
 * @param template where the chat template comes from
 * @param example a chat of one user's turn as the model reads it; null if it cannot be rendered
 * @param tokens number of its tokens
 * @param error the reason why it cannot be rendered; null if it can
 */
public record ChatExample(
    String template, @Nullable String example, @Nullable Integer tokens, @Nullable String error) {
  private static final Prompt.Chat CHAT =
      new Prompt.Chat(List.of(new ChatMessage("user", "Say hi.")));

  /** The example of a model; empty if it has no chat template. */
  static Optional<ChatExample> of(LanguageModel model) {
    String template = "the model's chat template";
    try {
      Optional<ChatFormat> format = model.chatFormat();
      if (format.isEmpty()) {
        return Optional.empty();
      }
      template = format.get().description();
      String text = format.get().text(CHAT);
      return Optional.of(new ChatExample(template, text, model.encode(CHAT).length, null));
    } catch (ModelException e) {
      return Optional.of(new ChatExample(template, null, null, e.getMessage()));
    }
  }

  /** The example in lines for a terminal. */
  String text() {
    return example == null
        ? "Chats cannot be formatted: " + Printable.sentence(String.valueOf(error)) + "."
        : "Chats are formatted by %s; one turn of the user (%d tokens):\n  %s"
            .formatted(Printable.name(template), tokens, Printable.indented(example, "  "));
  }
}
