package io.tailwalk.openai;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ChatFormat;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.openai.dialect.Dialect;
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
    return asking.one(0, dialect.text(tokens(chat)));
  }

  int[] tokens(Prompt.Chat chat) {
    for (ChatMessage message : chat.messages()) {
      for (String control : controls) {
        if (message.content().contains(control) || message.role().contains(control)) {
          throw new ModelException(
              "a message has the text '"
                  + control
                  + "', which the server would read as a control token; take it out");
        }
      }
    }
    return dialect
        .chat(chat.messages())
        .map(query -> asking.one(0, query))
        .orElseThrow(() ->
            new ModelException(
                asking.name()
                    + " formats no chats here; give the prompt as text with the template applied"));
  }
}
