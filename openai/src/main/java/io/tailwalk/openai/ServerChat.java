package io.tailwalk.openai;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ChatFormat;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.openai.dialect.Dialect;
import java.util.Arrays;
import java.util.List;

/**
 * Chats by the template of a server, which reads the texts of control tokens in messages as control
 * tokens: such messages are refused.
 *
 * @param controls texts of the model's control tokens
 */
record ServerChat(Asking asking, Dialect dialect, List<String> controls) implements ChatFormat {
  private static final Prompt.Chat SAMPLE =
      new Prompt.Chat(
          List.of(
              new ChatMessage("user", "one"),
              new ChatMessage("assistant", "two"),
              new ChatMessage("user", "three")));

  @Override
  public String description() {
    return "the template of the server";
  }

  @Override
  public String fingerprint() {
    return Sha256.hex(text(SAMPLE));
  }

  @Override
  public String text(Prompt.Chat chat) {
    requireText(chat);
    return dialect
        .chatText(chat.messages())
        .map(query -> asking.one(0, query))
        .orElseGet(() -> asking.one(0, dialect.text(tokens(chat))));
  }

  int[] tokens(Prompt.Chat chat) {
    requireText(chat);
    List<ChatMessage> messages = chat.messages();
    return dialect
        .chat(messages)
        .or(() ->
            dialect.chatText(messages).map(query -> dialect.tokens(asking.one(0, query), true)))
        .map(query -> asking.one(0, query))
        .orElseThrow(() ->
            new ModelException(
                asking.name()
                    + " formats no chats here; give the prompt as text with the template applied"));
  }

  /** Whether the server shows how it formats chats. */
  static boolean isShown(Dialect dialect) {
    return dialect.chat(SAMPLE.messages()).isPresent()
        || dialect.chatText(SAMPLE.messages()).isPresent();
  }

  private void requireText(Prompt.Chat chat) {
    for (ChatMessage message : chat.messages()) {
      for (String text : List.of(message.role(), message.content())) {
        controls.stream()
            .filter(text::contains)
            .findFirst()
            .ifPresent(control -> {
              throw refused("'" + control + "'");
            });
        dialect
            .readingControls(text)
            .ifPresent(query -> {
              int[] read = asking.one(0, query);
              if (!Arrays.equals(read, asking.one(0, dialect.tokens(text, false)))) {
                throw refused("of a control token");
              }
            });
      }
    }
  }

  private static ModelException refused(String what) {
    return new ModelException(
        "a message has the text "
            + what
            + ", which the server would read as a control token; take it out");
  }
}
