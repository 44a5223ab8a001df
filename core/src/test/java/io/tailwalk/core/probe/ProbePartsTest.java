package io.tailwalk.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.probe.FaultyModel.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/** What a probe measures and says, by hand. */
class ProbePartsTest {
  private static final int SIZE = 2000;

  private static ProbeSubject subject(Fault fault) {
    return subject(fault, Optional.empty());
  }

  private static ProbeSubject subject(
      Fault fault, Optional<DoubleFunction<LanguageModel>> atRequestTemperature) {
    var settings = new ProbeSettings(() -> 0, List.of("Once", "Twice"), 8, atRequestTemperature);
    return new ProbeSubject(new FaultyModel(fault, 1), settings);
  }

  /** (1/2, 1/2) and (1/4, 3/4): ln 2 at most, and a total variation of 1/4. */
  @Test
  void difference_ofTwoCoins_isAsByHand() {
    LogProbs fair = LogProbs.of(new double[] {0, 0});
    LogProbs other = LogProbs.of(new double[] {0, Math.log(3)});
    Difference difference = Difference.of(fair, other);
    assertThat(difference.nats()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(difference.totalVariation()).isCloseTo(0.25, within(1e-12));
    assertThat(difference.shown()).isEqualTo("largest difference 0.69 nats, total variation 0.25");
    assertThat(Difference.of(fair, fair)).isEqualTo(Difference.NONE);
    assertThat(new Difference(1, 0.1).max(new Difference(0.5, 0.2)))
        .isEqualTo(new Difference(1, 0.2));
  }

  @Test
  void judged_totalVariation_byItsThresholds() {
    assertThat(judged(0.02)).isEqualTo(ProbeOutcome.OK);
    assertThat(judged(0.021)).isEqualTo(ProbeOutcome.WARN);
    assertThat(judged(0.25)).isEqualTo(ProbeOutcome.WARN);
    assertThat(judged(0.251)).isEqualTo(ProbeOutcome.FAIL);
  }

  private static ProbeOutcome judged(double totalVariation) {
    return PathChecks.judged(new Difference(0, totalVariation)).outcome();
  }

  /** Possible tokens by probability, the end left out; the last there is where there are fewer. */
  @Test
  void ranked_tokens_areThePossibleOnesButTheEnd() {
    double[] scores = new double[SIZE];
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    scores[SIZE - 1] = 10;
    ProbeSubject subject = subject(Fault.NONE);
    assertThat(subject.ranked(LogProbs.of(scores.clone()), 0)).isEqualTo(-1);
    scores[7] = 3;
    scores[3] = 5;
    scores[9] = 1;
    scores[11] = 3;
    LogProbs distribution = LogProbs.of(scores);
    int[] expected = {3, 7, 11, 9, 9, 9};
    for (int rank = 0; rank < expected.length; rank++) {
      assertThat(subject.ranked(distribution, rank)).isEqualTo(expected[rank]);
    }
    assertThat(ProbeSubject.prefixes(new int[] {4, 5}))
        .isDeepEqualTo(new int[][] {{}, {4}, {4, 5}});
  }

  @Test
  void settings_needAPromptAndTwoTokens() {
    assertThat(ProbeSettings.of(() -> 0).prompts()).hasSize(3);
    assertThat(ProbeSettings.of(() -> 0).tokens()).isEqualTo(12);
    assertThat(new ProbeSettings(() -> 0, List.of("a"), 2, Optional.empty()).tokens()).isEqualTo(2);
    assertThatThrownBy(() -> new ProbeSettings(() -> 0, List.of("a"), 1, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ProbeSettings(() -> 0, List.of(), 2, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void distributionChecks_sayWhatWasMeasured() {
    assertThat(DistributionChecks.whole(subject(Fault.NONE)).measured())
        .isEqualTo("2000 of 2000 tokens above zero");
    ProbeResult half = DistributionChecks.whole(subject(Fault.HALF_IMPOSSIBLE));
    assertThat(half.measured()).isEqualTo("1000 of 2000 tokens above zero");
    assertThat(half.outcome()).isEqualTo(ProbeOutcome.WARN);
    ProbeResult none = DistributionChecks.raw(subject(Fault.NONE));
    assertThat(none.measured()).isEqualTo("no request temperature");
    assertThat(none.outcome()).isEqualTo(ProbeOutcome.OK);
    // Reported after the temperature asked for, or after another one.
    assertThat(rawAt(0.5)).contains("after temperature");
    assertThat(rawAt(0.7)).contains("in an unknown way");
    assertThat(rawAt(1)).contains("does not change");
  }

  private static String rawAt(double reported) {
    DoubleFunction<LanguageModel> processed = _ -> new FaultyModel(Fault.NONE, reported);
    return DistributionChecks.raw(subject(Fault.NONE, Optional.of(processed))).meaning();
  }

  @Test
  void pathChecks_sayWhatTheyMean() {
    Difference none = Difference.NONE;
    assertThat(PathChecks.scoring(subject(Fault.NONE), none).meaning()).contains("can be scored");
    assertThat(PathChecks.scoring(subject(Fault.SCORES_SHIFTED), none).meaning())
        .contains("differ from the distributions");
    assertThat(PathChecks.fork(subject(Fault.NONE), none).meaning()).contains("in parallel");
    assertThat(PathChecks.fork(subject(Fault.FORKS_DISTURB), none).meaning())
        .contains("disturb each other");
    assertThat(PathChecks.rollback(subject(Fault.ROLLBACK_FORGETS), none).meaning())
        .contains("is different");
  }

  @Test
  void textChecks_sayWhatChanges() {
    ProbeResult whole = TextChecks.roundTrip(subject(Fault.NONE));
    assertThat(whole.measured()).isEqualTo("all of 13 texts");
    assertThat(TextChecks.roundTrip(subject(Fault.SPACE_BEFORE)).measured())
        .isEqualTo("a space is put before the text");
    assertThat(TextChecks.roundTrip(subject(Fault.CONTROL_BYTES_LOST)).measured())
        .startsWith("2 of 13 texts change: \"tab\tand\\nnew\r\\nlines\\n\\n\", \"nul \\0 inside\"");
    assertThat(TextChecks.bos(subject(Fault.NONE)).measured())
        .isEqualTo("one BOS token, token 1998");
    assertThat(TextChecks.bos(subject(Fault.DOUBLE_BOS)).measured())
        .isEqualTo("two BOS tokens, token 1998");
    assertThat(TextChecks.bos(subject(Fault.NO_BOS)).measured()).isEqualTo("no BOS token");
  }

  @Test
  void run_modelWithoutATokenizer_isProbedOnTokens() {
    var settings = new ProbeSettings(() -> 0, List.of("Once", "Twice"), 8, Optional.empty());
    ProbeReport report = ModelProbe.run(new FaultyModel(Fault.NO_TOKENIZER, 1), settings);
    assertThat(report.results().getFirst().outcome()).isEqualTo(ProbeOutcome.OK);
    assertThat(report.exactnessPossible()).isTrue();
    assertThat(report.totalVariation()).isZero();
  }
}
