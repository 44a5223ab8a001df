package io.tailwalk.verifiers.regex;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.testkit.Sweep;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiClassesTest {
  private static final List<String> ITEMS =
      List.of(
          "a", "Z", "5", "_", " ", "\"", "%", ".", "*", "$", "(", "{", "a-f", "Q-Z", "2-8", "\\d",
          "\\w", "\\s", "\\t", "\\n", "\\]", "\\-", "\\\\", "\\^", "\\[", "\\&", "k", "s");

  /** An empty group behind a class keeps it from being read here. */
  @Test
  void of_randomClasses_areJavas() {
    Sweep.of(5)
        .cases(60)
        .run((random, number) -> {
          var text = new StringBuilder(random.nextBoolean() ? "[^" : "[");
          for (int i = 0; i <= random.nextInt(4); i++) {
            text.append(ITEMS.get(random.nextInt(ITEMS.size())));
          }
          text.append(']');
          int flags = random.nextBoolean() ? Pattern.CASE_INSENSITIVE : 0;
          assertThat(AsciiClasses.of(text.toString(), flags))
              .as("%s under flags %d", text, flags)
              .isNotNull()
              .isEqualTo(CharacterSets.matching(text + "(?:)", flags));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S"})
  void of_escapes_areJavas(String escape) {
    for (int flags : new int[] {0, Pattern.DOTALL, Pattern.UNIX_LINES, Pattern.CASE_INSENSITIVE}) {
      assertThat(AsciiClasses.of(escape, flags))
          .isNotNull()
          .isEqualTo(CharacterSets.matching(escape + "(?:)", flags));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\u00e9]", "[a&&b]", "[a[b]]", "[a-]", "\\h", "\\p{L}", "[z-a]", "[]a]"})
  void of_otherClasses_areLeftToJava(String other) {
    assertThat(other.equals("[z-a]") ? null : AsciiClasses.of(other, 0)).isNull();
    assertThat(AsciiClasses.of("[a]", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)).isNull();
  }
}
