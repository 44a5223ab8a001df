package io.tailwalk.verifiers.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Closure;
import io.tailwalk.testkit.MaskChecks;
import io.tailwalk.testkit.Sweep;
import io.tailwalk.testkit.TestVocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexMasksTest {
  private static final List<String> PIECES =
      List.of("a", "b", "Z", "\"", "\\", " ", "é", "à", "€", "中", "😀", "\u2028", "\n", "1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".{1,1000}",
        ".{2,7}",
        "[^b]{0,9}",
        "(?s).{3}",
        "[a-zé]{1,6}|1",
        "a?.{0,5}",
        "(?:.{0,4}\n){1,3}",
        "(?:.{0,3}b){0,5}",
        "(?=.*1).{1,8}",
        "(?<!a).{1,8}",
        ".{1,5}(?=b)b",
        "\\S{1,6}| .{0,3}",
      })
  void masks_randomTexts_equalTokenByToken(String pattern) {
    Supplier<RegexAutomaton> fresh = () -> RegexAutomaton.of(pattern);
    var live = new AtomicInteger();
    Sweep.of(pattern.hashCode())
        .cases(6)
        .run((random, _) -> {
          TestVocabulary vocabulary = MaskChecks.vocabulary(random, 250, PIECES);
          RegexAutomaton automaton = fresh.get();
          var verifier = new AutomatonVerifier(pattern, automaton);
          int[] text = {};
          for (int i = 0; i < 10; i++) {
            live.addAndGet(MaskChecks.assertTokenByToken(verifier, fresh, vocabulary, text));
            int state = automaton.run(automaton.start(), vocabulary.decodeBytes(text));
            int[] more =
                random
                    .ints(400, 0, vocabulary.size())
                    .filter(t ->
                        vocabulary.bytes(t).length > 0
                            && automaton.run(state, vocabulary.bytes(t)) != ByteAutomaton.DEAD)
                    .limit(1)
                    .toArray();
            int length = more.length == 0 ? text.length / 2 : text.length;
            text = Arrays.copyOf(text, length + more.length);
            System.arraycopy(more, 0, text, length, more.length);
          }
        });
    assertThat(live.get()).isGreaterThan(100);
  }

  @Test
  void closure_countedRepetitionAtTheEnd_isKnownWithoutStates() {
    var automaton = RegexAutomaton.of("x.{1,1000}");
    int state = automaton.run(automaton.start(), "xabc".getBytes(UTF_8));
    int kept = automaton.kept();
    Closure closure = Objects.requireNonNull(automaton.closure(state));
    assertThat(automaton.kept()).isEqualTo(kept);
    assertThat(closure.room()).isEqualTo(997);
    assertThat(closure.isLimit()).isTrue();
    assertThat(closure.wideIsFree()).isTrue();
    assertThat(closure.freeLow() >> '\n' & 1).isZero();
    assertThat(closure.barredLow() >> '\n' & 1).isOne();
    assertThat(automaton.closure(automaton.start())).isNull();
  }
}
