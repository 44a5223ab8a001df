package io.tailwalk.verifiers.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.VerifierException;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns whose complete automaton would be exponentially large, and long repetitions. */
class RegexMemoryTest {
  private static final long BOUND = 30_000;

  /** Each of the 2^21 states is a set of places; the text decides which ones are made. */
  @Test
  void step_moreStatesThanAreKept_forgetsOldOnesAndStaysRight() {
    var automaton = new RegexAutomaton("[ab]*a[ab]{20}", BOUND);
    var random = new SplittableRandom(7);
    for (int round = 0; round < 20; round++) {
      int length = 500 + random.nextInt(50);
      StringBuilder text = new StringBuilder();
      int state = automaton.start();
      for (int i = 0; i < length; i++) {
        text.append(random.nextBoolean() ? 'a' : 'b');
        state = automaton.step(state, (byte) text.charAt(i));
        assertThat(state).isNotEqualTo(ByteAutomaton.DEAD);
        boolean expected = i >= 20 && text.charAt(i - 20) == 'a';
        assertThat(automaton.accepts(state)).isEqualTo(expected);
      }
      assertThat(automaton.kept()).isBetween(50, 700);
    }
  }

  /** A number that a mask was stored under never means another state. */
  @Test
  void step_numbers_areNotUsedTwice() {
    var automaton = new RegexAutomaton("[ab]*a[ab]{20}", BOUND);
    int early = automaton.run(automaton.start(), "ab".getBytes(UTF_8));
    int latest = early;
    var random = new SplittableRandom(8);
    for (int i = 0; i < 5000; i++) {
      latest = automaton.step(latest, (byte) (random.nextBoolean() ? 'a' : 'b'));
    }
    assertThat(latest).isGreaterThan(early);
    assertThatThrownBy(() -> automaton.step(early, (byte) 'a'))
        .isInstanceOf(VerifierException.class)
        .hasMessage(
            "the regex [ab]*a[ab]{20} needs more states at once than are kept; repeat less in it");
    int again = automaton.run(automaton.start(), "ab".getBytes(UTF_8));
    assertThat(again).isGreaterThan(early);
    assertThat(automaton.run(again, "b".repeat(20).getBytes(UTF_8))).isNotEqualTo(again);
  }

  @ParameterizedTest
  @CsvSource({
    "a{1000}, a, 1000, 1000",
    "(ab){2000}, ab, 2000, 2000",
    "'[a-z]{0,5000}', q, 0, 5000",
    "'(?:a?b?c?){2000}', abc, 0, 2000",
    "'(?:[a-z]{1,20} ){1,500}', 'word ', 1, 500",
    "'((a{10}){10,20}){10}', 'aaaaaaaaaa', 100, 200",
    "a{200000}, a, 200000, 200000",
    "'(a{3,4}){5,6}', a, 15, 24",
    "'(a{2,3}b?){0,100}', aab, 0, 100",
    "'(?=a*$)(?:a{0,30}){20}', a, 0, 600",
  })
  void accepts_longRepetitions_countExactly(String pattern, String part, int min, int max) {
    var automaton = RegexAutomaton.of(pattern);
    for (int count : new int[] {min - 1, min, (min + max) / 2, max, max + 1}) {
      if (count >= 0) {
        int state = automaton.run(automaton.start(), part.repeat(count).getBytes(UTF_8));
        boolean accepted = state != ByteAutomaton.DEAD && automaton.accepts(state);
        assertThat(accepted).as("%d times", count).isEqualTo(count >= min && count <= max);
      }
    }
  }

  /** The states made are those of the text, not all 2^15 and more. */
  @ParameterizedTest
  @ValueSource(
      strings = {".*a.{14}", ".*a.{20}", "(a|b)*a(a|b){25}", ".*a.{5000}", "(?:.*a){0,500}"})
  void of_exponentialPatterns_makesFewStates(String pattern) {
    var automaton = RegexAutomaton.of(pattern);
    assertThat(automaton.kept()).isEqualTo(1);
    automaton.run(automaton.start(), "abba".repeat(25).getBytes(UTF_8));
    assertThat(automaton.kept()).isBetween(2, 101);
  }

