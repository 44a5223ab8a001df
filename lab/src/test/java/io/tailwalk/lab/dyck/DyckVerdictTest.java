package io.tailwalk.lab.dyck;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.lab.Measured;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DyckVerdictTest {
  private static final Entrant AUTO = Entrant.ours().getFirst();

  @Test
  void dominates_betterInOne_needsTheOtherNotWorse() {
    Point auto = point(AUTO, 1, 0, 100, 2, 0.1);
    assertThat(Frontier.dominates(baseline(0.5, 90), auto)).isFalse();
    assertThat(Frontier.dominates(auto, baseline(0.5, 90))).isTrue();
    assertThat(Frontier.dominates(baseline(0.5, 200), auto)).isFalse();
    assertThat(Frontier.dominates(auto, baseline(0.5, 200))).isFalse();
    assertThat(Frontier.dominates(baseline(0.99, 200), auto)).isTrue();
    assertThat(Frontier.dominates(baseline(0.99, 105), auto)).isFalse();
    assertThat(Frontier.dominates(auto, auto)).isFalse();
  }

  @Test
  void of_goodFigures_holds() {
    DyckVerdict verdict = verdict(frontier(baseline(0.5, 90)), 0.1, 0.1, 50);
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.summary()).anyMatch(line -> line.contains("dominated by none"));
    assertThat(verdict.summary()).noneMatch(line -> line.contains("fails"));
  }

  /**
   * Accurate or not: more distinct valid responses are more once the verifier has the last word.
   */
  @Test
  void of_moreDistinct_isSurpassedButNotDominated() {
    DyckVerdict surpassed = verdict(frontier(baseline(0.5, 200)), 0.1, 0.1, 50);
    assertThat(surpassed.undominated()).isTrue();
    assertThat(surpassed.unsurpassed()).isFalse();
    assertThat(surpassed.holds()).isFalse();
    assertThat(surpassed.summary())
        .anyMatch(line -> line.contains("auto has +0.500 ± 0.020 and -100.0 ± 5.7"))
        .anyMatch(line -> line.endsWith("which fails"));
    assertThat(verdict(frontier(baseline(0.5, 105)), 0.1, 0.1, 50).holds()).isTrue();
  }

  @Test
  void of_oneBadFigure_fails() {
    DyckVerdict dominated = verdict(frontier(baseline(1, 200)), 0.1, 0.1, 50);
    assertThat(dominated.undominated()).isFalse();
    assertThat(dominated.summary()).anyMatch(line -> line.contains("dominated by block"));
    assertThat(verdict(frontier(baseline(0.5, 200)), 0.38, 0.1, 50).nearer()).isFalse();
    assertThat(verdict(frontier(baseline(0.5, 200)), 0.1, 0.38, 50).nearer()).isFalse();
    DyckVerdict dear = verdict(frontier(baseline(0.5, 200)), 0.1, 0.1, 7);
    assertThat(dear.cheaper()).isFalse();
    assertThat(dear.holds()).isFalse();
    assertThat(dear.summary()).anyMatch(line -> line.endsWith("fails"));
  }

  /** The first epoch is as bad as can be and does not count. */
  private static DyckVerdict verdict(Frontier frontier, double vgb, double auto, double draws) {
    return DyckVerdict.of(
        frontier,
        List.of(row(1, 2, 2, 0), row(2, vgb, auto, draws)),
        point(Entrant.outcomeLevel(), 1, 0, 5, 1, 0));
  }

  private static EpochRow row(int epoch, double vgb, double auto, double draws) {
    List<Point> points = new ArrayList<>();
    points.add(point(Entrant.actionLevel(), 0.7, 0.01, 100, 2, 0.4));
    for (Entrant entrant : Entrant.ours()) {
      double l1 = entrant.label().equals(Entrant.AUTO) ? auto : vgb;
      points.add(
          new Point(
              entrant,
              new Measured(1, 0),
              new Measured(100, 2),
              new Measured(l1, 0.02),
              new Measured(draws, 1),
              1000));
    }
    return new EpochRow(epoch, 0.05, 0.4, 0.7, points);
  }

  private static Frontier frontier(Point other) {
    return new Frontier(List.of(point(AUTO, 1, 0, 100, 2, 0.1), other));
  }

  private static Point baseline(double accuracy, double distinct) {
    Entrant block = Entrant.baselines(new DyckPlan.Grid(List.of(2), List.of(4)), 6).getLast();
    return point(block, accuracy, 0.01, distinct, 2, 0.2);
  }

  private static Point point(
      Entrant entrant, double accuracy, double error, double distinct, double spread, double l1) {
    return new Point(
        entrant,
        new Measured(accuracy, error),
        new Measured(distinct, spread),
        new Measured(l1, 0.01),
        new Measured(distinct, spread),
        1000);
  }
}
