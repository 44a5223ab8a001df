package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
  private static final String HTML = HtmlReport.render(ExamplePage.page());
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script([^>]*)>(.*?)</script>");

  /** The page without the scripts and styles that are ours. */
  private static String content() {
    return HTML.replaceAll("(?s)<script>.*?</script>", "").replaceAll("(?s)<style>.*?</style>", "");
  }

  @Test
  void render_samePage_givesSameBytesAndLeavesAnExampleForTheBrowser() throws Exception {
    assertThat(HtmlReport.render(ExamplePage.page())).isEqualTo(HTML);
    // scripts/check-report opens this file in a browser.
    Path folder = Files.createDirectories(Path.of("target", "example"));
    assertThat(ReportFiles.write(ExamplePage.page(), folder, "report")).hasContent(HTML.strip());
    assertThat(folder.resolve("report.md")).isNotEmptyFile();
  }

  @Test
  void render_anyPage_refersToNothingOutside() {
    assertThat(content()).doesNotContainPattern("(?i)(src|action|data|srcset)\\s*=\\s*[\"'][^\"']");
    Matcher links = Pattern.compile("href=\"([^\"]*)\"").matcher(content());
    while (links.find()) {
      assertThat(links.group(1)).matches("#s\\d+|data:,");
    }
    assertThat(HTML)
        .contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'");
    assertThat(HTML.replaceAll("(?s)<script>.*?</script>", ""))
        .doesNotContain("@import")
        .doesNotContain("url(");
  }

  @Test
  void render_hostileText_isTextEverywhere() {
    assertThat(content())
        .doesNotContain("<b>bold")
        .doesNotContain("<img")
        .doesNotContain("document.title='broken'</script>")
        .doesNotContain("\u0000")
        .doesNotContain("\u001b")
        .contains("&lt;/script&gt;&lt;script&gt;document.title=&#39;broken&#39;")
        .contains("&quot;quotes&quot; &amp; &#39;apostrophes&#39; &lt;b&gt;bold&lt;/b&gt;")
        .contains("שלום עולם")
        .contains("👩‍🔬")
        .contains("␛[31mred␀nul");
  }

  @Test
  void render_chartData_staysInsideItsScriptAndIsJson() {
    Matcher scripts = SCRIPT.matcher(HTML);
    List<String> data =
        scripts
            .results()
            .filter(found -> found.group(1).contains("data-plot"))
            .map(found -> found.group(2))
            .toList();
    assertThat(data).hasSize(6);
    for (String json : data) {
      assertThat(json).doesNotContain("<").doesNotContain("\u2028");
      assertThat(JsonText.parse(json).get("option").get("series")).isNotEmpty();
    }
    assertThat(data.getLast()).contains("\\u003c/script\\u003e");
  }

  @Test
  void render_chartsAndTables_areNamedForThoseWhoCannotSee() {
    assertThat(count("<table>")).isEqualTo(count("<caption><span ")).isEqualTo(9);
    assertThat(count("role=\"img\" aria-label=\"")).isEqualTo(7);
    assertThat(count("<th scope=\"col\"")).isEqualTo(count("<button type=\"button\">"));
    assertThat(count("class=\"data\"")).isEqualTo(7);
    assertThat(content()).contains("<html lang=\"en\">");
  }

  @Test
  void render_samples_areUnderTheirPrompts() {
    assertThat(count("<div class=\"prompt\">")).isEqualTo(5);
    assertThat(count(">prompt-0</bdi>")).isEqualTo(1);
    String first = content().substring(content().indexOf(">prompt-0</bdi>"));
    first = first.substring(0, first.indexOf("<div class=\"prompt\">"));
    assertThat(Pattern.compile("<details class=\"sample\">").matcher(first).results().count())
        .isEqualTo(3);
  }

  @Test
  void render_provenance_isOnThePageWithoutSecrets() {
    assertThat(HTML)
        .contains("tailwalk demo --out &#39;my folder&#39; --api-key ***")
        .contains("9f".repeat(32))
        .doesNotContain("hidden-by-the-record");
  }

  @Test
  void markup_leftOpen_isRefused() {
    Markup open = new Markup().open("div");
    assertThatThrownBy(open::toString).isInstanceOf(IllegalStateException.class);
  }

  private static long count(String text) {
    return Pattern.compile(Pattern.quote(text)).matcher(content()).results().count();
  }

  @Test
  void page_examples_coverEveryBlockAndChart() {
    String kinds =
        ExamplePage.page().sections().stream()
            .flatMap(section -> section.blocks().stream())
            .map(block -> block instanceof Plot plot ? plot.chart() : block)
            .map(block -> block.getClass().getSimpleName())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(kinds)
        .isEqualTo("Bars Dots HeatMap KeyFigures Lines Prose Replay SampleList Scatter Table");
  }
}
