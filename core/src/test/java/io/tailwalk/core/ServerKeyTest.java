package io.tailwalk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeyTest {
  @Test
  void ofVariable_key_isReadWithoutBlanksAround() {
    assertThat(ServerKey.ofVariable("K", _ -> " s3cret\n")).isEqualTo("s3cret");
    assertThat(ServerKey.header("s3cret")).isEqualTo("Bearer s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc\ndef", "abc\rdef", "abc def", "abc\0def", "abc\u00e9def", "abc\u007fdef"})
  void ofVariable_valueThatNoHeaderCarries_isRefusedUnseen(String value) {
    assertThatThrownBy(() -> ServerKey.ofVariable("K", _ -> value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key=K: the variable's value contains")
        .message()
        .doesNotContain("abc", "def", "\n");
    assertThatThrownBy(() -> ServerKey.header(value))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("abc", "def");
  }

  /** A key given by mistake is not repeated, whatever it looks like. */
  @ParameterizedTest
  @ValueSource(strings = {"sk-SECRETabc", "hf_SECRETabc", "SECRETabc", "", "1SECRETabc"})
  void ofVariable_keyItself_isNotRepeated(String given) {
    assertThatThrownBy(() -> ServerKey.ofVariable(given, _ -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("environment variable")
        .message()
        .doesNotContain("SECRET");
  }

  @Test
  void withoutHeader_headerInAMessage_isCut() {
    assertThat(ServerKey.withoutHeader("invalid header value: \"Bearer abc\ndef\""))
        .isEqualTo("invalid header value: \"Bearer ...");
    assertThat(ServerKey.withoutHeader("no such file")).isEqualTo("no such file");
  }
}
