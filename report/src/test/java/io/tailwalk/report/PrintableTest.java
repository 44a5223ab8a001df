package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void controls_becomePictures() {
    assertThat(Printable.indented("a\u001b[31mb\u0007\r\u009bc\u007f", ""))
        .isEqualTo("a␛[31mb␇␍\uFFFDc␡");
    assertThat(Printable.onOneLine("id\n\u001b]0;title\u0007\u202e"))
        .isEqualTo("id␊␛]0;title␇\uFFFD");
  }

  @Test
  void longText_isBounded() {
    assertThat(Printable.indented("x\n".repeat(1 << 20), "  "))
        .hasSizeLessThan(100_000)
        .endsWith("… (2,077,152 more characters)");
  }

  @Test
  void nameAndSentence_areCut() {
    assertThat(Printable.name("n\n" + "x".repeat(100_000))).isEqualTo("n␊" + "x".repeat(77) + "…");
    assertThat(Printable.name("step-00100")).isEqualTo("step-00100");
    assertThat(Printable.sentence("a ".repeat(100_000)).length()).isLessThan(2_100);
  }

  @Test
  void lines_areIndentedButTheFirst() {
    assertThat(Printable.indented("one\r\ntwo\n\tthree", "  ")).isEqualTo("one\n  two\n  \tthree");
  }
}
