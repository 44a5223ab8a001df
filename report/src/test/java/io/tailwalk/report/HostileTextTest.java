package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.ModelStamp;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.SampleOrigin;
import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleScore;
import io.tailwalk.records.SampleUsage;
import io.tailwalk.records.TokenText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One hostile text in every place of every block, in every form of the page. */
final class HostileTextTest {
  private static final int MEGABYTE = 1 << 20;

  /**
   * Characters that no form may hold: controls but line feed and tab, turns of text, half pairs.
   */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}\\x{61c}\\x{200e}\\x{200f}"
              + "\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}\\p{Cs}&&[^\n\t]]");

  static Stream<String> texts() {
    return Stream.of(
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]><svg onload=alert(1)>",
        "\" onmouseover=alert(1) '><b>",
        "a\u2028b\u2029c",
        "\u202egnp.exe\u2066\u200f\u061c",
        "\u001b[2J\u001b]0;t\u0007\u009b1m\u0000\r\u007f",
        "half \ud83d pair \ude00",
        "{b} {a|x} {{y}} \\n %s ${z}",
        "__proto__",
        "x".repeat(MEGABYTE),
        "`".repeat(MEGABYTE),
        "<".repeat(MEGABYTE),
        "line\n".repeat(MEGABYTE / 5));
  }

  private static ReportPage page(String text) {
    Estimate half = new Estimate(0, 0.5, 1);
    Axis axis = new Axis(text, text, Axis.Scale.LINEAR, NumberStyle.fixed(2));
    var point = new Chart.LinePoint(1, half);
    var bars = List.of(new Chart.BarSeries(text, List.of(half)));
    List<Chart> charts =
        List.of(
            new Chart.Lines(axis, axis, List.of(new Chart.Line(text, false, List.of(point)))),
            new Chart.Scatter(
                axis,
                axis,
                List.of(new Chart.Cloud(text, List.of(new Chart.LabelledPoint(text, half, half))))),
            new Chart.Bars(text, List.of(text), axis, bars),
            new Chart.Dots(text, List.of(text), axis, bars),
            new Chart.HeatMap(
                text,
                List.of(text),
                text,
                List.of(text),
                new Chart.Cells(axis, List.of(List.of(0.5)))));
    return new ReportPage(
        text,
        text,
        List.of(
            Section.of(text, Prose.of(text), figures(text), table(text)),
            new Section(
                text, charts.stream().<Block>map(chart -> new Plot(text, text, chart)).toList()),
            Section.of(text, new SampleList(text, List.of(sample(text))), replay(text))),
        run(text));
  }

  private static KeyFigures figures(String text) {
    return new KeyFigures(
        List.of(
            new KeyFigures.Figure(text, Estimate.exactly(1), text, NumberStyle.integer(), text)));
  }

  private static Table table(String text) {
    return new Table(
        text,
        List.of(
            new Column.Text(text),
            new Column.Text(text),
            new Column.Numeral(text, text, NumberStyle.integer())),
        List.of(List.of(Cell.of(text), Cell.of(text), Cell.of(1))));
  }

  private static SampleRow sample(String text) {
    return new SampleRow(
        text,
        new TokenText(text, List.of()),
        new TokenText(text, List.of()),
        new SampleScore(-1, List.of(), 1, 1),
        new SampleOrigin(text, TargetDistribution.EXACT_IN_THE_LIMIT, new TreeMap<>(), 7, text),
        new SampleUsage(4, 20, 100, 80, 33),
        5L);
  }

  private static Replay replay(String text) {
    return new Replay(
        text,
        text,
        List.of(
            new Replay.Node(-1, "", 0, 0, Double.NaN, Replay.Kind.INNER),
            new Replay.Node(0, text, 1, -1, 0.5, Replay.Kind.PASSED)),
        List.of(0, 1));
  }

  private static RunRecord run(String text) {
    return new RunRecord(
        new RunRecord.Tool("1", "0123abc"),
        List.of("demo", text),
        List.of(new ModelStamp(text, "9f".repeat(32))),
        7,
        new TreeMap<>(Map.of("verifier", text)),
        ExamplePage.run().host());
  }

  /** The page with one harmless word in all places, as a measure of the page's own markup. */
  private static final String PLAIN = HtmlReport.render(page("word"));

  @ParameterizedTest
  @MethodSource("texts")
  void html_hasTheElementsOfAPlainPageAndNoOthers(String text) {
    String html = HtmlReport.render(page(text));
    assertThat(tags(html)).isEqualTo(tags(PLAIN));
    assertThat(FORBIDDEN.matcher(own(html)).find()).isFalse();
    assertThat(html.length() - PLAIN.length()).isLessThan(2 * MEGABYTE);
    byte[] utf8 = html.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(html);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void html_dataOfChartsAndReplays_isJsonThatCannotEndItsScript(String text) {
    Matcher data =
        Pattern.compile("(?s)<script type=\"application/json\"[^>]*>(.*?)</script>")
            .matcher(HtmlReport.render(page(text)));
    int found = 0;
    while (data.find()) {
      found++;
      assertThat(data.group(1)).doesNotContainPattern("[<>&\u2028\u2029]");
      assertThat(JsonText.parse(data.group(1)).isObject()).isTrue();
      assertThat(data.group(1).length()).isLessThan(40_000);
    }
    assertThat(found).isEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void markdown_isBoundedAndHoldsNoControls(String text) {
    String markdown = MarkdownReport.render(page(text));
    assertThat(FORBIDDEN.matcher(markdown).find()).isFalse();
    assertThat(markdown.length()).isLessThan(2 * MEGABYTE);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void console_isBoundedAndHoldsNoControls(String text) {
    for (int width : new int[] {20, 80, 200}) {
      String shown = ConsoleTable.render(table(text), width, false) + Printable.indented(text, " ");
      assertThat(FORBIDDEN.matcher(shown).find()).isFalse();
      assertThat(shown.length()).isLessThan(60_000);
      assertThat(ConsoleTable.render(table(text), width, false).lines())
          .allMatch(line -> TextWidth.of(line) <= 2 * Math.max(width, 80) + 4);
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyForm_ofALongText_statesHowMuchIsLeftOut(String text) {
    String note = "more characters)";
    boolean cut = text.length() > Visible.TEXT;
    assertThat(HtmlReport.render(page(text)).contains(note)).isEqualTo(cut);
    assertThat(MarkdownReport.render(page(text)).contains(note)).isEqualTo(cut);
    assertThat(Printable.indented(text, "").contains(note)).isEqualTo(cut);
    assertThat(ConsoleTable.render(table(text), 20, false).contains("…")).isEqualTo(cut);
  }

  /**
   * {@code scripts/check-report} opens this file in a browser, where no text may act or take long.
   */
  @Test
  void html_ofAllHostileTextsInOne_isLeftForTheBrowser() throws IOException {
    String all = texts().filter(text -> text.length() < 100).collect(Collectors.joining(" "));
    Path folder = Files.createDirectories(Path.of("target", "example"));
    Path file = folder.resolve("hostile.html");
    Files.writeString(file, HtmlReport.render(page(all + "x".repeat(MEGABYTE))));
    assertThat(Files.size(file)).isLessThan(3 * MEGABYTE);
  }

  /** The page without the scripts and the style that are the same on every page. */
  private static String own(String html) {
    return html.replaceAll("(?s)<script>.*?</script>", "").replaceAll("(?s)<style>.*?</style>", "");
  }

  /** Every tag with the names of its attributes. */
  private static List<String> tags(String html) {
    return Pattern.compile("<(/?[!a-zA-Z][^\\s>]*)((?:\\s+[-a-z]+(?:=\"[^\"]*\")?)*)\\s*>")
        .matcher(own(html))
        .results()
        .map(tag -> tag.group(1) + tag.group(2).replaceAll("=\"[^\"]*\"", ""))
        .toList();
  }
}
