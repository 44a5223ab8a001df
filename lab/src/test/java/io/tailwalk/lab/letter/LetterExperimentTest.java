package io.tailwalk.lab.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.report.Estimate;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The constraint, what sees alpha, the figures, and verdicts both ways. */
class LetterExperimentTest {
  private static final LanguageModel MODEL = BuiltinModels.open("builtin:austen");
  private static final int TOKENS = 24;
  private static final LetterPlan SMALL =
      new LetterPlan(1, TOKENS, 3, 2, 256, 4, List.of(0.1, 0.5));

  private static LetterExperiment small(long seed) {
    return new LetterExperiment(
        new ExperimentSettings(Scale.QUICK, seed, 1),
        SMALL,
        new DuelPlan(2, 2, TOKENS, 48, List.of(0.1, 0.5)),
        MODEL,
        MODEL);
  }

  private static Sampling sample(Contender contender, double alpha) {
    RunOptions options = RunOptions.of(4, Budget.ofModelTokens(300), 7).toTheEndOfTheBudget();
    return new LetterTask(TOKENS)
        .run(
            MODEL,
            LetterTask.prompt(MODEL, LetterTask.PROMPTS.getFirst()),
            alpha,
            contender.sampler(),
            options,
            SamplingListener.NONE);
  }

  @Test
  void fullLength_endsEarlyOrHasTheLetter_isRefused() {
    var verifier = new FullLength(Verifiers.avoid("e"));
    int[] good = MODEL.vocabulary().encode("a sun");
    int[] bad = MODEL.vocabulary().encode("a sEa");
    assertThat(reward(verifier, good, FinishReason.LENGTH)).isEqualTo(0);
    assertThat(reward(verifier, good, FinishReason.STOP)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(reward(verifier, bad, FinishReason.LENGTH)).isEqualTo(Double.NEGATIVE_INFINITY);
    Candidate prefix = Candidate.partial(Prompt.text(""), MODEL.vocabulary(), good);
    for (FinishReason reason : FinishReason.values()) {
      for (int token : MODEL.vocabulary().encode("aeE ")) {
        Candidate longer = prefix.extend(token);
        assertThat(verifier.childLogRewards(prefix, reason).logScore(token))
            .isEqualTo(reward(verifier, longer.tokenIds(), reason));
      }
    }
  }

  private static double reward(FullLength verifier, int[] tokens, FinishReason reason) {
    return verifier.logReward(
        Candidate.complete(Prompt.text(""), MODEL.vocabulary(), tokens, reason));
  }

  @Test
  void contenders_thatAreSaidNotToSeeAlpha_giveTheSameAtAnyAlpha() {
    for (Contender contender : Contender.all(300, TOKENS)) {
      List<String> low = texts(sample(contender, 0.1));
      List<String> high = texts(sample(contender, 0.5));
      // Auto learns on the way down what to make of a value; alpha is learnt but for the penalty.
      boolean learns = contender.label().equals(Contender.AUTO);
      if (!contender.usesAlpha() && !learns) {
        assertThat(high).as(contender.label()).isEqualTo(low);
      }
      if (contender.label().equals(Contender.VGB)) {
        assertThat(high).as("vgb sees alpha").isNotEqualTo(low);
      }
    }
  }

  private static List<String> texts(Sampling sampling) {
    return sampling.draws().stream().map(Completion::text).toList();
  }

  @Test
  void contenders_all_returnOnlyWhatSatisfiesTheConstraint() {
    for (Contender contender : Contender.all(300, TOKENS)) {
      Sampling sampling = sample(contender, 0.1);
      if (Contender.mustReturn(contender.label())) {
        assertThat(sampling.draws()).as(contender.label()).isNotEmpty();
      }
      assertThat(sampling.draws())
          .as(contender.label())
          .allSatisfy(draw -> {
            assertThat(draw.text()).doesNotContainIgnoringCase("e");
            assertThat(draw.tokenIds()).hasSize(TOKENS);
          });
    }
  }

  /** The judge reads what the run was asked for; all that it found counts by weight. */
  @Test
  void letterRun_drawsAreJudged_ownIsByWeight() {
    Contender contender = Contender.all(300, TOKENS).getFirst();
    Sampling even = sample(contender, 0.1);
    Completion one = even.outcomes().get(0).withWeight(0.75);
    Completion other = even.outcomes().get(1).withWeight(0.25);
    Completion none = even.outcomes().get(2).withWeight(0);
    var sampling =
        new Sampling(
            List.of(one, one, one, other),
            List.of(one, other, none),
            even.successProbability(),
            even.units(),
            even.diagnostics(),
            even.cost(),
            even.stopReason());
    try (var judge = new Judge(MODEL, "It is ")) {
      LetterRun run = LetterRun.of(0, 0, contender, Double.NaN, sampling, judge);
      Judge.Score first = judge.score(one.text());
      Judge.Score second = judge.score(other.text());
      double mean = 0.75 * first.logProb() + 0.25 * second.logProb();
      assertThat(first.logProb()).isNotCloseTo(second.logProb(), within(0.1));
      assertThat(run.judged()).isCloseTo(mean, within(1e-9));
      assertThat(run.judgedPerToken())
          .isCloseTo(mean / (0.75 * first.tokens() + 0.25 * second.tokens()), within(1e-9));
      assertThat(run.own()).isCloseTo(0.75 * one.logProb() + 0.25 * other.logProb(), within(1e-9));
      assertThat(run.returned()).isEqualTo(2);
      assertThat(run.passing()).isEqualTo(2);
    }
  }

  @Test
  void run_small_hasEveryNumberAndIsTheSameAgain() {
    Finding finding = small(3).run(Watch.NONE);
    assertThat(finding.json()).isEqualTo(small(3).run(Watch.NONE).json());
    assertThat(finding.json()).isNotEqualTo(small(4).run(Watch.NONE).json());
    assertThat(finding.figures().get("gains")).hasSize(5);
    assertThat(finding.figures().get("pairs")).hasSize(3 * 2 * 2);
    // Particles and, at both alphas, the two walks in two of three repeats.
    assertThat(finding.figures().get("runs")).hasSize(3 * 3 + 2 * (1 + 2 * 2));
    finding
        .figures()
        .get("runs")
        .forEach(run -> {
          boolean particles = run.get("sampler").stringValue().equals("smc");
          // Nobody has more than the budget and one round of four draws' remainder.
          assertThat(run.get("model_tokens").longValue())
              .isLessThanOrEqualTo(256 + 4 * TOKENS)
              .isGreaterThan(particles ? 100 : 200);
        });
  }

  @Test
  void run_told_toStop_stopsInTheMidst() {
    var told = new AtomicInteger();
    assertThatThrownBy(() -> small(1).run((_, _, _) -> told.incrementAndGet() < 5))
        .isInstanceOf(CancellationException.class);
    assertThat(told.get()).isLessThan(10);
  }

  @Test
  void plan_oneRepeat_isRefused() {
    assertThatThrownBy(() -> small(1).withRepeats(1)).hasMessageContaining("--repeats");
  }

  /** Three pairs at two alphas; auto's completions have so much more log-probability. */
  private static LetterResults made(double[] gains, int passing) {
    List<LetterRun> runs = new ArrayList<>();
    for (int repeat = 0; repeat < 3; repeat++) {
      for (Contender contender : Contender.all(256, TOKENS)) {
        boolean auto = contender.label().equals(Contender.AUTO);
        for (double alpha : SMALL.alphasOf(contender, repeat)) {
          double judged = -100 + repeat + (auto ? gains[repeat] : 0);
          runs.add(
              new LetterRun(
                  0,
                  repeat,
                  contender.label(),
                  alpha,
                  2,
                  auto ? passing : 2,
                  judged,
                  judged / 40,
                  judged,
                  -10 - repeat,
                  256,
                  "a"));
        }
      }
    }
    return new LetterResults(SMALL, runs);
  }

  /** Won by the walk, or lost, in every pair; the rule itself is tested in DuelTest. */
  private static DuelResults compared(double odds) {
    List<Duel> duels = new ArrayList<>();
    for (int pair = 0; pair < 3; pair++) {
      duels.add(
          new Duel(Constraint.PAPERS, pair, 0.1, "a" + pair, "b" + pair, odds, 0, 0, true, 48));
    }
    return new DuelResults(duels, new Controls(20, 20, 20));
  }

  @Test
  void verdict_isThatOfThePairsAndTheConstraint_notOfAuto() {
    LetterResults ahead = made(new double[] {5, 6, 7}, 2);
    assertThat(LetterVerdict.of(ahead, compared(1)).holds()).isTrue();
    assertThat(LetterVerdict.of(ahead, compared(-1)).holds()).isFalse();
    LetterVerdict broken = LetterVerdict.of(made(new double[] {5, 6, 7}, 1), compared(1));
    assertThat(broken.holds()).isFalse();
    assertThat(broken.summary().getFirst()).contains("35 of 38");
  }

  @Test
  void paired_anInfiniteValue_hasAnInfiniteMeanAndNoInterval() {
    Paired paired = Paired.of(new double[] {-10, Double.NEGATIVE_INFINITY, -12});
    assertThat(paired.estimate()).isEqualTo(Estimate.exactly(Double.NEGATIVE_INFINITY));
  }

  @Test
  void paired_knownNumbers_haveStudentsInterval() {
    // Mean 2, standard error 1/sqrt(3), quantile of two degrees of freedom 4.302653.
    Paired paired = Paired.of(new double[] {1, 2, 3, Double.NaN});
    assertThat(paired.pairs()).isEqualTo(3);
    assertThat(paired.mean()).isCloseTo(2, within(1e-12));
    assertThat(paired.high() - paired.mean()).isCloseTo(4.302653 / Math.sqrt(3), within(1e-5));
  }

  @Test
  void targetGain_massesDiffer_weighsRunsByThem() {
    LetterResults equal = made(new double[] {0, 0, 0}, 2);
    // Masses e^-10, e^-11, e^-12 of -100, -99, -98 against their plain mean -99; the first two
    // twice, of importance and of particles, which are not run in the last repeat.
    double weighted =
        (-200 - 198 * Math.exp(-1) - 98 * Math.exp(-2)) / (2 + 2 * Math.exp(-1) + Math.exp(-2));
    double whole = weighted + 99;
    double[] pseudo = new double[3];
    for (int left = 0; left < 3; left++) {
      double sum = 0;
      double mass = 0;
      double level = 0;
      for (int i = 0; i < 3; i++) {
        if (i != left) {
          sum += (i < 2 ? 2 : 1) * Math.exp(-i) * (-100 + i);
          mass += (i < 2 ? 2 : 1) * Math.exp(-i);
          level += (-100 + i) / 2.0;
        }
      }
      pseudo[left] = 3 * whole - 2 * (sum / mass - level);
    }
    assertThat(equal.targetGain().mean())
        .isCloseTo((pseudo[0] + pseudo[1] + pseudo[2]) / 3, within(1e-9));
  }
}
