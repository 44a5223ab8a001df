package io.tailwalk.lab.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.runs.work.Watch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of the verdict, and the samplers that must not pass it in VGB's place. */
class DuelTest {
  private static final LanguageModel MODEL = BuiltinModels.open("builtin:austen");
  private static final Controls GOOD = new Controls(20, 20, 20);
  private static final DuelPlan SMALL = new DuelPlan(8, 8, 24, 96, List.of(0.1, 0.3));

  /** Runs an entrant for it with a judge that always prefers the entrant. */
  private static DuelVerdict flattered(Entrant entrant) {
    var runs = new DuelRuns(SMALL, entrant, MODEL, (_, _, _) -> 1, (_, _) -> 0.0, 100);
    return DuelVerdict.of(entrant.label(), new DuelResults(runs.run(Watch.NONE), GOOD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4"})
  void verdict_greedyOrBeamInVgbsPlace_failsThoughTheJudgePrefersIt(String width) {
    DuelVerdict verdict = flattered(Entrant.named("beam", Map.of("beam_width", width)));
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.summary())
        .anySatisfy(line -> assertThat(line).contains("self-BLEU").endsWith("fails"));
  }

  @Test
  void verdict_bestOfNInVgbsPlace_failsSinceItReturnsNothing() {
    DuelVerdict verdict = flattered(Entrant.named("best-of-n", Map.of("parallel", "1")));
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.summary())
        .anySatisfy(line -> assertThat(line).contains("fails: the interval"));
  }

  @Test
  void verdict_actionLevelAgainstItselfByAFairCoin_fails() {
    DuelVerdict verdict = DuelVerdict.of("x", made(30, i -> i % 2 == 0 ? 1 : -1, i -> varied(i)));
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void verdict_preferredAndVaried_holdsUnlessTheJudgeCannotTell() {
    DuelResults results = made(30, _ -> 1, DuelTest::varied);
    assertThat(DuelVerdict.of("x", results).holds()).isTrue();
    var coin = new Controls(20, 20, 12);
    DuelVerdict blind = DuelVerdict.of("x", new DuelResults(results.duels(), coin));
    assertThat(blind.holds()).isFalse();
    assertThat(blind.summary().getFirst()).contains("the judge cannot tell");
  }

  @Test
  void verdict_preferredButRepetitive_fails() {
    DuelResults results = made(30, _ -> 1, i -> "a story of a story of a story of a story " + i);
    assertThat(DuelVerdict.of("x", results).holds()).isFalse();
  }

  @Test
  void verdict_aTextViolatesItsConstraint_fails() {
    List<Duel> duels = new ArrayList<>(made(30, _ -> 1, DuelTest::varied).duels());
    Duel first = duels.getFirst();
    duels.set(
        0,
        new Duel(
            first.constraint(), 0, 0.1, first.entrant(), first.action(), 1, -1, -1, false, 96));
    assertThat(DuelVerdict.of("x", new DuelResults(duels, GOOD)).holds()).isFalse();
  }

  @Test
  void winRate_noCompletion_isALoss() {
    assertThat(new Duel("c", 0, 0.1, "", "a", Double.NaN, 0, 0, true, 96).win()).isZero();
    assertThat(new Duel("c", 0, 0.1, "a", "", Double.NaN, 0, 0, true, 96).win()).isEqualTo(1);
    assertThat(new Duel("c", 0, 0.1, "", "", Double.NaN, 0, 0, true, 96).win()).isEqualTo(0.5);
  }

  /** Under the other constraints it must not lose; winning there does not help. */
  @Test
  void verdict_otherConstraints_countIfTheyAreLost() {
    List<Duel> duels = new ArrayList<>(made(30, _ -> 1, DuelTest::varied).duels());
    duels.addAll(under("short words", made(30, i -> i % 2 == 0 ? 1 : -1, DuelTest::varied)));
    assertThat(DuelVerdict.of("x", new DuelResults(duels, GOOD)).holds()).isTrue();
    duels.addAll(under("no taboo words", made(30, _ -> -1, DuelTest::varied)));
    assertThat(DuelVerdict.of("x", new DuelResults(duels, GOOD)).holds()).isFalse();
    List<Duel> onlyOthers =
        new ArrayList<>(made(30, i -> i % 2 == 0 ? 1 : -1, DuelTest::varied).duels());
    onlyOthers.addAll(under("short words", made(30, _ -> 1, DuelTest::varied)));
    assertThat(DuelVerdict.of("x", new DuelResults(onlyOthers, GOOD)).holds()).isFalse();
  }

  private static List<Duel> under(String constraint, DuelResults made) {
    List<Duel> duels = new ArrayList<>();
    for (Duel d : made.duels()) {
      duels.add(
          new Duel(
              constraint,
              d.pair(),
              d.alpha(),
              d.entrant(),
              d.action(),
              d.logOdds(),
              -1,
              -1,
              true,
              96));
    }
    return duels;
  }

  private static String varied(int i) {
    return "word" + i + " one" + 7 * i + " two" + 3 * i + " three" + i + " four" + 5 * i;
  }

  private static DuelResults made(
      int pairs,
      java.util.function.IntToDoubleFunction odds,
      java.util.function.IntFunction<String> text) {
    List<Duel> duels = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      for (double alpha : new double[] {0.1, 0.5}) {
        String other = varied(100 + i);
        duels.add(
            new Duel(
                "no letter e",
                i,
                alpha,
                text.apply(i),
                other,
                odds.applyAsDouble(i),
                -1,
                -1,
                true,
                96));
      }
    }
    return new DuelResults(duels, GOOD);
  }

  @Test
  void controls_aJudgeOfRepetition_andOneThatIsBlind() {
    Preference repetition =
        (_, one, other) -> Repetition.distinct(one, 1) - Repetition.distinct(other, 1);
    assertThat(Controls.of(repetition, 1).overRepeated()).isEqualTo(20);
    assertThat(Controls.of(repetition, 1).passed()).isFalse();
    assertThat(new Controls(20, 15, 15).passed()).isTrue();
    assertThat(new Controls(20, 14, 20).passed()).isFalse();
    assertThat(Controls.of((_, _, _) -> 0, 1).overShuffled()).isZero();
  }

  /** It has forgotten the examples after a few characters, so that they make no difference. */
  @Test
  void exampleJudge_aModelThatSeesAFewCharacters_cannotTell() {
    try (var judge = new ExampleJudge(MODEL)) {
      assertThat(Controls.of(judge, 1).passed()).isFalse();
    }
  }

  @Test
  void exampleJudge_pairInTheOtherOrder_changesTheSign() {
    try (var judge = new ExampleJudge(MODEL)) {
      String one = "She was a woman of mean understanding.";
      String other = "of of woman";
      assertThat(judge.logOdds("", one, other)).isEqualTo(-judge.logOdds("", other, one));
      assertThat(judge.logOdds("", one, " " + one + "\n")).isZero();
    }
  }

  @Test
  void repetition_knownTexts() {
    assertThat(Repetition.distinct("a b a b a", 2)).isEqualTo(0.5);
    assertThat(Repetition.distinct("a", 2)).isZero();
    assertThat(Repetition.selfBleu(List.of("a b c d", "a b c d"), 0)).isCloseTo(1, within(1e-12));
    assertThat(Repetition.selfBleu(List.of("a b c d", "e f g h"), 0)).isZero();
    // Single words 2 of 4; pairs (1 + 1) of 4, triples 1 of 3, fours 1 of 2.
    assertThat(Repetition.selfBleu(List.of("a b c d", "a b x y"), 0))
        .isCloseTo(Math.pow(0.5 * 0.5 / 3 / 2, 0.25), within(1e-12));
    assertThat(Repetition.compressedShare("la la la la la la la la la la la"))
        .isLessThan(Repetition.compressedShare("The quick brown fox jumps over a lazy dog"));
  }

  @Test
  void forbiddenWords_wholeWordsInEitherCase() {
    var words = new ForbiddenWords(List.of("the", "them", "was"));
    assertThat(accepts(words, "Then a wasp sat")).isTrue();
    assertThat(accepts(words, "a The end")).isFalse();
    assertThat(accepts(words, "see them")).isFalse();
    assertThat(accepts(words, "it was")).isFalse();
    assertThat(accepts(words, "bathe a fetus")).isTrue();
  }

  private static boolean accepts(ForbiddenWords words, String text) {
    int state = words.run(words.start(), text.getBytes(StandardCharsets.UTF_8));
    return state != ByteAutomaton.DEAD && words.accepts(state);
  }
}
