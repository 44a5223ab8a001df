package io.tailwalk.verifiers.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.Closure;
import io.tailwalk.testkit.MaskChecks;
import io.tailwalk.testkit.Sweep;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.verifiers.spec.SpecFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks of schemas, and the bounds of what automata keep. */
class SchemaMasksTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "ab",
          "c",
          "é",
          "ÿ",
          "€",
          "中",
          "😀",
          "\u2028",
          "\u0085",
          "\"",
          "\\",
          "\\u00",
          "\\ud83d\\ude00",
          "\\n",
          "\n",
          " ",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\":",
          "\",\"",
          "1",
          "10",
          "0",
          ".5",
          "e",
          "-",
          "true",
          "null",
          "2024-02-",
          "\u007f",
          "\u0001");

  private static final List<String> SCHEMAS =
      List.of(
          "{'type':'string'}",
          "{'maxLength':40,'minLength':2}",
          "{'type':'string','maxLength':3}",
          "{'type':'string','pattern':'^[^\\\\x00-\\\\x1f]*é?$'}",
          "{'type':'string','pattern':'^[a-zé]+$','maxLength':6}",
          "{'anyOf':[{'type':'string','maxLength':2},{'pattern':'^[^b]*$'}]}",
          "{'properties':{'é€':{'type':'integer'},'ab':{'type':'string'}},'required':['ab']}",
          "{'properties':{'a':{'enum':['é','中',1]}},'additionalProperties':false}",
          "{'patternProperties':{'^[^a]':{'type':'integer'},'é':true},'additionalProperties':false}",
          "{'propertyNames':{'pattern':'^.b'},'additionalProperties':{'type':'number'}}",
          "{'type':'array','items':{'type':'integer','minimum':0},'maxItems':3}",
          "{'type':['integer','null']}",
          "{'type':'string','pattern':'^[^b]*x?$','minLength':2,'maxLength':9}",
          "{'type':'string','pattern':'b','maxLength':7}",
          "{'anyOf':[{'pattern':'^a[^c]*$'},{'pattern':'^[abc1]*$','maxLength':5}]}",
          "{'type':'string','format':'email'}");

  private static Supplier<SchemaAutomaton> automata(String text) {
    var node = JsonTree.read(text);
    var library = new Library(node, SchemaFolder.none()::read);
    var patterns = new ConcurrentHashMap<String, EcmaPattern>();
    new SchemaCheck(library, patterns, node).check();
    var choices = new Choices(new SchemaReader(library, patterns, true));
    var goals = choices.of(List.of(new Term.Of(library.root(), false)));
    return () -> new SchemaAutomaton(() -> new Walk(choices, goals));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void masks_randomTexts_equalTokenByToken(int number) {
    Supplier<SchemaAutomaton> fresh = automata(SCHEMAS.get(number).replace('\'', '"'));
    var live = new AtomicInteger();
    Sweep.of(71 + number)
        .cases(4)
        .run((random, _) -> {
          TestVocabulary vocabulary = MaskChecks.vocabulary(random, 250, PIECES);
          SchemaAutomaton automaton = fresh.get();
          var verifier = new AutomatonVerifier("schema " + number, automaton);
          int[] text = {};
          for (int i = 0; i < 12; i++) {
            live.addAndGet(MaskChecks.assertTokenByToken(verifier, fresh, vocabulary, text));
            text = extended(text, automaton, vocabulary, random);
          }
        });
    assertThat(live.get()).isGreaterThan(300);
  }

  /** A text with one more token that leaves it alive, or without its last ones if there is none. */
  private static int[] extended(
      int[] text, SchemaAutomaton automaton, TestVocabulary vocabulary, RandomGenerator random) {
    int state = automaton.run(automaton.start(), vocabulary.decodeBytes(text));
    List<Integer> live = new ArrayList<>();
    for (int token = 0; token < vocabulary.size(); token++) {
      byte[] bytes = vocabulary.bytes(token);
      if (bytes.length > 0 && automaton.run(state, bytes) != SchemaAutomaton.DEAD) {
        live.add(token);
      }
    }
    if (live.isEmpty()) {
      return Arrays.copyOf(text, text.length / 2);
    }
    int[] longer = Arrays.copyOf(text, text.length + 1);
    longer[text.length] = live.get(random.nextInt(live.size()));
    return longer;
  }

  @Test
  void plain_everyTwoBytes_leavesTheSameBytesWellFormed() {
    for (int first = 0; first < 256; first++) {
      Decoder one = Decoder.START.with((byte) first, _ -> {});
      for (int second = 0; second < 256; second++) {
        Decoder two = one.with((byte) second, _ -> {});
        assertThat(one.plain().with((byte) second, _ -> {}).mode()).isEqualTo(two.mode());
        for (int third = 0x70; third < 256 && two.mode() == Decoder.Mode.UTF8; third++) {
          assertThat(two.plain().with((byte) third, _ -> {}).mode())
              .isEqualTo(two.with((byte) third, _ -> {}).mode());
        }
      }
    }
  }

  @Test
  void current_manyStates_beginsAgainWithTheSameMasks() {
    String schema = "{'items':{'type':'string','maxLength':30000}}".replace('\'', '"');
    var verifier =
        JsonSchemaVerifier.of(new SpecFiles.Loaded("s.json", schema, ""), true, SchemaFolder.none())
            .shape();
    TestVocabulary vocabulary = TestVocabulary.of("a", "[\"", "\"]", "é", "\"\"");
    var first = (SchemaAutomaton) verifier.automaton().current();
    byte[] text = ("[\"" + "a".repeat(25_000)).getBytes(StandardCharsets.UTF_8);
    int state = first.run(first.start(), text);
    assertThat(first.size()).isGreaterThan(SchemaAutomaton.MAX_STATES);
    var second = (SchemaAutomaton) verifier.automaton().current();
    assertThat(second).isNotSameAs(first).isSameAs(verifier.automaton().current());
    assertThat(second.size()).isLessThan(100);
    // The states of the first one still mean what they did.
    assertThat(first.step(state, (byte) 'a')).isNotEqualTo(SchemaAutomaton.DEAD);
    int[] tokens = vocabulary.encode("[\"aé");
    assertThat(MaskChecks.assertTokenByToken(verifier, automata(schema), vocabulary, tokens))
        .isEqualTo(5);
  }

  /** Within a string with a pattern, characters that the pattern repeats are found at once. */
  @Test
  void closure_stringsWithPatterns_nameTheCharactersThatRepeat() {
    SchemaAutomaton word = automata("{\"pattern\":\"^[a-z]+1$\",\"maxLength\":9}").get();
    Closure open = word.closure(word.run(word.start(), "\"ab".getBytes(StandardCharsets.UTF_8)));
    assertThat(open.freeHigh()).isEqualTo(0x3FFFFFFL << ('a' - 0x40));
    assertThat(open.freeLow()).isZero();
    assertThat(open.room()).isEqualTo(6);
    assertThat(open.isLimit()).isTrue();
    assertThat(open.barredHigh() >> ('A' - 0x40) & 1).isOne();
    assertThat(open.barredLow() >> '"' & 1).isZero();
    assertThat(open.wideIsBarred()).isTrue();
    SchemaAutomaton found = automata("{\"pattern\":\"b\"}").get();
    int behind = found.run(found.start(), "\"abb".getBytes(StandardCharsets.UTF_8));
    assertThat(found.closure(behind).wideIsFree()).isTrue();
    assertThat(found.closure(behind).room()).isEqualTo(Closure.ENDLESS);
  }

  @Test
  void forgetMany_manySets_beginsAgainWithNone() {
    var library = new Library(JsonTree.read("true"), SchemaFolder.none()::read);
    var choices = new Choices(new SchemaReader(library, new ConcurrentHashMap<>(), true));
    for (int i = 0; i <= Choices.MAX_KNOWN; i++) {
      Shape longer = Shape.ofStrings(new StringShape(null, i, Dfa.ENDLESS));
      assertThat(choices.of(List.of(new Term.In(longer)))).hasSize(1);
      choices.forgetMany();
    }
    assertThat(choices.kept()).isLessThan(2);
  }
}
