package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class SeriesStylesTest {
  private static final Axis AXIS = Axis.linear("p", "");

  private static Chart lines(String... names) {
    return new Chart.Lines(
        AXIS, AXIS, Arrays.stream(names).map(n -> new Chart.Line(n, false, List.of())).toList());
  }

  private static Chart bars(String... names) {
    return new Chart.Bars(
        "c", List.of(), AXIS, Arrays.stream(names).map(SeriesStylesTest::empty).toList());
  }

  private static Chart dots(String... names) {
    return new Chart.Dots(
        "c", List.of(), AXIS, Arrays.stream(names).map(SeriesStylesTest::empty).toList());
  }

  private static Chart.BarSeries empty(String name) {
    return new Chart.BarSeries(name, List.of());
  }

  private static String[] names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "s" + i).toArray(String[]::new);
  }

  @Test
  void style_ofOneName_isTheSameInChartsOfEveryKindAndOrder() {
    ReportPage page =
        new ReportPage(
            "t",
            "s",
            List.of(
                Section.of("one", new Plot("", "", lines("vgb", "smc", "beam"))),
                Section.of(
                    "two",
                    new Plot("", "", bars("beam", "vgb")),
                    new Plot("", "", dots("smc")),
                    new Plot(
                        "",
                        "",
                        new Chart.Scatter(
                            AXIS, AXIS, List.of(new Chart.Cloud("beam", List.of())))))),
            ExamplePage.run());
    List<JsonNode> options = new ArrayList<>();
    Matcher data =
        Pattern.compile("(?s)<script[^>]*data-plot[^>]*>(.*?)</script>")
            .matcher(HtmlReport.render(page));
    while (data.find()) {
      options.add(JsonText.parse(data.group(1)).get("option"));
    }
    assertThat(options).hasSize(4);
    for (JsonNode option : options) {
      for (JsonNode series : option.get("series")) {
        int wanted = List.of("vgb", "smc", "beam").indexOf(series.get("name").stringValue());
        assertThat(series.get("style").intValue()).isEqualTo(wanted);
      }
    }
  }

  @Test
  void styles_ofManyNames_keepColoursApartInsideAChart() {
    Chart first = lines(names(0, 5));
    Chart second = lines(names(3, 9));
    Chart third = bars(names(8, 12));
    SeriesStyles styles = SeriesStyles.of(List.of(first, second, third));
    for (String[] chart : List.of(names(0, 5), names(3, 9), names(8, 12))) {
      Set<Integer> colours = new HashSet<>();
      for (String name : chart) {
        assertThat(colours.add(styles.of(name).number() % SeriesStyles.COLOURS)).isTrue();
      }
    }
  }

  @Test
  void styles_ofMoreNamesThanColours_differInTheirMarksAsLongAsTheyCan() {
    String[] many = names(0, 60);
    SeriesStyles styles = SeriesStyles.of(List.of(lines(many)));
    assertThat(Arrays.stream(many).limit(42).map(name -> styles.of(name).number()))
        .doesNotHaveDuplicates()
        .allMatch(number -> number < 42);
    assertThat(styles.of("s59").number()).isBetween(0, 41);
    assertThatThrownBy(() -> styles.of("none")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void labels_ofNamesThatLookAlike_stayApart() {
    String longName = "x".repeat(1000);
    SeriesStyles styles =
        SeriesStyles.of(List.of(lines(longName + "a", longName + "b", "e\u0001", "e\u2401", "")));
    assertThat(styles.of(longName + "a").label())
        .isEqualTo("x".repeat(200) + "… (801 more characters)");
    assertThat(styles.of(longName + "b").label()).endsWith("(801 more characters) (2)");
    assertThat(styles.of("e\u0001").label()).isEqualTo("e␁");
    assertThat(styles.of("e\u2401").label()).isEqualTo("e␁ (2)");
    assertThat(styles.of("").label()).isEqualTo("(empty)");
  }

  /** The numbers of colours and marks are known on both sides. */
  @Test
  void colours_ofThePage_areAsManyInBothThemes() throws Exception {
    Matcher palettes = Pattern.compile("--series: ([^;]*);").matcher(resource("page.css"));
    int themes = 0;
    while (palettes.find()) {
      themes++;
      assertThat(palettes.group(1).split(" "))
          .hasSize(SeriesStyles.COLOURS)
          .doesNotHaveDuplicates()
          .allMatch(colour -> colour.matches("#[0-9a-f]{6}"));
    }
    assertThat(themes).isEqualTo(2);
    Matcher marks = Pattern.compile("const SYMBOLS = \\[(.*)\\];").matcher(resource("page.js"));
    assertThat(marks.find()).isTrue();
    assertThat(marks.group(1).split("\", \"")).hasSize(SeriesStyles.MARKS);
  }

  private static String resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
