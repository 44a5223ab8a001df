package io.tailwalk.verifiers.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.verify.ByteAutomaton;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexAutomatonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "^abc$~abc~true",
        "\\Aabc\\z~abc~true",
        "^a|b$~b~true",
        "abc~xabc~false",
        "a*?b+?~aab~true",
        "(?i)caf\u00e9~CAF\u00e9~true",
        "(?i)caf\u00e9~CAF\u00c9~false",
        "(?iu)caf\u00e9~CAF\u00c9~true",
        "(?s)a.b~a\u2028b~true",
        "a.b~a\u2028b~false",
        "(?<year>\\d{4})-\\d\\d~2026-11~true",
        "[a-c&&[^b]]+~acca~true",
        "[a-c&&[^b]]+~abca~false",
        "[]a]+~]a~true",
        "[^]a]~]~false",
        "\\p{Lu}\\p{L}*~\u00c9t\u00e9~true",
        "\\PL~a~false",
        "\\Qa.b\\E~a.b~true",
        "\\Qa.b\\E~axb~false",
        "a||b~~true",
        "\\x{1F600}\\u20ac\\x41~\ud83d\ude00\u20acA~true",
        "a{2,3}~aaaa~false",
        "#~#~true",
        "a@b~a@b~true",
        "a&b~a&b~true",
        "<1-9>~<1-9>~true",
        "~x~false",
        "foo\\b.*~foo bar~true",
        "foo\\b.*~foobar~false",
        ".*\\bfox\\b.*~the fox ran~true",
        ".*\\bfox\\b.*~the foxes ran~false",
        "caf\\b.*~caf\u00e9~true",
        "(?U)caf\\b.*~caf\u00e9~false",
        "a\u0301\\b~a\u0301~true",
        "-\u0301\\b.*~-\u0301-~false",
        "(?=.*\\d)(?=.*[a-z]).{4,8}~abc1~true",
        "(?=.*\\d)(?=.*[a-z]).{4,8}~abcd~false",
        "(?!the )\\w+( \\w+)*~a cat~true",
        "(?!the )\\w+( \\w+)*~the cat~false",
        "(?:(?!foo)\\w)*~bar~true",
        "(?:(?!foo)\\w)*~barfoo~false",
        "\\w+(?<!ing)~going~false",
        "\\w+(?<!ing)~goings~true",
        "(?:a(?=b(?!c))|[bcd])*~abd~true",
        "(?:a(?=b(?!c))|[bcd])*~abc~false",
        "(?:(?<=(?<!x)a)b|[ax])*~ab~true",
        "(?:(?<=(?<!x)a)b|[ax])*~xab~false",
        "(?:(?<=a(?!bc))b|[ac])*~abc~false",
        "(?:(?<=a(?!bc))b|[ac])*~aba~true",
        "(^yes$|^no$)~no~true",
        "(^a|b)c~bc~true",
        "(?x) a b # c~ab~true",
        "(?x)[a b]~b~true",
        "(?x)a\\ b~a b~true",
        "(?i:a)b~Ab~true",
        "(?i:a)b~AB~false",
        "a(?i)b|c~C~true",
        "(?i)a(?-i)b~AB~false",
        "(?U)\\w+~\u00e9~true",
        "\\w+~\u00e9~false",
        "(?U)\\d~\u0663~true",
        "(?iu)\u00df~\u1e9e~false",
        "(?iu)stra\u00dfe~STRA\u1e9eE~true",
        "(?iu)k~\u212a~true",
        "(?i)k~\u212a~false",
        "\\p{Punct}\\p{Alpha}~!a~true",
        "\\p{IsGreek}~\u03b1~true",
        "\\0101\\cAA~A\u0001A~true",
        "\\N{EURO SIGN}~\u20ac~true",
        "\\ud83d\\ude00~\ud83d\ude00~true",
        "[\\Qa]\\E]+~a]~true",
        "\\Qab\\E*~abb~true",
        "[a&&b]|c~c~true",
        "(?:a?){3}b~aab~true",
        "a{0}b~b~true",
      })
  void accepts_supportedSyntax_readsAsJavaDoes(String pattern, String text, boolean expected) {
    String given = pattern == null ? "" : pattern;
    String value = text == null ? "" : text;
    assertThat(Pattern.matches(given, value)).isEqualTo(expected);
    assertThat(accepts(RegexAutomaton.of(given), value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "(?>a)b~an atomic group",
        "(a)\\1~a back-reference \\1",
        "(?<n>a)\\k<n>~a back-reference \\k",
        "a*+b~a possessive quantifier",
        "a{2}+~a possessive quantifier",
        "a?+b~a possessive quantifier",
        "a{2,3}{2}~a quantifier on a quantifier",
        "{2}~a quantifier with nothing before it",
        "\\X~a grapheme cluster \\X",
        "\\b{g}~a boundary of grapheme clusters",
        "(?c)a~canonical equivalence (?c)",
        "\\ud83d~half a surrogate pair",
        "\\<a~\\<, a word boundary in some dialects",
        "(?<=a*?)b~a look-behind without a greatest length",
        "[[:vowel:]]~the class [:vowel:]",
        "[\\w--/]~-- in a class",
      })
  void of_unsupportedSyntax_isRefusedByName(String pattern, String what) {
    assertThatThrownBy(() -> RegexAutomaton.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the regex " + pattern + " uses " + what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a)", "[a", "*a", "a**", "a{3,2}", "\\", "\\p{Nope}", "(?<1>a)"})
  void of_malformedPattern_isRefusedInOneSentence(String pattern) {
    assertThatThrownBy(() -> RegexAutomaton.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("bad regex " + pattern + " (")
        .hasMessageEndingWith("fix the pattern")
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{99999999}", "(?:a{0}\\b){9999999}", "a{0,1000001}"})
  void of_repetitionsTooLarge_isRefusedInOneSentence(String pattern) {
    assertThatThrownBy(() -> RegexAutomaton.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the regex " + pattern + " repeats over 1000000 times; repeat less");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a(?<=b)c", "a\\zb", "a^b", "[a&&b]", "(?=b)a", "a\\bb", "(?!a)a|(?=c)d", "a$b"})
  void of_contradiction_isRefused(String pattern) {
    assertThatThrownBy(() -> RegexAutomaton.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the regex " + pattern + " matches no text at all");
  }

  @Test
  void of_symmetricDifferenceOfOtherDialects_isRefused() {
    assertThatThrownBy(() -> RegexAutomaton.of("[a-z~~b]")).hasMessageContaining("uses ~~ in");
  }

  /** Java refuses these names and this spelling; Python and Rust write them. */
  @ParameterizedTest
  @ValueSource(strings = {"(?P<n>a)", "(?P<a_b>a)", "(?<a_b>a)", "(?P<_n>a)"})
  void accepts_namedGroupsOfOtherDialects_areGroups(String pattern) {
    assertThat(accepts(RegexAutomaton.of(pattern), "a")).isTrue();
    assertThat(accepts(RegexAutomaton.of(pattern), "n")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "[[:alpha:]]+, abZ, true",
    "[[:alpha:]]+, a:, false",
    "[^[:digit:][:space:]]+, a:, true",
    "[^[:digit:][:space:]]+, a1, false",
    "[[:^xdigit:]], g, true",
    "[[:^xdigit:]], f, false",
    "[[:word:]-]+, a_-, true",
    "[:alp]+, :a, true",
  })
  void accepts_posixClassInBrackets_isTheClass(String pattern, String text, boolean expected) {
    assertThat(accepts(RegexAutomaton.of(pattern), text)).isEqualTo(expected);
  }

  /** Java refuses these names; Rust and ECMAScript write them. */
  @ParameterizedTest
  @CsvSource({
    "'\\p{Letter}+', \u00e9a, true",
    "'\\p{Letter}+', 1, false",
    "'\\P{Uppercase_Letter}+', a1, true",
    "'\\P{Uppercase_Letter}+', A, false",
    "'[\\p{Greek}\\p{Nd}]+', \u03b11, true",
    "'[\\p{Greek}\\p{Nd}]+', a, false",
    "'\\p{Emoji_Presentation}', \ud83d\ude00, true",
    "'\\p{Emoji_Presentation}\\p{Lower}', \ud83d\ude00\u00e9, false",
  })
  void accepts_propertyNamesOfOtherDialects_areTheProperties(
      String pattern, String text, boolean expected) {
    assertThatThrownBy(() -> Pattern.compile(pattern)).hasMessageContaining("Unknown");
    assertThat(accepts(RegexAutomaton.of(pattern), text)).isEqualTo(expected);
  }

  /** Flag m has anchors at lines, and d only the line feed; {@code %} is LF and {@code @} CR. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "(?m)^x$.^y$|z~x%y~false",
        "(?ms)^x$.^y$~x%y~true",
        "(?s)^x$.^y$|z~x%y~false",
        "(?ms)^x$.+^|z~x%~false",
        "(?ms)^x$.+^|z~x%z~false",
        "(?ms)^x$.+^z~x%z~true",
        "(?s)x$.~x%~true",
        "(?s)x\\Z.~x%~true",
        "(?s)x\\z.|y~x%~false",
        "(?d)a.b~a@b~true",
        "a.b~a@b~false",
        "(?ms)a$.^b~a@b~true",
        "(?msd)a$.^b~a@b~false",
        "(?ms)a.$.b~a@%b~false",
        "(?ms)a$..^b~a@%b~true",
        "a\\Rb~a@%b~true",
        "a\\R\\nb~a@%b~true",
        "(?s)a\\R.b~a@%b~true",
        "(?m)a?$~~true",
        "(?m)^a?~~false",
      })
  void accepts_lines_areJavas(String pattern, String shown, boolean expected) {
    String text = shown == null ? "" : shown.replace('%', '\n').replace('@', '\r');
    assertThat(Pattern.matches(pattern, text)).isEqualTo(expected);
    assertThat(accepts(RegexAutomaton.of(pattern), text)).isEqualTo(expected);
  }

  @Test
  void of_deepNesting_isRefused() {
    String pattern = "(".repeat(300) + "a" + ")".repeat(300);
    assertThatThrownBy(() -> RegexAutomaton.of(pattern))
        .hasMessageContaining("nested over 250 deep");
  }

  @Test
  void step_illFormedUtf8_isDead() {
    RegexAutomaton any = RegexAutomaton.of("(?s).*");
    assertThat(any.step(any.start(), (byte) 0x80)).isEqualTo(ByteAutomaton.DEAD);
    int partial = any.step(any.start(), (byte) 0xC3);
    assertThat(partial).isNotEqualTo(ByteAutomaton.DEAD);
    assertThat(any.accepts(partial)).isFalse();
    assertThat(any.step(partial, (byte) 'a')).isEqualTo(ByteAutomaton.DEAD);
  }

  private static boolean accepts(RegexAutomaton automaton, String text) {
    int state = automaton.run(automaton.start(), text.getBytes(UTF_8));
    return state != ByteAutomaton.DEAD && automaton.accepts(state);
  }
}
