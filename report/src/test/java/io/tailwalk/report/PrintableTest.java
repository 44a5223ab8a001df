package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void controls_becomePictures() {
    assertThat(Printable.indented("a\u001b[31mb\u0007\r\u009bc\u007f", ""))
        .isEqualTo("a␛[31mb␇␍\uFFFDc\uFFFD");
  }

  @Test
  void lines_areIndentedButTheFirst() {
    assertThat(Printable.indented("one\r\ntwo\n\tthree", "  ")).isEqualTo("one\n  two\n  \tthree");
  }
}
