package io.tailwalk.verifiers.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.testkit.Sweep;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random patterns on random texts, against {@code java.util.regex}. */
class RegexDifferentialTest {
  private static final List<String> LETTERS =
      List.of(
          "a",
          "b",
          "B",
          "7",
          "-",
          "]",
          "\n",
          "\r",
          " ",
          "\u00e9",
          "\u00c9",
          "\u20ac",
          "\ud83d\ude00",
          "s",
          "k",
          "\u017f",
          "\u00df",
          "\u1e9e",
          "\u0301",
          "\u212a",
          "\u0085",
          "_");

  private static final List<String> FEW_LETTERS =
      List.of("a", "b", "B", "7", "-", "]", "\n", " ", "\u00e9", "\u20ac", "\ud83d\ude00");

  /** 3000 patterns without look-around, 20 of them with letter categories, each on 30 texts. */
  @Test
  void accepts_randomPatterns_agreesWithJava() {
    int[] matches = new int[1];
    Sweep.of(41)
        .cases(3000)
        .run((random, number) -> {
          String pattern = new RandomPattern(random, number < 20, false).whole();
          matches[0] += assertAgreement(random, pattern);
        });
    assertThat(matches[0]).isGreaterThan(2000);
  }

  /** 3000 patterns with anchors, boundaries, look-around and flags anywhere. */
  @Test
  void accepts_randomLookAround_agreesWithJava() {
    int[] matches = new int[1];
    Sweep.of(42)
        .cases(3000)
        .run((random, number) -> {
          String pattern = new RandomPattern(random, number < 20, true).whole();
          matches[0] += assertAgreement(random, pattern);
        });
    assertThat(matches[0]).isGreaterThan(2000);
  }

  private static int assertAgreement(RandomGenerator random, String pattern) {
    Optional<Pattern> java = java(pattern);
    if (java.isEmpty()) {
      return 0;
    }
    Optional<RegexAutomaton> ours = automaton(pattern);
    if (ours.isEmpty() && isRefused(pattern)) {
      return 0;
    }
    int matches = 0;
    for (int i = 0; i < 30; i++) {
      String text = text(random, java.get());
      boolean expected = java.get().matcher(text).matches();
      matches += expected ? 1 : 0;
      assertThat(ours.isPresent() && accepts(ours.get(), text))
          .as("%s on %s", pattern, text)
          .isEqualTo(expected);
    }
    return matches;
  }

  /** Each line is a misreading; the comparison must find it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "\\b~\\B",
        "(?=~(?!",
        "(?<=~(?<!",
        "(?<=~(?=",
        "$~\\z",
        "(?m:~(?:",
        "(?i:~(?:",
        "(?iu:~(?i:",
        "(?U:~(?:",
        "\\Z~\\z",
        "\\R~\\n",
        "{2}~+",
        "[^a]~.",
      })
  void comparison_plantedMisreading_findsIt(String right, String wrong) {
    int[] differences = new int[1];
    Sweep.of(42)
        .cases(1500)
        .run((random, number) -> {
          String pattern = new RandomPattern(random, false, true).whole();
          Optional<Pattern> java = java(pattern);
          if (java.isPresent() && pattern.contains(right) && !isRefused(pattern)) {
            String misread = pattern.replace(right, wrong == null ? "" : wrong);
            Optional<RegexAutomaton> ours = java(misread).flatMap(_ -> automaton(misread));
            for (int i = 0; i < 30; i++) {
              String text = text(random, java.get());
              boolean expected = java.get().matcher(text).matches();
              boolean found = ours.isPresent() && accepts(ours.get(), text);
              differences[0] += found != expected ? 1 : 0;
            }
          }
        });
    assertThat(differences[0]).isPositive();
  }

  /**
   * Prefix liveness on 300 patterns of each kind: for a dead state no continuation of up to two
   * letters matches in Java (sound); for a live state the continuation that it finds matches in
   * Java (complete).
   */
  @Test
  void step_randomPatterns_isDeadExactlyWhereNothingCanMatch() {
    int[] dead = new int[1];
    int[] live = new int[1];
    Sweep.of(43)
        .cases(600)
        .run((random, number) -> {
          String pattern = new RandomPattern(random, number < 10, number >= 300).whole();
          Optional<Pattern> java = java(pattern);
          if (java.isEmpty() || isRefused(pattern)) {
            return;
          }
          Optional<RegexAutomaton> ours = automaton(pattern);
          if (ours.isEmpty()) {
            assertNothingMatches(java.get(), "", 2);
            dead[0]++;
            return;
          }
          for (int i = 0; i < 8; i++) {
            String prefix = random(random, FEW_LETTERS, 3);
            int state = ours.get().run(ours.get().start(), prefix.getBytes(UTF_8));
            if (state == ByteAutomaton.DEAD) {
              dead[0]++;
              assertNothingMatches(java.get(), prefix, 2);
            } else {
              live[0]++;
              String text = prefix + acceptedFrom(ours.get(), state);
              assertThat(java.get().matcher(text).matches()).as("%s on %s", pattern, text).isTrue();
            }
          }
        });
    assertThat(dead[0]).isGreaterThan(1000);
    assertThat(live[0]).isGreaterThan(1000);
  }

