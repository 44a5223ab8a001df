package io.tailwalk.verifiers.regex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.Closure;
import io.tailwalk.testkit.MaskChecks;
import java.util.List;
import java.util.Objects;
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
    assertThat(MaskChecks.assertOnRandomTexts(pattern, fresh, PIECES)).isGreaterThan(100);
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
