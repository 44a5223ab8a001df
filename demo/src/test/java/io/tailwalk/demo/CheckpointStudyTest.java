package io.tailwalk.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.records.scores.Score;
import io.tailwalk.report.Cell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The study on tables whose numbers can be computed by hand. */
class CheckpointStudyTest {
  private static final double[] COMMON = {0.3, 0.98};
  private static final double[] RARE = {0.9, 0.1};

  @TempDir Path folder;

  /**
   * A study of two checkpoints.
   *
   * @param prompts of each kind
   * @param kinds probability of the right response of a prompt under either checkpoint
   */
  private CheckpointStudy study(int prompts, double[]... kinds) {
    List<Score> scores = new ArrayList<>();
    String[] names = {"step-00000", "step-00100"};
    for (int model = 0; model < names.length; model++) {
      for (int p = 0; p < prompts * kinds.length; p++) {
        double half = Math.log(kinds[p / prompts][model]) / 2;
        scores.add(new Score("e" + p, "p" + p, names[model], List.of(half, half)));
      }
    }
    var scoring = new CheckpointScoring(scores, List.of());
    Path table = folder.resolve("scores.jsonl");
    Path reference = folder.resolve("data.jsonl");
    scoring.writeScores(table);
    scoring.writeReference(reference);
    return CheckpointStudy.of(table, reference);
  }

  /** The second checkpoint is surer on nine prompts of ten and has all but lost the tenth. */
  private CheckpointStudy sure() {
    double[] common = {0.08, 0.75};
    double[] rare = {0.08, 0.008};
    return study(20, common, common, common, common, common, common, common, common, common, rare);
  }

  @Test
  void of_sureAndUnsure_numbersByHand() {
    CheckpointStudy study = sure();
    assertThat(study.rows()).isEqualTo(200);
    assertThat(study.profiles().get(0).crossEntropy().value())
        .isCloseTo(Math.log(12.5), within(1e-12));
    assertThat(study.profiles().get(1).crossEntropy().value())
        .isCloseTo(-0.9 * Math.log(0.75) - 0.1 * Math.log(0.008), within(1e-12));
    assertThat(study.profiles().get(0).points().get(0).coverage()).isEqualTo(1);
    assertThat(study.profiles().get(0).points().get(1).coverage()).isEqualTo(1);
    assertThat(study.profiles().get(1).points().get(0).coverage()).isEqualTo(0.1);
    assertThat(study.profiles().get(1).points().get(1).coverage()).isEqualTo(0.1);
    assertThat(study.pass(0)).isCloseTo(1 - Math.pow(0.92, 16), within(1e-12));
    assertThat(study.pass(1))
        .isCloseTo(1 - 0.9 * Math.pow(0.25, 16) - 0.1 * Math.pow(0.992, 16), within(1e-12));
    // Against each other: the first is lower by 9.4 on nine tenths, the second by 10 on one.
    assertThat(study.tournament().matrix().get(0).get(1)).isEqualTo(0.9);
    assertThat(study.tournament().matrix().get(1).get(0)).isEqualTo(0.1);
    assertThat(study.byCoverage()).isEqualTo(1);
    assertThat(study.byCrossEntropy()).isEqualTo(1);
  }

  @Test
  void sentence_oneChoice_saysBoth() {
    var figures = new CheckpointFigures(sure());
    assertThat(figures.sentence())
        .startsWith("The tournament at N = 8 and cross-entropy both choose step-00100")
        .contains("on 91.2% of the prompts");
    assertThat(figures.table().rows().get(1).getLast())
        .isEqualTo(Cell.of("tournament, cross-entropy"));
  }

  /** The second is better by cross-entropy and nine times lower on a quarter of the prompts. */
  @Test
  void sentence_coverageChoosesBetter_saysByHowMuch() {
    CheckpointStudy turned = study(30, COMMON, COMMON, COMMON, RARE);
    assertThat(turned.byCrossEntropy()).isEqualTo(1);
    assertThat(turned.byCoverage()).isEqualTo(0);
    var figures = new CheckpointFigures(turned);
    double first = 100 * (1 - (3 * Math.pow(0.7, 16) + Math.pow(0.1, 16)) / 4);
    double second = 100 * (1 - (3 * Math.pow(0.02, 16) + Math.pow(0.9, 16)) / 4);
    assertThat(figures.sentence())
        .contains("chooses step-00000, cross-entropy step-00100")
        .contains("on %.1f%% of the prompts with the first".formatted(first))
        .contains("on %.1f%% with the second".formatted(second))
        .contains("choosing by coverage gains %.1f points".formatted(first - second));
    assertThat(figures.table().rows().get(0).getLast()).isEqualTo(Cell.of("tournament"));
    assertThat(figures.table().rows().get(1).getLast()).isEqualTo(Cell.of("cross-entropy"));
    ObjectNode json = figures.json();
    assertThat(json.at("/gain/difference").doubleValue())
        .isCloseTo((first - second) / 100, within(1e-12));
    assertThat(json.at("/gain/low").doubleValue()).isPositive();
    assertThat(json.at("/select/winner").stringValue()).isEqualTo("step-00000");
    assertThat(json.at("/profile/models/1/points/1/n").doubleValue()).isEqualTo(8);
  }

  @Test
  void sentence_fewPrompts_doesNotClaim() {
    CheckpointStudy study = study(1, COMMON, COMMON, COMMON, RARE);
    assertThat(study.byCoverage()).isNotEqualTo(study.byCrossEntropy());
    assertThat(new CheckpointFigures(study).sentence())
        .contains("a difference that is not significant with this few prompts");
  }

  /** The second is better on five prompts of six and loses the sixth by a factor of eight. */
  @Test
  void sentence_crossEntropyChoosesBetter_saysSo() {
    double[] often = {0.05, 0.09};
    double[] seldom = {0.08, 0.01};
    CheckpointStudy study = study(100, often, often, often, often, often, seldom);
    assertThat(study.byCrossEntropy()).isEqualTo(1);
    assertThat(study.byCoverage()).isEqualTo(0);
    assertThat(new CheckpointFigures(study).sentence())
        .contains("here the choice by cross-entropy is better by");
  }
}
