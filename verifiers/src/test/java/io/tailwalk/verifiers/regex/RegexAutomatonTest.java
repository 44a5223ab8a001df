package io.tailwalk.verifiers.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.testkit.Sweep;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexAutomatonTest {
  private static final List<String> LETTERS =
      List.of(
          "a", "b", "B", "7", "-", "]", "\n", " ", "\u00e9", "\u00c9", "\u20ac", "\ud83d\ude00");

  /**
   * 3000 random patterns, 20 of them with letter categories, each on 30 texts, against Java's own.
   */
  @Test
  void accepts_randomPatterns_agreesWithJava() {
    int[] matches = new int[1];
    Sweep.of(41)
        .cases(3000)
        .run((random, number) -> {
          String pattern = new RandomPattern(random, number < 20).whole();
          Pattern java = Pattern.compile(pattern);
          RegexAutomaton ours = RegexAutomaton.of(pattern);
          for (int i = 0; i < 30; i++) {
            String text = randomText(random, 5);
            boolean expected = java.matcher(text).matches();
            matches[0] += expected ? 1 : 0;
            assertThat(accepts(ours, text)).as("%s on %s", pattern, text).isEqualTo(expected);
          }
        });
    assertThat(matches[0]).isGreaterThan(2000);
  }

  /**
   * Prefix liveness on 300 random patterns: for a dead state no continuation of up to two letters
   * matches in Java (sound); for a live state the continuation that it finds matches in Java
   * (complete).
   */
  @Test
  void step_randomPatterns_isDeadExactlyWhereNothingCanMatch() {
    int[] dead = new int[1];
    Sweep.of(43)
        .cases(300)
        .run((random, number) -> {
          String pattern = new RandomPattern(random, number < 10).whole();
          Pattern java = Pattern.compile(pattern);
          RegexAutomaton ours = RegexAutomaton.of(pattern);
          for (int i = 0; i < 8; i++) {
            String prefix = randomText(random, 3);
            int state = ours.run(ours.start(), prefix.getBytes(UTF_8));
            if (state == ByteAutomaton.DEAD) {
              dead[0]++;
              assertNothingMatches(java, prefix, 2);
            } else {
              String text = prefix + acceptedFrom(ours, state);
              assertThat(java.matcher(text).matches()).as("%s on %s", pattern, text).isTrue();
            }
          }
        });
    assertThat(dead[0]).isBetween(500, 2000);
  }

  private static void assertNothingMatches(Pattern java, String prefix, int more) {
    assertThat(java.matcher(prefix).matches()).as("%s on %s", java, prefix).isFalse();
    if (more > 0) {
      LETTERS.forEach(letter -> assertNothingMatches(java, prefix + letter, more - 1));
    }
  }

  /** A shortest accepted continuation, by breadth-first search. */
  private static String acceptedFrom(RegexAutomaton automaton, int from) {
    Map<Integer, byte[]> paths = new HashMap<>(Map.of(from, new byte[0]));
    var open = new ArrayDeque<Integer>(List.of(from));
    while (!open.isEmpty()) {
      int state = open.poll();
      byte[] path = paths.getOrDefault(state, new byte[0]);
      if (automaton.accepts(state)) {
        return new String(path, UTF_8);
      }
      for (int b = 0; b < 256; b++) {
        int next = automaton.step(state, (byte) b);
        if (next != ByteAutomaton.DEAD && !paths.containsKey(next)) {
          byte[] longer = java.util.Arrays.copyOf(path, path.length + 1);
          longer[path.length] = (byte) b;
          paths.put(next, longer);
          open.add(next);
        }
      }
    }
    throw new AssertionError("a live state from which nothing is accepted");
  }

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
        "a(?=b)c~lookaround",
        "a(?<!b)c~lookaround",
        "(?>a)b~an atomic group",
        "(a)\\1~a back-reference \\1",
        "(?<n>a)\\k<n>~a back-reference \\k",
        "a*+b~a possessive quantifier",
        "a{2}+~a possessive quantifier",
        "\\bword~a word boundary \\b",
        "a^b~an anchor that is not at the start",
        "a$b~an anchor that is not at the start",
        "(^a|b)c~an anchor that is not at the start",
        "a\\zb~an anchor \\z in the middle",
        "a(?i)b~a flag after the start",
        "(?x)a b~a flag after the start",
        "(?m)^a$~a flag after the start",
        "\\R~the escape \\R",
        "\\X~the escape \\X",
        "\\cA~the escape \\c",
        "\\07~the escape \\0",
        "\\N{EURO SIGN}~the escape \\N",
        "[\\Qa]\\E]~\\Q inside a class",
        "[a&&b]~a class that contains no character",
        "\\ud83d\\ude00~half a surrogate pair",
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
  @ValueSource(strings = {"(a|b)*a(a|b){25}", "(a{100}){100}{2}", "(.{0,999}){999}", "a{99999999}"})
  void of_blowUp_isRefusedInOneSentence(String pattern) {
    assertThatThrownBy(() -> RegexAutomaton.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the regex " + pattern);
  }

  @Test
  void of_deepNesting_isRefused() {
    String pattern = "(".repeat(300) + "a" + ")".repeat(300);
    assertThatThrownBy(() -> RegexAutomaton.of(pattern)).hasMessageContaining("too large");
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

  private static String randomText(RandomGenerator random, int maxLength) {
    var text = new StringBuilder();
    int length = random.nextInt(maxLength + 1);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.get(random.nextInt(LETTERS.size())));
    }
    return text.toString();
  }
}
