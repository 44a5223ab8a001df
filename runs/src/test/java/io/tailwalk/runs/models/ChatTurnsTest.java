package io.tailwalk.runs.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.runs.work.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prompts as turns of a chat. */
class ChatTurnsTest {
  private static final Prompt TEXT = Prompt.text("hi");
  private static final ChatMessage USER = new ChatMessage("user", "hi");
  private static final ChatMessage SYSTEM = new ChatMessage("system", "s");

  @Test
  void of_text_isTheUsersTurn() {
    assertThat(ChatTurns.AS_GIVEN.of(TEXT)).isSameAs(TEXT);
    assertThat(ChatTurns.AS_GIVEN.withText().of(TEXT)).isEqualTo(new Prompt.Chat(List.of(USER)));
    assertThat(ChatTurns.AS_GIVEN.withText().withSystem("s").of(TEXT))
        .isEqualTo(new Prompt.Chat(List.of(SYSTEM, USER)));
  }

  @Test
  void of_chat_remainsAChat() {
    Prompt chat = new Prompt.Chat(List.of(USER));
    assertThat(ChatTurns.AS_GIVEN.withText().of(chat)).isSameAs(chat);
    assertThat(ChatTurns.AS_GIVEN.withSystem("s").of(chat))
        .isEqualTo(new Prompt.Chat(List.of(SYSTEM, USER)));
  }

  @Test
  void of_whatDoesNotApply_namesTheSetting() {
    ChatTurns system = ChatTurns.AS_GIVEN.withSystem("s");
    assertThatThrownBy(() -> system.of(TEXT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("system: ");
    assertThatThrownBy(() -> system.of(new Prompt.Chat(List.of(SYSTEM, USER)), () -> "row 3"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("system: row 3: ");
    Prompt ids = new Prompt.Tokens(List.of(1));
    assertThat(ChatTurns.AS_GIVEN.of(ids)).isSameAs(ids);
    assertThatThrownBy(() -> ChatTurns.AS_GIVEN.withText().of(ids))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("chat: ");
  }
}
