package io.tailwalk.runs.models;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.PromptLayout;
import io.tailwalk.runs.work.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How prompts become turns of a chat.
 *
 * @param fromText whether a prompt that is plain text is the user's turn; otherwise it is continued
 * @param system system message of every chat, possibly empty; absent for what each chat, or the
 *     model's template, has
 */
public record ChatTurns(boolean fromText, Optional<String> system) {
  /** Prompts as they are. */
  public static final ChatTurns AS_GIVEN = new ChatTurns(false, Optional.empty());

  private static final String SYSTEM = "system";

  /** These turns with plain text as the user's turn. */
  public ChatTurns withText() {
    return new ChatTurns(true, system);
  }

  /** These turns with a system message. */
  public ChatTurns withSystem(String text) {
    return new ChatTurns(fromText, Optional.of(text));
  }

  /** Whether prompts remain as they are. */
  public boolean areAsGiven() {
    return equals(AS_GIVEN);
  }

  /**
   * The prompt that the model gets.
   *
   * @throws InputException about the setting {@code chat} or {@code system} if they do not apply to
   *     the prompt
   */
  public Prompt of(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text(String text) -> {
        if (!fromText && system.isPresent()) {
          throw InputException.about(
              SYSTEM, "a text to be continued has no system message; use chat turns (--chat)");
        }
        yield fromText ? chat(List.of(new ChatMessage("user", text))) : prompt;
      }
      case Prompt.Chat(List<ChatMessage> messages) -> {
        if (system.isPresent()
            && messages.stream().anyMatch(message -> message.role().equals(SYSTEM))) {
          throw InputException.about(
              SYSTEM, "the chat has a system message of its own; omit one of the two");
        }
        yield system.isPresent() ? chat(messages) : prompt;
      }
      case Prompt.Tokens _ -> {
        if (!areAsGiven()) {
          throw InputException.about(
              fromText ? "chat" : SYSTEM,
              "it is given as token ids, which are no chat; omit the setting");
        }
        yield prompt;
      }
    };
  }

  /**
   * The same, with the place of the prompt in messages.
   *
   * @param place where the prompt is, for example {@code prompt 3}
   */
  public Prompt of(Prompt prompt, Supplier<String> place) {
    try {
      return of(prompt);
    } catch (InputException e) {
      throw InputException.about(e.setting().orElse(SYSTEM), place.get() + ": " + e.sentence(), e);
    }
  }

  private Prompt chat(List<ChatMessage> turns) {
    List<ChatMessage> messages = new ArrayList<>();
    system.ifPresent(text -> messages.add(new ChatMessage(SYSTEM, text)));
    messages.addAll(turns);
    return new Prompt.Chat(messages);
  }

  /** A layout whose prompts become such turns. */
  public PromptLayout over(PromptLayout layout) {
    return areAsGiven() ? layout : new Turned(this, layout);
  }

  private record Turned(ChatTurns turns, PromptLayout layout) implements PromptLayout {
    @Override
    public Prompt prompt(JsonRow row) {
      return turns.of(layout.prompt(row));
    }

    @Override
    public Map<String, String> fields(JsonRow row) {
      return layout.fields(row);
    }
  }
}
