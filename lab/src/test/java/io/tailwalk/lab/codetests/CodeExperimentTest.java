package io.tailwalk.lab.codetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.ngram.ByteVocabulary;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.report.Estimate;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Completion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Kinds, distances, the verdict both ways, and a small run on a builtin model. */
class CodeExperimentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "([1, 2], 3) == [1, 2, 3]|INTEGERS",
        "([], 1) == [1]|EMPTY",
        "([1, 2.5], 3) == x|FLOATS",
        "(['a', \"b\"], 3) == x|STRINGS",
        "(['a', 2], 3) == x|MIXED",
        "([[1], 2], 3) == x|MIXED",
        "([x], 3) == x|MIXED",
        "(list(), 3) == [3]|OTHER",
        "(5, 12) == -7|DIGIT",
        "(-5) == False|INTEGER",
        "(12, 5) == 7|INTEGER",
        "( 2.5, 1) == 1.5|FLOAT",
        "('abc') == 'ABC'|WORD",
        "(\"\") == ''|WORD",
        "('a b') == 'A B'|PHRASE",
        "(x) == 1|OTHER",
        "(12 + 1) == False|OTHER"
      })
  void kind_ofLine_isThatOfTheFirstArgument(String line, CaseKind kind) {
    assertThat(CaseKind.of(line)).isEqualTo(kind);
  }

  private static Completion line(int length, String text, double weight) {
    List<Integer> tokens = new ArrayList<>();
    List<Double> logProbs = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      tokens.add(1);
      logProbs.add(-1.0);
    }
    return new Completion(tokens, text, logProbs, 0, FinishReason.STOP, weight);
  }

  @Test
  void distances_knownDistributions_areWassersteinAndTotalVariation() {
    CaseDistribution one =
        CaseDistribution.of(List.of(line(4, "([1], 2", 3), line(8, "(['a'], 2", 1)));
    CaseDistribution other = CaseDistribution.of(List.of(line(6, "([1], 2", 1)));
    // Three quarters move two tokens, a quarter moves two the other way.
    assertThat(one.lengthDistance(other)).isCloseTo(2, within(1e-12));
    assertThat(one.kindDistance(other)).isCloseTo(0.25, within(1e-12));
    assertThat(one.meanLength()).isCloseTo(5, within(1e-12));
    assertThat(one.logProb()).isCloseTo(-5, within(1e-12));
    assertThat(one.logProbDistance(other)).isCloseTo(1, within(1e-12));
    CaseDistribution none = CaseDistribution.of(List.of());
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.lengthDistance(one)).isNaN();
    assertThat(none.logProbDistance(one)).isNaN();
    assertThat(CaseDistribution.mean(List.of(one, none, other)).meanLength())
        .isCloseTo(5.5, within(1e-12));
  }

  private static final CallResults RESULTS =
      new CallResults(TestedFunction.APPEND, LineModel.python());
  private static final LanguageModel LINES = new LineModel();

  @Test
  void results_ofCalls_areWhatIsPrintedAndPasses() {
    assertThat(RESULTS.of("([1, 2], 3)").map(right -> new String(right, StandardCharsets.UTF_8)))
        .contains("[1, 2, 3]");
    assertThat(RESULTS.of("(1, 2)")).isEmpty();
    // Printed, but what is printed is no line that passes.
    assertThat(RESULTS.of("(f)")).isEmpty();
    assertThat(RESULTS.passes("([1], 2) == [1, 2]")).isTrue();
    assertThat(RESULTS.passes("([1], 2) == [2, 1]")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "([1, 2], 3) == [1, 2, 3]|true",
        "([1, 2], 3) == [1, 2, 3|false",
        "`([1, 2], 3) == [1, 2, 3] `|false",
        "([1, 2], 3) == [2, 1, 3]|false",
        "([1, 2], 3)|false",
        "(1, 2) == [1, 2]|false"
      })
  void exactLine_wholeLine_passesWithThePrintedResultOnly(String line, boolean passes) {
    var verifier = new ExactLine(TestedFunction.APPEND, RESULTS);
    int[] tokens = ByteVocabulary.INSTANCE.encode(line);
    double expected = passes ? 0 : Double.NEGATIVE_INFINITY;
    assertThat(verifier.logReward(ending(tokens, FinishReason.STOP))).isEqualTo(expected);
    assertThat(verifier.logReward(ending(tokens, FinishReason.LENGTH)))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  private static Candidate ending(int[] tokens, FinishReason reason) {
    return Candidate.complete(Prompt.text(""), ByteVocabulary.INSTANCE, tokens, reason);
  }

  /**
   * Every beginning of a passing line has value 1, and of the others only those that may become
   * one.
   */
  @Test
  void exactLine_prefixes_haveValueOneWhileTheLineCanStillPass() {
    ValueFunction value = new ExactLine(TestedFunction.APPEND, RESULTS).prefixValue();
    String line = "([1, 2], 3) == [1, 2, 3]";
    for (int length = 0; length <= line.length(); length++) {
      assertThat(value.logValue(prefix(line.substring(0, length)))).isZero();
    }
    for (String dead : List.of("1", "(1", "([1, 2], 3) == [2", "([1], 2) == [1, 2],", "([1) == ")) {
      assertThat(value.logValue(prefix(dead))).as(dead).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  private static Candidate prefix(String text, Vocabulary vocabulary) {
    return Candidate.partial(Prompt.text(""), vocabulary, vocabulary.encode(text));
  }

  private static Candidate prefix(String text) {
    return prefix(text, ByteVocabulary.INSTANCE);
  }

  /** Also across the turn inside a token, and with a token that holds it whole. */
  @Test
  void exactLine_children_areValuedAsOneByOne() {
    ValueFunction value = new ExactLine(TestedFunction.APPEND, RESULTS).prefixValue();
    int zeros = 0;
    int ones = 0;
    for (String text :
        List.of("", "([", "([1, 2], ", "([1, 2], 1) ==", "([1], 2) == [1", "([1], 2)", "(1")) {
      Candidate prefix = prefix(text, LINES.vocabulary());
      ChildScores scores = value.childLogValues(prefix);
      for (int token = 0; token < LINES.vocabulary().size(); token++) {
        double one = value.logValue(prefix.extend(token));
        assertThat(scores.logScore(token)).as(text + " and " + token).isEqualTo(one);
        zeros += one < 0 ? 1 : 0;
        ones += one == 0 ? 1 : 0;
      }
    }
    assertThat(zeros).isGreaterThan(20);
    assertThat(ones).isGreaterThan(20);
  }

  /** The target's lines are of 10 tokens or so; action-level's and VGB's have these lengths. */
  private static CodeResults made(int actionLevel, int vgb, int passing, String vgbLine) {
    List<FunctionResults> functions = new ArrayList<>();
    for (TestedFunction function : TestedFunction.values()) {
      Map<String, List<FunctionResults.CodeRun>> runs = new LinkedHashMap<>();
      runs.put(Entry.ACTION_LEVEL, runs(actionLevel, 1, LINE));
      runs.put(Entry.VGB, runs(vgb, passing, vgbLine));
      functions.add(new FunctionResults(function, reference(), 150, 1000, 0.2, runs, 1));
    }
    return new CodeResults(functions, 1);
  }

  private static final String LINE = "([1], 2) == [1, 2]";

  private static CodeResults made(int actionLevel, int vgb) {
    return made(actionLevel, vgb, 1, LINE);
  }

  private static List<Completion> reference() {
    List<Completion> reference = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      reference.add(line(9 + i % 3, LINE, 1));
    }
    return reference;
  }

  private static List<FunctionResults.CodeRun> runs(int length, int passing, String text) {
    List<FunctionResults.CodeRun> some = new ArrayList<>();
    for (int run = 0; run < 8; run++) {
      CaseDistribution distribution = CaseDistribution.of(List.of(line(length + run % 2, text, 1)));
      some.add(new FunctionResults.CodeRun(distribution, 1, passing, 100, "x"));
    }
    return some;
  }

  @Test
  void verdict_vgbAtTheTargetsLengths_holds() {
    assertThat(CodeVerdict.of(made(16, 10)).holds()).isTrue();
    Estimate nearer = made(16, 10).nearer(Entry.VGB, CaseDistribution::lengthDistance);
    // Lengths 16 and 17 lie 6.5 from 9, 10, 11; 10 and 11 lie 1/3 + 1/6 from them.
    assertThat(nearer.value()).isCloseTo(6.0, within(1e-9));
    assertThat(nearer.low()).isBetween(4.5, nearer.value());
    assertThat(nearer.high()).isBetween(nearer.value(), 6.6);
    // A token is a nat here: means of 16.5 and 10.5 against 10.
    assertThat(made(16, 10).nearer(Entry.VGB, CaseDistribution::logProbDistance).value())
        .isCloseTo(6.0, within(1e-9));
  }

  /** Planted: sampling without backtracking under the name of VGB, and the two exchanged. */
  @Test
  void verdict_vgbDoesNotBacktrack_fails() {
    assertThat(CodeVerdict.of(made(16, 16)).holds()).isFalse();
    assertThat(CodeVerdict.of(made(10, 16)).holds()).isFalse();
    assertThat(CodeVerdict.of(made(10, 10)).holds()).isFalse();
  }

  /** Planted: the right lengths, but test cases of one kind that the model does not write. */
  @Test
  void verdict_otherKinds_fails() {
    CodeVerdict verdict = CodeVerdict.of(made(16, 10, 1, "('a') == 'A'"));
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.summary()).anyMatch(line -> line.contains("kinds of vgb must not"));
  }

  @Test
  void verdict_linesThatFailOrASmallReference_fails() {
    assertThat(CodeVerdict.of(made(16, 10, 0, LINE)).holds()).isFalse();
    FunctionResults first = made(16, 10).functions().getFirst();
    var small =
        new FunctionResults(
            first.function(), first.reference(), 5, 1000, 0.2, first.runs(), first.seed());
    List<FunctionResults> functions = new ArrayList<>(made(16, 10).functions());
    functions.set(2, small);
    assertThat(CodeVerdict.of(new CodeResults(functions, 1)).holds()).isFalse();
  }

  /** A sampler without a line of one function is not at distance 0 from its target. */
  @Test
  void verdict_vgbReturnsNoLineOfOneFunction_fails() {
    CodeResults made = made(16, 10);
    FunctionResults first = made.functions().getFirst();
    Map<String, List<FunctionResults.CodeRun>> runs = new LinkedHashMap<>(first.runs());
    var none = new FunctionResults.CodeRun(CaseDistribution.of(List.of()), 0, 0, 100, "");
    runs.put(Entry.VGB, List.of(none, none));
    List<FunctionResults> functions = new ArrayList<>(made.functions());
    functions.set(
        0,
        new FunctionResults(
            first.function(), first.reference(), 150, 1000, 0.2, runs, first.seed()));
    CodeVerdict verdict = CodeVerdict.of(new CodeResults(functions, 1));
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.summary()).contains("fails: app: vgb returned no line");
  }

  /** The few runs that returned a line do not stand for those that returned none. */
  @Test
  void verdict_vgbReturnsNoLineInMostRunsOfAFunction_fails() {
    CodeResults made = made(16, 10);
    FunctionResults first = made.functions().getFirst();
    Map<String, List<FunctionResults.CodeRun>> runs = new LinkedHashMap<>(first.runs());
    var none = new FunctionResults.CodeRun(CaseDistribution.of(List.of()), 0, 0, 100, "");
    runs.put(Entry.VGB, List.of(first.of(Entry.VGB).getFirst(), none, none, none));
    List<FunctionResults> functions = new ArrayList<>(made.functions());
    functions.set(
        0,
        new FunctionResults(
            first.function(), first.reference(), 150, 1000, 0.2, runs, first.seed()));
    var results = new CodeResults(functions, 1);
    assertThat(results.nearer(Entry.VGB, CaseDistribution::lengthDistance).low())
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(CodeVerdict.of(results).holds()).isFalse();
  }

  @Test
  void distance_runsOnBothSidesOfTheTarget_intervalBeginsAtNought() {
    List<FunctionResults.CodeRun> runs = new ArrayList<>();
    for (int length : new int[] {8, 12}) {
      CaseDistribution distribution = CaseDistribution.of(List.of(line(length, LINE, 1)));
      runs.add(new FunctionResults.CodeRun(distribution, 1, 1, 100, "x"));
    }
    var results =
        new FunctionResults(
            TestedFunction.APPEND, reference(), 150, 1000, 0.2, Map.of("both", runs), 1);
    Estimate distance = results.distance("both", CaseDistribution::logProbDistance);
    // The bootstrap's other end lies near 2, so the basic interval would begin near -2.
    assertThat(distance.low()).isZero();
    assertThat(distance.value()).isCloseTo(0, within(1e-9));
  }

  @Test
  void plan_oneRepeat_isRefused() {
    assertThatThrownBy(() -> CodePlan.of(Scale.QUICK).withRepeats(1))
        .hasMessageContaining("--repeats");
  }

  @Test
  void run_small_returnsPassingLinesAndIsTheSameAgain() {
    Finding first = small().run(Watch.NONE);
    assertThat(first.json()).isEqualTo(small().run(Watch.NONE).json());
    assertThat(first.figures().get("samplers")).hasSize(5);
    assertThat(first.figures().get("functions")).hasSize(TestedFunction.values().length);
    first
        .figures()
        .get("functions")
        .forEach(function -> {
          assertThat(function.get("reference_effective_draws").doubleValue()).isGreaterThan(5);
          assertThat(function.get("success_probability").doubleValue()).isBetween(1e-4, 0.5);
          function.get("samplers").forEach(CodeExperimentTest::returnsLinesThatPass);
        });
  }

  private static void returnsLinesThatPass(JsonNode sampler) {
    boolean must =
        List.of(Entry.ACTION_LEVEL, Entry.AUTO).contains(sampler.get("sampler").stringValue());
    sampler
        .get("runs")
        .forEach(run ->
            assertThat(run.get("passing").intValue())
                .isEqualTo(run.get("returned").intValue())
                .isGreaterThanOrEqualTo(must ? 1 : 0));
  }

  private static CodeExperiment small() {
    return new CodeExperiment(
        new ExperimentSettings(Scale.QUICK, 5, 1),
        new CodePlan(2, 400, 1500, true),
        LINES,
        LineModel.python());
  }
}
