package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.chat.ChatText;
import io.tailwalk.llama.ffi.SpecialToken;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where the text of a chat is split at special tokens. */
class ChatPiecesTest {
  private static final int CONTROL = 1 << 3;
  private static final int USER_DEFINED = 1 << 4;
  private static final int STRIPS_LEFT = 1 << 7;
  private static final int STRIPS_RIGHT = 1 << 8;

  private static SpecialToken token(int id, String text, int attributes) {
    return new SpecialToken(id, text, attributes);
  }

  /** Tokens as {@code #id}, texts in brackets with {@code /} at breaks. */
  private static String pieces(ChatText text, String source, SpecialToken... special) {
    return ChatPieces.of(text, List.of(special), source).stream()
        .map(piece -> {
          if (piece.token().isPresent()) {
            return "#" + piece.token().getAsInt();
          }
          var shown = new StringBuilder(piece.text().text());
          for (int at = piece.breaks().length();
              at >= 0;
              at = piece.breaks().previousSetBit(at - 1)) {
            if (piece.breaks().get(at)) {
              shown.insert(at, '/');
            }
          }
          return "[" + shown + "]";
        })
        .collect(Collectors.joining());
  }

  private static ChatText text(String template, String content, String end) {
    return ChatText.ofTemplate(template)
        .plus(ChatText.ofContent(content))
        .plus(ChatText.ofTemplate(end));
  }

  @Test
  void of_controlTokens_areFoundInTheTemplateOnly() {
    SpecialToken end = token(7, "<end>", CONTROL);
    assertThat(pieces(text("a<end>", "b<end>c", "<end>d"), "", end))
        .isEqualTo("[a]#7[b<end>c]#7[d]");
    // Also across the border, from both sides.
    assertThat(pieces(text("<e", "nd>", "x"), "", end)).isEqualTo("[<end>x]");
    assertThat(pieces(text("x", "<e", "nd>"), "", end)).isEqualTo("[x<end>]");
    assertThat(pieces(text("<e", "n", "d><end>"), "", end)).isEqualTo("[<end>]#7");
  }

  @Test
  void of_theLongestToken_isFoundFirst() {
    SpecialToken longer = token(2, "<a><b>", CONTROL);
    SpecialToken shorter = token(1, "<a>", CONTROL);
    assertThat(pieces(ChatText.ofTemplate("<a><b><a>"), "", longer, shorter)).isEqualTo("#2#1");
  }

  @Test
  void of_userDefinedTokens_areMarkersIfTheTemplateUsesThem() {
    SpecialToken user = token(3, "<user>", USER_DEFINED);
    SpecialToken table = token(4, "<table>", USER_DEFINED);
    assertThat(pieces(text("<user>", "a<user><table>", ""), "", user, table))
        .isEqualTo("#3[a</user>]#4");
    assertThat(pieces(text("", "a<user>", ""), "{{ '<user>' }}", user)).isEqualTo("[a</user>]");
    assertThat(pieces(text("", "a<user>", ""), "{{ c }}", user)).isEqualTo("[a]#3");
    // Blanks and words are no markers.
    SpecialToken lines = token(5, "\n\n\n", USER_DEFINED);
    assertThat(pieces(text("\n\n\n", "a\n\n\nb", ""), "", lines)).isEqualTo("#5[a]#5[b]");
  }

  @Test
  void of_strippingTokens_removeWhitespaceBesideThem() {
    SpecialToken right = token(6, "<r>", CONTROL | STRIPS_RIGHT);
    SpecialToken left = token(8, "<l>", CONTROL | STRIPS_LEFT);
    assertThat(pieces(text("a <r> ", " b", "  <l> c"), "", right, left))
        .isEqualTo("[a ]#6[b]#8[ c]");
  }
}
