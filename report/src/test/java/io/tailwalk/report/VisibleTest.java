package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisibleTest {
  @Test
  void controls_becomePictures() {
    assertThat(Visible.of("a\u0000\u001b[2J\r\u0007\u007f\u0085\u009b\tb\nc"))
        .isEqualTo("a␀␛[2J␍␇␡\ufffd\ufffd\tb\nc");
    assertThat(Visible.onOneLine("a\tb\nc\u2028d\u2029e")).isEqualTo("a␉b␊c¶d¶e");
  }

  @Test
  void halfPairsAndCharactersThatTurnText_areReplaced() {
    assertThat(Visible.of("\ud83d \ude00 😀")).isEqualTo("\ufffd \ufffd 😀");
    String turning = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
    assertThat(Visible.onOneLine(turning)).isEqualTo("\ufffd".repeat(12));
    // Letters from right to left need no such characters, and emoji need their joiners.
    assertThat(Visible.of("שלום 👩\u200d🔬")).isEqualTo("שלום 👩\u200d🔬");
  }

  @Test
  void longText_isCutAtACharacterAndStatesHowMuchIsLeftOut() {
    assertThat(Visible.onOneLine("x".repeat(Visible.LINE))).isEqualTo("x".repeat(Visible.LINE));
    assertThat(Visible.onOneLine("x".repeat(Visible.LINE + 1)))
        .isEqualTo("x".repeat(Visible.LINE) + "… (1 more character)");
    assertThat(Visible.of("😀".repeat(1 << 20), 3))
        .isEqualTo("😀😀😀… (1,048,573 more characters)");
    assertThat(Visible.of("y".repeat(1 << 20)))
        .isEqualTo("y".repeat(Visible.TEXT) + "… (1,028,576 more characters)");
  }
}
