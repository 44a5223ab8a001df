package io.tailwalk.verifiers.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.verify.ByteAutomaton;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Patterns that Java accepts and this verifier once refused, each with a text that it matches. */
class RegexCasesTest {
  static Stream<Arguments> read() {
    return Stream.of(
        Arguments.of("(?x) a b # c", "ab"),
        Arguments.of("(?-i)a", "a"),
        Arguments.of("(.*a.{10})", "abbbbbbbbbb"),
        Arguments.of("(?u)(?i)\u00e9", "\u00c9"),
        Arguments.of("foo\\b", "foo"),
        Arguments.of("(?=.*\\d)(?=.*[a-z]).{4,8}", "abc1"),
        Arguments.of("\\Ga", "a"),
        Arguments.of("(?U)\\w+", "\u00e9"),
        Arguments.of(".{1,5000}", "x".repeat(5000)),
        Arguments.of("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}", "1.2.3.4"),
        Arguments.of("\\0101", "A"),
        Arguments.of("(^yes$|^no$)", "yes"),
        Arguments.of("\\u00e9|\\x{1F600}|\\uD83D\\uDE00", "\u00e9"),
        Arguments.of("\\cA", "\u0001"),
        Arguments.of("(?d)a.b", "a\rb"),
        Arguments.of("(?<!a)b", "b"),
        Arguments.of("(?m)^x$\\n^y$", "x\ny"),
        Arguments.of("a(?i)b", "aB"),
        Arguments.of("\\R", "\n"),
        Arguments.of("(?!the )\\w+( \\w+)*", "a cat"),
        Arguments.of("\\bfoo", "foo"),
        Arguments.of(".*\\bfox\\b.*", "the fox ran"),
        Arguments.of("\\b\\w+\\b", "word"));
  }

  @ParameterizedTest
  @MethodSource("read")
  void of_patternOfJava_acceptsItsText(String pattern, String text) {
    var automaton = RegexAutomaton.of(pattern);
    List<String> texts = List.of(text, text + "\u0000", "\u0000" + text);
    for (String each : texts) {
      int state = automaton.run(automaton.start(), each.getBytes(UTF_8));
      assertThat(state != ByteAutomaton.DEAD && automaton.accepts(state))
          .isEqualTo(each.matches(pattern));
    }
    assertThat(text.matches(pattern)).isTrue();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("(\\w)\\1", "back-reference"),
        Arguments.of("(?c)a", "canonical"),
        Arguments.of("a{2,3}{2}", "quantifier on"),
        Arguments.of("\\X", "grapheme"),
        Arguments.of("a\\zb", "no text"),
        Arguments.of("(?<q>[\\'\"]).*\\k<q>", "back-reference"),
        Arguments.of("(?>a*)b", "atomic"),
        Arguments.of("a++b", "possessive"),
        Arguments.of("\\uD83D", "half a surr"),
        Arguments.of("(?<=a)b", "no text at all"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void of_patternOfJavaThatIsNotRegularOrMatchesNothing_isRefused(String pattern, String what) {
    assertThatThrownBy(() -> RegexAutomaton.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the regex " + pattern)
        .hasMessageContaining(what);
  }
}
