package io.tailwalk.lab.dyck;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.lab.Measured;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DyckVerdictTest {
  private static final Entrant VGB =
      Entrant.ours().stream().filter(e -> e.label().equals(Entrant.VGB)).findFirst().orElseThrow();

  @Test
  void dominates_betterInOne_needsTheOtherNotWorse() {
    Point vgb = point(VGB, 1, 0, 100, 2, 0.1);
    assertThat(Frontier.dominates(baseline(0.5, 90), vgb)).isFalse();
    assertThat(Frontier.dominates(vgb, baseline(0.5, 90))).isTrue();
    assertThat(Frontier.dominates(baseline(0.5, 200), vgb)).isFalse();
    assertThat(Frontier.dominates(vgb, baseline(0.5, 200))).isFalse();
    assertThat(Frontier.dominates(baseline(0.99, 200), vgb)).isTrue();
    assertThat(Frontier.dominates(baseline(0.99, 105), vgb)).isFalse();
    assertThat(Frontier.dominates(vgb, vgb)).isFalse();
  }

  @Test
  void of_goodFigures_holds() {
    DyckVerdict verdict = verdict(frontier(100, baseline(0.5, 90)), 0.1, 50);
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.summary()).anyMatch(line -> line.contains("dominated by none"));
    assertThat(verdict.summary()).noneMatch(line -> line.contains("fails"));
  }

  /** Planted: a value without errors, with which guidance alone is accurate and more diverse. */
  @Test
  void of_baselineAsAccurateAndMoreDiverse_fails() {
    DyckVerdict dominated = verdict(frontier(100, baseline(1, 200)), 0.1, 50);
    assertThat(dominated.undominated()).isFalse();
    assertThat(dominated.escapes()).isFalse();
    assertThat(dominated.holds()).isFalse();
    assertThat(dominated.summary())
        .anyMatch(line -> line.contains("dominated by block"))
        .anyMatch(line -> line.startsWith("vgb: ") && line.endsWith("which fails"));
  }

  /** Planted: a sampler that returns one valid response, which nothing dominates either. */
  @Test
  void of_oneValidResponse_isUndominatedAndDoesNotEscape() {
    Point bestOfN = point(bestOfN(), 0.3, 0.01, 5, 0.3, 0.2);
    Frontier frontier = frontier(1, baseline(0.8, 58), bestOfN);
    assertThat(frontier.dominating(frontier.of(Entrant.VGB))).isEmpty();
    DyckVerdict verdict = verdict(frontier, 0.1, 50);
    assertThat(verdict.undominated()).isTrue();
    assertThat(verdict.escapes()).isFalse();
    assertThat(verdict.holds()).isFalse();
  }

  /** Dominating only what other baselines dominate moves no frontier. */
  @Test
  void escapes_dominatesInnerBaselinesOnly_isFalse() {
    Frontier inner = frontier(100, baseline(0.98, 200), baseline(0.4, 90));
    assertThat(inner.dominatedBy(inner.of(Entrant.VGB))).hasSize(1);
    assertThat(inner.front()).hasSize(1);
    assertThat(inner.escapes(inner.of(Entrant.VGB))).isFalse();
    Frontier above = frontier(100, baseline(0.8, 200));
    assertThat(above.escapes(above.of(Entrant.VGB))).isTrue();
    Frontier outer = frontier(100, baseline(0.5, 200), baseline(0.8, 90));
    assertThat(outer.escapes(outer.of(Entrant.VGB))).isTrue();
  }

  /** What a verifier's filter would leave is shown, and says who has more. */
  @Test
  void of_moreDistinct_isNamed() {
    DyckVerdict verdict = verdict(frontier(100, baseline(0.5, 200), baseline(0.8, 90)), 0.1, 50);
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.summary())
        .anyMatch(line -> line.contains("VGB has +0.500 ± 0.020 and -100.0 ± 5.7"))
        .anyMatch(line ->
            line.contains("would have significantly more distinct responses than VGB: block"));
  }

  @Test
  void of_oneBadFigure_fails() {
    Frontier good = frontier(100, baseline(0.5, 90));
    assertThat(verdict(good, 0.38, 50).nearer()).isFalse();
    assertThat(verdict(good, Double.NaN, 50).nearer()).isFalse();
    DyckVerdict dear = verdict(good, 0.1, 7);
    assertThat(dear.cheaper()).isFalse();
    assertThat(dear.holds()).isFalse();
    assertThat(dear.summary()).anyMatch(line -> line.endsWith("fails"));
  }

  /** The first epoch is as bad as can be and does not count. */
  private static DyckVerdict verdict(Frontier frontier, double vgb, double draws) {
    return DyckVerdict.of(
        frontier,
        List.of(row(1, 2, 0), row(2, vgb, draws)),
        point(Entrant.outcomeLevel(), 1, 0, 5, 1, 0));
  }

  /** The other samplers are as bad as can be and do not count. */
  private static EpochRow row(int epoch, double vgb, double draws) {
    List<Point> points = new ArrayList<>();
    points.add(point(Entrant.actionLevel(), 0.7, 0.01, 100, 2, 0.4));
    for (Entrant entrant : Entrant.ours()) {
      boolean judged = entrant.label().equals(Entrant.VGB);
      points.add(
          new Point(
              entrant,
              new Measured(1, 0),
              new Measured(100, 2),
              new Measured(judged ? vgb : 2, 0.02),
              new Measured(judged ? draws : 0, 1),
              1000));
    }
    return new EpochRow(epoch, 0.05, 0.4, 0.7, points);
  }

  private static Frontier frontier(double distinct, Point... others) {
    List<Point> points = new ArrayList<>(List.of(point(VGB, 1, 0, distinct, 2, 0.1)));
    points.addAll(List.of(others));
    return new Frontier(points);
  }

  private static Entrant bestOfN() {
    return Entrant.baselines(new DyckPlan.Grid(List.of(2), List.of(4)), 6).stream()
        .filter(entrant -> entrant.family().equals(Entrant.BEST_OF_N))
        .findFirst()
        .orElseThrow();
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
