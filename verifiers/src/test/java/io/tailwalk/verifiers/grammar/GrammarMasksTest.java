package io.tailwalk.verifiers.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.testkit.MaskChecks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks of grammars, and the bounds of what automata keep. */
class GrammarMasksTest {
  private static final List<String> PIECES =
      List.of("a", "b", "(", ")", "\"", "\\", " ", "é", "à", "€", "中", "😀", "\u2028", "\n", "1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root ::= [^\"\\\\]*",
        "root ::= \"\\\"\" ([^\"\\\\] | \"\\\\\" [\"\\\\n])* \"\\\"\"",
        "root ::= ([a-z]+ \" \"){2,6} [0-9é]",
        "root ::= \"(\" root \")\" | [à-ÿ€]* | \"1\"",
        "root ::= .{0,40}",
        "root ::= ([^a] | \"ab\")+ \"中\""
      })
  void masks_randomTexts_equalTokenByToken(String grammar) {
    Supplier<GrammarAutomaton> fresh =
        () -> new GrammarAutomaton(GbnfParser.parse("g.gbnf", grammar));
    assertThat(MaskChecks.assertOnRandomTexts(grammar, fresh, PIECES)).isGreaterThan(300);
  }

  @Test
  void current_manyStates_beginsAgainWithTheSameLanguage() {
    var automaton = new GrammarAutomaton(GbnfParser.parse("g.gbnf", "root ::= \"a\" root | \"b\""));
    assertThat(automaton.current()).isSameAs(automaton);
    var deep =
        new GrammarAutomaton(GbnfParser.parse("g.gbnf", "root ::= \"(\" root \")\" | \"b\""));
    byte[] text = "(".repeat(21_000).getBytes(StandardCharsets.UTF_8);
    int state = deep.run(deep.start(), text);
    var again = (GrammarAutomaton) deep.current();
    assertThat(deep.size()).isGreaterThan(GrammarAutomaton.MAX_STATES);
    assertThat(again).isNotSameAs(deep).isSameAs(deep.current());
    assertThat(again.size()).isLessThan(10);
    assertThat(deep.step(state, (byte) ')')).isEqualTo(ByteAutomaton.DEAD);
    int inside = again.run(again.start(), "((b".getBytes(StandardCharsets.UTF_8));
    assertThat(again.step(inside, (byte) ')')).isNotEqualTo(ByteAutomaton.DEAD);
    assertThat(again.step(inside, (byte) '(')).isEqualTo(ByteAutomaton.DEAD);
  }
}
