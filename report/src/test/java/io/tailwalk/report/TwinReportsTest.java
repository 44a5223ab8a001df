package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.records.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** JSON and Markdown say what the HTML page says. */
final class TwinReportsTest {
  private static final ReportPage PAGE = ExamplePage.page();
  private static final JsonNode JSON = JsonText.parse(JsonReport.render(PAGE));
  private static final String MARKDOWN = MarkdownReport.render(PAGE);

  @Test
  void json_everyBlock_isThereInOrderWithItsKind() {
    Map<String, Integer> kinds = new HashMap<>();
    JSON.get("sections")
        .forEach(section ->
            section
                .get("blocks")
                .forEach(block -> kinds.merge(block.get("kind").stringValue(), 1, Integer::sum)));
    assertThat(kinds)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("prose", 1, "key_figures", 1, "table", 2, "plot", 6, "replay", 1, "samples", 1));
    assertThat(JSON.at("/run/schema_version").intValue()).isEqualTo(1);
    assertThat(JSON.at("/run/seed").intValue()).isEqualTo(7);
  }

  @Test
  void json_numbers_keepAllDigitsAndTheirMissingOnes() {
    assertThat(JSON.at("/sections/0/blocks/1/figures/1/value").doubleValue()).isEqualTo(4.1e-7);
    JsonNode table = JSON.at("/sections/2/blocks/2");
    assertThat(table.at("/columns/4/unit").stringValue()).isEqualTo("tokens");
    JsonNode last = table.get("rows").get(table.get("rows").size() - 1);
    assertThat(last.get(0).stringValue()).isEqualTo(ExamplePage.HOSTILE.getLast());
    assertThat(last.at("/2/value").isNull()).isTrue();
    assertThat(last.get(3).stringValue()).isEqualTo("-inf");
    assertThat(last.get(4).isNull()).isTrue();
  }

  @Test
  void json_hostileTexts_comeBackAsTheyWere() {
    JsonNode rows = JSON.at("/sections/2/blocks/2/rows");
    List<String> names =
        StreamSupport.stream(rows.spliterator(), false)
            .map(row -> row.get(0).stringValue())
            .toList();
    assertThat(names).containsAll(ExamplePage.HOSTILE);
  }

  @Test
  void markdown_samples_areFencedBeyondAnyFenceOfTheirs() {
    assertThat(MARKDOWN)
        .contains("````text\n| pipes | `ticks` ``` *stars* [link](x) <!-- -->\n````\n")
        .contains("## Coverage between checkpoints\n")
        .contains("- **Cost** 163,840 tokens: the same for each sampler\n")
        .contains("\"version\" : \"0.1.0\"")
        .doesNotContain("\u001b")
        .doesNotContain("hidden-by-the-record");
  }

  @Test
  void markdown_samples_areUnderTheirPrompts() {
    assertThat(MARKDOWN)
        .contains("### Prompt prompt-0\n\n```text\nOnce upon </script>")
        .contains("**rejected** −25.00 nats, weight 0.135, vgb\n");
    assertThat(MARKDOWN.split("### Prompt ")).hasSize(6);
  }

  @Test
  void markdown_charts_areTablesOfTheirNumbers() {
    assertThat(MARKDOWN)
        .contains("| Series | Budget (model tokens) | Success (share of prompts) |\n")
        .contains("| base model | 4,096 | 0.100 |\n")
        .contains("| Checkpoint \\\\ Against | ckpt 1000 |");
  }
}
