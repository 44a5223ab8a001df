package io.tailwalk.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What templates see, and the sentences for those that cannot be rendered. */
class ChatTemplateTest {
  private static final List<ChatMessage> CHAT = List.of(new ChatMessage("user", "hi"));

  private static ChatTemplate template(String source) {
    return ChatTemplate.parse("the chat template of m.gguf", source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      textBlock =
          """
          {{ 'x' | frob }}          @ cannot be rendered: it has the filter 'frob', unknown here (line 1);
          {{ 'x' is frob }}         @ cannot be rendered: it has the test 'frob', unknown here (line 1);
          {{ messages + 1 }}        @ cannot be rendered: it computes a list + an integer (line 1);
          {{ a.b.c }}               @ cannot be rendered: 'a' is undefined (line 1);
          {% frob %}                @ cannot be read: it has the statement 'frob', unknown here (line 1);
          {% if a %}                @ cannot be read: it has the end of the template where 'elif' or 'else' or 'endif' is expected (line 1);
          {{ a                      @ cannot be read: a tag has no end (line 1);
          {{ raise_exception('no system') }} @ refuses the chat: "no system"; change its messages
          {{ strftime_now('%d') }}  @ prints the date; give one (--chat-date)
          """)
  void render_invalid_namesTemplateReasonAndRemedy(String source, String sentence) {
    assertThatThrownBy(() -> template(source).render(CHAT, ChatVariables.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("the chat template of m.gguf " + sentence);
  }

  @Test
  void render_faultOnALaterLine_namesTheLine() {
    String source = "a\n{% for m in messages %}\n  b\n  {{ m | frob }}\n{% endfor %}";
    assertThatThrownBy(() -> template(source).render(CHAT, ChatVariables.NONE))
        .hasMessageContaining("(line 4)");
  }

  /** The reason comes from a file of unknown origin: one bounded line without controls. */
  @Test
  void render_refusalWithControlCharacters_showsNone() {
    String source = "{{ raise_exception('a\\x1b[31m\\n\\u202eb' + 'c' * 9999) }}";
    assertThatThrownBy(() -> template(source).render(CHAT, ChatVariables.NONE))
        .satisfies(e -> {
          String message = String.valueOf(e.getMessage());
          assertThat(message).hasSizeLessThan(400).contains("a [31m  b");
          assertThat(message.chars()).allMatch(c -> c >= ' ' && c != 0x202e);
        });
  }

  @Test
  void render_date_isTheGivenOneOrTheTemplatesOwn() {
    String source =
        "{% if strftime_now is defined %}{{ strftime_now('%d %b %Y') }}{% else %}26 Jul 2024{% endif %}";
    assertThat(template(source).render(CHAT, ChatVariables.NONE).text()).isEqualTo("26 Jul 2024");
    ChatVariables dated = ChatVariables.NONE.withDate(GoldenRow.DATE);
    assertThat(template(source).render(CHAT, dated).text()).isEqualTo("31 Jan 2026");
  }

  @Test
  void render_modelWithoutTokens_printsNothingForThem() {
    assertThat(template("{{ bos_token }}a{{ eos_token }}").render(CHAT, ChatVariables.NONE).text())
        .isEqualTo("a");
  }
}