  /** Java has no POSIX classes in brackets. */
  private static Optional<Pattern> java(String pattern) {
    try {
      return Optional.of(Pattern.compile(pattern.replace("[:alpha:]", "\\p{Alpha}")));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /** Empty if the pattern is refused or matches no text. */
  private static Optional<RegexAutomaton> automaton(String pattern) {
    try {
      return Optional.of(RegexAutomaton.of(pattern));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isRefused(String pattern) {
    try {
      RegexAutomaton.of(pattern);
      return false;
    } catch (IllegalArgumentException e) {
      assertThat(e)
          .hasMessageMatching(
              "(?s).*(matches no text at all|a look-behind without a greatest length, .*"
                  + "|a quantifier (on a quantifier|with nothing before it), .*)");
      return !String.valueOf(e.getMessage()).endsWith("matches no text at all");
    }
  }

  private static void assertNothingMatches(Pattern java, String prefix, int more) {
    assertThat(java.matcher(prefix).matches()).as("%s on %s", java, prefix).isFalse();
    if (more > 0) {
      FEW_LETTERS.forEach(letter -> assertNothingMatches(java, prefix + letter, more - 1));
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
          byte[] longer = Arrays.copyOf(path, path.length + 1);
          longer[path.length] = (byte) b;
          paths.put(next, longer);
          open.add(next);
        }
      }
    }
    throw new AssertionError("a live state from which nothing is accepted");
  }

  private static boolean accepts(RegexAutomaton automaton, String text) {
    int state = automaton.run(automaton.start(), text.getBytes(UTF_8));
    return state != ByteAutomaton.DEAD && automaton.accepts(state);
  }

  /**
   * A random text, half of the time one whose prefixes Java can continue, with a letter changed in
   * some. The JDK does not backtrack into a repeated {@code \R}, against its documentation, so that
   * such patterns meet no CR LF.
   */
  private static String text(RandomGenerator random, Pattern java) {
    String text = random.nextBoolean() ? random(random, LETTERS, 5) : guided(random, java);
    return java.pattern().contains("\\R") ? text.replaceAll("\r\n+", "\r") : text;
  }

  @SuppressWarnings("JdkObsolete") // whether more text could help is what is asked
  private static String guided(RandomGenerator random, Pattern java) {
    String text = "";
    for (int tries = 0; tries < 20 && text.length() < 6; tries++) {
      Matcher matcher = java.matcher(text);
      if (matcher.matches() && random.nextInt(3) == 0) {
        break;
      }
      String longer = text + LETTERS.get(random.nextInt(LETTERS.size()));
      Matcher next = java.matcher(longer);
      if (next.matches() || next.hitEnd()) {
        text = longer;
      }
    }
    return random.nextInt(4) == 0 ? text + LETTERS.get(random.nextInt(LETTERS.size())) : text;
  }

  private static String random(RandomGenerator random, List<String> letters, int maxLength) {
    var text = new StringBuilder();
    int length = random.nextInt(maxLength + 1);
    for (int i = 0; i < length; i++) {
      text.append(letters.get(random.nextInt(letters.size())));
    }
    return text.toString();
  }
}