  /** Each character doubles the sets of conditions that the rest may have to fulfil. */
  @Test
  void of_tooManyReadings_isRefusedInOneSentence() {
    String pattern = "(?:(?=[abd]*a[abd]{30}c)[abd]|(?=[abd]*b[abd]{30}c)[abd])*c";
    assertThatThrownBy(() -> RegexAutomaton.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a regex has look-ahead under which a text has over 2000 readings; write it without"
                + " look-ahead in a repeated choice");
  }

  /** A condition that another reading has too adds none. */
  @Test
  void of_conditionsOnSeveralWays_areFollowed() {
    var automaton = RegexAutomaton.of("(?:(?=.*x)[a-z]|(?=.*y)[a-z]|(?=.*z)[a-z]|[abc])*");
    int state = automaton.run(automaton.start(), "dad".repeat(200).getBytes(UTF_8));
    assertThat(automaton.accepts(state)).isFalse();
    assertThat(automaton.accepts(automaton.step(state, (byte) 'y'))).isTrue();
  }

  /** Written out, these have up to a billion positions, of which a text is at thousands. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "(a{0,1000}){0,1000}~a~500",
        "(?:(?:a{0,1000}b?){0,1000}c?){0,1000}~aabc~500",
        "([a-z]{1,100}[a-z]){0,1000}~x~1000",
        "(?:(?:a|bc){0,1000}d?){0,1000}~abcd~300",
        ".*a.{0,1000}~ab~1000",
      })
  void step_nestedCounts_areFollowedWithFewPositions(String pattern, String part, int count) {
    var automaton = RegexAutomaton.of(pattern);
    byte[] text = part.repeat(count).getBytes(UTF_8);
    int state = automaton.run(automaton.start(), text);
    assertThat(automaton.accepts(state)).isTrue();
    assertThat(automaton.nodes()).isLessThan(20 * text.length + 20_000);
  }

  @Test
  void current_manyCopies_beginsAgain() {
    var automaton = RegexAutomaton.of("a{300000}b|c");
    assertThat(automaton.current()).isSameAs(automaton);
    int state = automaton.run(automaton.start(), "a".repeat(300_000).getBytes(UTF_8));
    assertThat(automaton.accepts(automaton.step(state, (byte) 'b'))).isTrue();
    var next = (RegexAutomaton) automaton.current();
    assertThat(next.nodes()).isLessThan(100);
    assertThat(next.accepts(next.step(next.start(), (byte) 'c'))).isTrue();
  }

  /** Both conditions contradict each other after 21 letters, behind 2^21 situations. */
  @Test
  void of_contradictionTooFarAhead_countsAsAlive() {
    var automaton = RegexAutomaton.of("(?=[ab]*a[ab]{20}$)(?=[ab]*b[ab]{20}$)[ab]*");
    int state = automaton.run(automaton.start(), "abba".repeat(10).getBytes(UTF_8));
    assertThat(state).isNotEqualTo(ByteAutomaton.DEAD);
    assertThat(automaton.accepts(state)).isFalse();
  }

  /**
   * Several threads walk the same automaton while it forgets states. A thread that sleeps for long
   * begins again.
   */
  @Test
  void step_severalThreads_agree() throws InterruptedException {
    var automaton = new RegexAutomaton("[ab]*a[ab]{12}", 1_000_000);
    var failures = new ConcurrentLinkedQueue<String>();
    var done = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      var random = new SplittableRandom(t);
      threads[t] =
          Thread.ofPlatform()
              .start(() -> {
                StringBuilder text = new StringBuilder();
                int state = automaton.start();
                for (int i = 0; i < 3000; i++) {
                  text.append(random.nextBoolean() ? 'a' : 'b');
                  Reached reached = stepOrBeginAgain(automaton, state, text);
                  state = reached.state;
                  boolean expected = i >= 12 && text.charAt(i - 12) == 'a';
                  if (reached.accepts != expected) {
                    failures.add("at " + i);
                  }
                  done.incrementAndGet();
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(done).hasValue(4 * 3000);
  }

  private record Reached(int state, boolean accepts) {}

  private static Reached stepOrBeginAgain(RegexAutomaton automaton, int from, StringBuilder text) {
    int state = from;
    while (true) {
      try {
        int next = automaton.step(state, (byte) text.charAt(text.length() - 1));
        return new Reached(next, automaton.accepts(next));
      } catch (VerifierException e) {
        byte[] before = text.substring(0, text.length() - 1).getBytes(UTF_8);
        state = automaton.run(automaton.start(), before);
      }
    }
  }
}
