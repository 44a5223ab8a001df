package io.tailwalk.verifiers.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.testkit.Sweep;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.testkit.VerifierContract;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GbnfTest {

  private static GrammarAutomaton automaton(String grammar) {
    return new GrammarAutomaton(GbnfParser.parse("g.gbnf", grammar));
  }

  private static int after(ByteAutomaton automaton, String text) {
    return automaton.run(automaton.start(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean accepts(ByteAutomaton automaton, String text) {
    int state = after(automaton, text);
    return state != ByteAutomaton.DEAD && automaton.accepts(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "root ::= \"a\" \"b\"~ab~true",
        "root ::= \"a\" \"b\"~a~false",
        "root ::= [a-c]+ | \"x\"~cab~true",
        "root ::= [a-c]+ | \"x\"~cx~false",
        "root ::= [^a\\]]* # all but\\n~b[~true",
        "root ::= [^a\\]]*~b]~false",
        "root ::= . . \"!\"~\u00e9\u20ac!~true",
        "root ::= [\u00e0-\u00ef]{2}~\u00e9\u00e9~true",
        "root ::= [\u00e0-\u00ef]{2}~\u00e9\u00f9~false",
        "root ::= \"a\"{2,3}~aa~true",
        "root ::= \"a\"{2,3}~aaaa~false",
        "root ::= \"a\"{2,}~aaaaa~true",
        "root ::= \"\\x41\\u00e9\\\\\"~A\u00e9\\~true",
        "root ::= (\"a\" |\\n \"b\")* \"c\"~abac~true",
        "root ::= \"a\"\\n  | \"b\"\\n# end~b~true",
        "root ::= \"(\" root \")\" | \"\"~((()))~true",
        "root ::= \"(\" root \")\" | \"\"~((())~false",
        "root ::= item (\",\" item)*\\nitem ::= [0-9]+~1,22,3~true",
        "root ::= \"ab\"+ \"c\"?~ababc~true",
        "root ::= (line \"\\x0A\"?)*\\nline ::= [^\\x0A]*~ab~true",
        "root ::= (a? b?)+\\na ::= \"a\"\\nb ::= \"b\"~abba~true",
        "root ::= (a? b?)+\\na ::= \"a\"\\nb ::= \"b\"~abc~false",
        "root ::= ws* \"x\" ws*\\nws ::= [ \\x09]*~  x ~true",
        "root ::= \"x\" (\" \"?)+ \"y\"~xy~true",
        "root ::= ((\"a\"*)*)* \"b\"~aab~true",
        "root ::= \"a\"{0} \"b\"~b~true",
        "root ::= \"a\"{0,0} \"b\"~ab~false",
        "root ::= \"a\"{ 2 , 4 }~aaa~true",
        "root ::= \"a\"{ 2 , 4 }~a~false",
        "root ::= \"a\"{,3}~aa~true",
        "root ::= \"a\"{,3}~aaaa~false",
        "root ::= \"it\\'s\" \"\\.\"~it's.~true",
      })
  void accepts_notation_isLlamaCpps(String grammar, String text, boolean accepted) {
    assertThat(accepts(automaton(grammar.replace("\\n", "\n")), text)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "rot ::= \"a\"~line 1 column 1: the rule root is missing",
        "root ::= a\\n\\nb ::= \"x\"~line 1 column 10: the rule a is used but not defined",
        "root ::= \"a~line 1 column 12: a text has an opening \" and no closing one",
        "root ::= \"a\"\\nb ::= [a-~line 2 column 10: a class has an opening [ and no closing ]",
        "root ::= (\"a\"~line 1 column 14: a group is not closed",
        "root ::= root \"a\" | \"a\"~g.gbnf: the rule root begins with itself",
        "root ::= e root \"a\" | \"a\"\\ne ::= \"b\"?~g.gbnf: the rule root begins with itself",
        "root ::= \"a\" root~g.gbnf: the rule root derives no text",
        "root = \"a\"~line 1 column 6: expected ::= after root",
        "root ::= \"a\"\\nroot ::= \"b\"~line 2 column 9: the rule root is defined twice",
        "root ::= \"a\"{3,2}~line 1 column 13: a repetition is {m}, {m,}, {,n} or {m,n}",
        "root ::= \"a\"{20000}~line 1 column 14: a grammar repeats an item at most 10,000 times; put one",
        "root ::= \"a\"{2, 99999999999}~line 1 column 17: a grammar repeats an item at most 10,000 times",
        "root ::= \"a\"{}~line 1 column 13: a repetition is",
        "root ::= <[1000]>~line 1 column 10: tokens such as <[id]> are not supported",
        "root ::= !<think>~line 1 column 10: tokens such as",
        "root ::= 'a'~line 1 column 10: texts are in double quotes",
        "start: \"a\"~line 1 column 7: expected ::= after start; Lark",
        "root ::= [\\d]~line 1 column 11: \\d is not an escape",
        "root ::= (\"a\"? root? \"b\"?) \"c\"? \"d\"?~begins with itself",
        "root ::= \"\\q\"~line 1 column 11: \\q is not an escape",
        "root ::= \"a\" )~line 1 column 14: \")\" is unexpected here",
        "root ::= [z-a]~line 1 column 14: a class has a range that goes backwards",
      })
  void parse_badGrammar_namesTheLine(String grammar, String message) {
    assertThatThrownBy(() -> GbnfParser.parse("g.gbnf", grammar.replace("\\n", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("g.gbnf")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  /**
   * Random grammars against their languages, made by expanding right-hand sides: the same short
   * texts are accepted, every prefix of one is alive, and every live prefix can be completed.
   */
  @Test
  void automaton_randomGrammars_followTheLanguageExactly() {
    Sweep.of(20251124)
        .cases(300)
        .run((random, _) -> {
          var grammar = RandomGrammar.of(random);
          GrammarAutomaton automaton;
          try {
            automaton = automaton(grammar.text());
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).containsAnyOf("begins with itself", "derives no text");
            return;
          }
          Set<String> language = grammar.language(5);
          Set<String> begun = new HashSet<>();
          language.forEach(text -> {
            for (int i = 0; i <= text.length(); i++) {
              begun.add(text.substring(0, i));
            }
          });
          for (String text : RandomGrammar.texts(5)) {
            int state = after(automaton, text);
            boolean alive = state != ByteAutomaton.DEAD;
            assertThat(alive && automaton.accepts(state)).isEqualTo(language.contains(text));
            assertThat(alive || !begun.contains(text)).as(grammar.text() + text).isTrue();
            assertThat(!alive || canFinish(automaton, state))
                .as(grammar.text() + text + " cannot end")
                .isTrue();
          }
        });
  }

  /** Counted repetitions within one another, and the numbers of characters of their texts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "(\"a\"{0,1000}){0,1000}~a~0-1000000",
        "(\"a\"{1000}){20}~a~20000-20000",
        "(\"a\"{0,30}){20}~a~0-600",
        "(\"a\"{2,3}){0,4}~a~0-0,2-12",
        "(\"a\"{2,3} \"b\"?){5,100}~a~10-300",
        "((\"a\"{0,200} \"b\"?){0,200} \"c\"?){0,200}~a~0-8000000",
        "([a-z]{1,100} [a-z]){0,1000}~a~0-0,2-101000",
        "(\"a\"{3}){4}~a~12-12",
        "(\"a\"{5,} \"b\"?){2}~a~10-1000000",
        "([a-c]{0,9} \"b\"{0,3})*~b~0-1000000",
      })
  void step_nestedCounts_areFollowedWithFewStacks(String root, String part, String lengths) {
    var automaton = automaton("root ::= " + root);
    int state = automaton.start();
    for (int count = 0; count <= 1500; count++) {
      int now = count;
      boolean expected =
          Arrays.stream(lengths.split(","))
              .map(range -> range.split("-"))
              .anyMatch(r -> Integer.parseInt(r[0]) <= now && now <= Integer.parseInt(r[1]));
      boolean accepted = state != ByteAutomaton.DEAD && automaton.accepts(state);
      assertThat(accepted).as("%d times", count).isEqualTo(expected);
      state = state == ByteAutomaton.DEAD ? state : automaton.step(state, (byte) part.charAt(0));
    }
  }

  private static boolean canFinish(GrammarAutomaton automaton, int from) {
    Set<Integer> seen = new HashSet<>(Set.of(from));
    List<Integer> open = new java.util.ArrayList<>(List.of(from));
    for (int i = 0; i < open.size() && i < 100_000; i++) {
      if (automaton.accepts(open.get(i))) {
        return true;
      }
      for (byte b : new byte[] {'a', 'b'}) {
        int next = automaton.step(open.get(i), b);
        if (next != ByteAutomaton.DEAD && seen.add(next)) {
          open.add(next);
        }
      }
    }
    return false;
  }

  @Test
  void step_ambiguousGrammar_isRefusedRatherThanLeftToGrow() {
    var automaton = automaton("root ::= s\ns ::= \"a\" | \"a\" s s | \"a\" s s s");
    assertThat(after(automaton, "aaaa")).isNotEqualTo(ByteAutomaton.DEAD);
  }

  @Nested
  class Contract extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return new AutomatonVerifier(
          "grammar:g",
          automaton(
              "root ::= sum\nsum ::= part (\"+\" part)*\npart ::= [\u00e8-\u00ea] | \"(\" sum \")\""));
    }

    /** The accented letter is split. */
    @Override
    protected Vocabulary vocabulary() {
      return TestVocabulary.ofBytes(
          List.of(
              new byte[] {'('},
              new byte[] {(byte) 0xC3},
              new byte[] {(byte) 0xA9},
              new byte[] {')', ')'},
              new byte[] {')', '+'}));
    }

    @Override
    protected int maxTokens() {
      return 6;
    }
  }
}
