package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.records.JsonText;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ChartOptionTest {
  private static final Axis X = Axis.linear("N", "");
  private static final Axis LOG = Axis.linear("p", "").on(Axis.Scale.LOG10);

  private static JsonNode option(Chart chart) {
    return ChartOption.of(chart, SeriesStyles.of(List.of(chart))).get("option");
  }

  private static Chart.Line line(String name, Chart.LinePoint... points) {
    return new Chart.Line(name, false, List.of(points));
  }

  @Test
  void lines_zeroOnALogAxis_hasAPlaceBelowThePowersWhereItsBandBegins() {
    JsonNode option =
        option(
            new Chart.Lines(
                X,
                LOG,
                List.of(
                    line(
                        "a",
                        new Chart.LinePoint(1, new Estimate(0, 0.02, 0.3)),
                        new Chart.LinePoint(2, new Estimate(0, 0, 0.1))))));
    assertThat(option.at("/yAxis/min").doubleValue()).isEqualTo(0.01);
    assertThat(option.at("/yAxis/max").doubleValue()).isEqualTo(1);
    assertThat(JsonText.line(option.at("/yAxis/zero"))).isEqualTo("{\"label\":\"0\",\"below\":1}");
    assertThat(option.at("/series/0/data/0").has("zero")).isFalse();
    assertThat(option.at("/series/0/data/1/value/1").doubleValue()).isZero();
    assertThat(option.at("/series/0/data/1/zero").booleanValue()).isTrue();
    assertThat(JsonText.line(option.at("/series/1/data")))
        .isEqualTo("[[1.0,0.0,0.3],[2.0,0.0,0.1]]");
  }

  @Test
  void lines_belowZeroOnALogAxis_isAGap() {
    JsonNode option =
        option(
            new Chart.Lines(
                X, LOG, List.of(line("a", new Chart.LinePoint(1, Estimate.exactly(-0.5))))));
    assertThat(option.at("/yAxis").has("zero")).isFalse();
    assertThat(option.at("/series/0/data/0/value/1").stringValue()).isEqualTo("-");
  }

  @Test
  void dots_ofSeveralSeries_areSideBySideAndZerosKeepTheirIntervals() {
    JsonNode option =
        option(
            new Chart.Dots(
                "prompt",
                List.of("x", "y"),
                LOG,
                List.of(
                    new Chart.BarSeries(
                        "a", List.of(new Estimate(0, 0, 0.2), Estimate.exactly(Double.NaN))),
                    new Chart.BarSeries(
                        "b",
                        List.of(new Estimate(1e-30, 1e-3, 0.5), new Estimate(-1, 0.1, 0.2))))));
    assertThat(option.at("/yAxis/data")).hasSize(2);
    assertThat(option.at("/xAxis/zero/label").stringValue()).isEqualTo("≤ 0");
    assertThat(option.at("/series/0/offset").doubleValue()).isEqualTo(-7);
    assertThat(option.at("/series/2/offset").doubleValue()).isEqualTo(7);
    assertThat(option.at("/series/1/offset")).isEqualTo(option.at("/series/0/offset"));
    assertThat(option.at("/series/0/data/0/zero").booleanValue()).isTrue();
    assertThat(option.at("/series/0/data/1/value/0").stringValue()).isEqualTo("-");
    // Category, ends, and whether the interval goes on below the axis.
    assertThat(JsonText.line(option.at("/series/1/data"))).isEqualTo("[[0,0.0,0.2,0]]");
    JsonNode cut = option.at("/series/3/data/0");
    assertThat(cut.get(1).doubleValue()).isCloseTo(1e-9, within(1e-20));
    assertThat(cut.get(3).intValue()).isEqualTo(1);
    assertThat(option.at("/series/3/data/1/3").intValue()).isZero();
  }

  @Test
  void bars_zero_keepsItsInterval() {
    var zero = new Chart.BarSeries("a", List.of(new Estimate(0, 0, 0.2)));
    JsonNode option = option(new Chart.Bars("c", List.of("x"), X, List.of(zero)));
    assertThat(option.at("/series/0/data/0/value/0").doubleValue()).isZero();
    assertThat(JsonText.line(option.at("/series/1/data"))).isEqualTo("[[0,0.0,0.2,0]]");
  }

  @Test
  void axis_ofSharesNearOne_endsAtOne() {
    assertThat(AxisOption.of(X, DoubleStream.of(0.1, 0.96)).json().get("max").intValue())
        .isEqualTo(1);
    assertThat(AxisOption.of(X, DoubleStream.of(0.1, 0.5)).json().has("max")).isFalse();
    assertThat(AxisOption.of(X, DoubleStream.of(0.1, 1.1)).json().has("max")).isFalse();
  }

  @Test
  void lines_exactPoints_haveNoBand() {
    JsonNode option =
        option(
            new Chart.Lines(X, X, List.of(line("a", new Chart.LinePoint(1, Estimate.exactly(5))))));
    assertThat(option.get("series")).hasSize(1);
    assertThat(JsonText.line(option.at("/series/0/data/0/tip")))
        .isEqualTo("{\"head\":\"N: 1.00\",\"name\":\"a\",\"text\":\"5.00\"}");
  }

  @Test
  void axis_linear_startsAtZeroWhenZeroIsNear() {
    assertThat(AxisOption.of(X, DoubleStream.of(1, 10)).json().has("min")).isTrue();
    assertThat(AxisOption.of(X, DoubleStream.of(8, 10)).json().has("min")).isFalse();
    assertThat(AxisOption.of(X, DoubleStream.of(-1, 10)).json().has("min")).isFalse();
    assertThat(AxisOption.of(LOG, DoubleStream.of(0, 1e-3, 1e-3)).json().get("max").doubleValue())
        .isEqualTo(1e-2);
  }

  /** A browser draws a power of ten below the least double at minus infinity. */
  @Test
  void axis_logOfAnIntervalThatBeginsNextToZero_endsBelowItsPoints() {
    JsonNode option =
        option(
            new Chart.Lines(
                X,
                LOG,
                List.of(line("a", new Chart.LinePoint(1, new Estimate(1e-300, 0.02, 0.3))))));
    assertThat(option.at("/yAxis/min").doubleValue()).isCloseTo(1e-8, within(1e-20));
    assertThat(option.at("/series/1/data/0/1").doubleValue())
        .isEqualTo(option.at("/yAxis/min").doubleValue());
  }

  @Test
  void axis_logOfAnyDoubles_hasFinitePositiveEnds() {
    double[] odd = {
      Double.MIN_VALUE,
      Double.MIN_NORMAL,
      1e-300,
      1,
      1e300,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      0,
      -1
    };
    for (double point : odd) {
      for (double end : odd) {
        double low = Math.min(point, end);
        double high = Math.max(point, end);
        AxisOption axis = AxisOption.of(LOG, Stream.of(new Estimate(low, point, high)));
        assertThat(axis.least()).isGreaterThanOrEqualTo(Double.MIN_NORMAL);
        assertThat(axis.most()).isFinite().isGreaterThan(axis.least());
        boolean toZero = point >= 0 && low < Double.MIN_NORMAL;
        assertThat(axis.zero().isEmpty()).isNotEqualTo(toZero);
        assertThat(axis.low(new Estimate(low, point, high)))
            .isGreaterThanOrEqualTo(toZero ? 0 : axis.least())
            .isFinite();
      }
    }
  }

  @Test
  void chart_ofEveryKindWithoutData_isStillAnOption() {
    List<Chart> empty =
        List.of(
            new Chart.Lines(LOG, LOG, List.of(line("none"))),
            new Chart.Scatter(LOG, X, List.of(new Chart.Cloud("none", List.of()))),
            new Chart.Bars("c", List.of(), X, List.of(new Chart.BarSeries("none", List.of()))),
            new Chart.Dots("c", List.of(), LOG, List.of(new Chart.BarSeries("none", List.of()))),
            new Chart.HeatMap("c", List.of(), "r", List.of(), new Chart.Cells(X, List.of())));
    assertThat(empty).allSatisfy(chart -> assertThat(option(chart).has("series")).isTrue());
  }

  /** Without width the browser would draw the middle colour and a grey legend. */
  @Test
  void heatMap_valuesAllEqual_scaleHasWidth() {
    assertThat(scale(0, 0)).containsExactly(0, 1);
    assertThat(scale(0.25, 0.25)).containsExactly(0.25, 0.5);
    assertThat(scale(-2, -2)).containsExactly(-2, 0);
    assertThat(scale(0.1 + 0.2, 0.3)[1]).isCloseTo(0.6, within(1e-12));
    assertThat(scale(Double.NaN, Double.NaN)).containsExactly(0, 1);
  }

  @Test
  void heatMap_valuesDiffer_scaleIsTheirs() {
    assertThat(scale(0, 0.01)).containsExactly(0, 0.01);
    assertThat(scale(5, 5.0001)).containsExactly(5, 5.0001);
  }

  private static double[] scale(double one, double other) {
    var cells = new Chart.Cells(X, List.of(List.of(one, other)));
    JsonNode map =
        option(new Chart.HeatMap("c", List.of("a", "b"), "r", List.of("x"), cells))
            .get("visualMap");
    return new double[] {map.get("min").doubleValue(), map.get("max").doubleValue()};
  }

  @Test
  void chart_outOfShape_isRefused() {
    assertThatThrownBy(() -> new Chart.Lines(X, X, List.of(line("a"), line("a"))))
        .hasMessage("series names are not distinct: [a, a]");
    Chart.BarSeries one = new Chart.BarSeries("a", List.of(Estimate.exactly(1)));
    assertThatThrownBy(() -> new Chart.Bars("c", List.of("x", "y"), X, List.of(one)))
        .hasMessage("1 values for 2 names");
    assertThatThrownBy(() -> new Chart.Dots("c", List.of("x", "y"), X, List.of(one)))
        .hasMessage("1 values for 2 names");
    assertThatThrownBy(() -> new Chart.Bars("c", List.of("x"), LOG, List.of(one)))
        .isInstanceOf(IllegalArgumentException.class);
    Chart.Cells cells = new Chart.Cells(X, List.of(List.of(1.0)));
    assertThatThrownBy(() -> new Chart.HeatMap("c", List.of(), "r", List.of("x"), cells))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Chart.Cells(LOG, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
