package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.JsonText;
import io.tailwalk.report.Replay.Kind;
import io.tailwalk.report.Replay.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReplayTest {
  private static final List<Node> NODES =
      List.of(
          new Node(-1, "", 0, 0, Double.NaN, Kind.INNER),
          new Node(0, "<zz>", 1, -1, 0.5, Kind.INNER),
          new Node(1, " x", 2, -2.5, 1, Kind.PASSED),
          new Node(1, "y", 2, -3, 0, Kind.FAILED));

  private static Replay replay(Integer... steps) {
    return new Replay("A walk", "What it is.", NODES, List.of(steps));
  }

  @Test
  void counts_areThoseOfTheSteps() {
    Replay replay = replay(0, 1, 2, 1, 3, 1, 0, 1);
    assertThat(replay.visits()).containsExactly(2, 4, 1, 1);
    assertThat(replay.backtracks()).containsExactly(0, 1, 1, 1);
    assertThat(replay.text(2)).isEqualTo("<zz> x");
    assertThat(replay.table().texts(replay.table().rows().get(2)))
        .containsExactly("<zz> x", "passed", "2", "1", "1", "−2.50", "1.00");
  }

  @Test
  void stepsThatAreNone_andNodesBeforeTheirParents_areRefused() {
    assertThatThrownBy(() -> replay(0, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> replay(0, 1, 2, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> replay(0, 9)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Replay("", "", List.of(NODES.get(1)), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(replay(0, 1, 2, 0, 1).steps()).hasSize(5);
  }

  @Test
  void forms_holdNodesStepsAndCounts_andTextStaysText() {
    ReportPage page =
        new ReportPage("t", "s", List.of(Section.of("one", replay(0, 1, 2, 1))), ExamplePage.run());
    String html = HtmlReport.render(page);
    assertThat(html)
        .contains("id=\"replay1\"", "data-replay=\"replay1\"", "max=\"3\"", "aria-label=\"Play\"")
        .contains("\\u003czz\\u003e")
        .doesNotContain("<zz>");
    JsonNode block =
        JsonText.parse(JsonReport.render(page)).get("sections").get(0).get("blocks").get(0);
    assertThat(block.get("kind").stringValue()).isEqualTo("replay");
    assertThat(block.get("steps")).hasSize(4);
    JsonNode node = block.get("nodes").get(1);
    assertThat(node.get("visits").intValue()).isEqualTo(2);
    assertThat(node.get("backtracks").intValue()).isZero();
    assertThat(node.get("value").doubleValue()).isEqualTo(0.5);
    assertThat(block.get("nodes").get(0).get("value").isNull()).isTrue();
    assertThat(MarkdownReport.render(page)).contains("### A walk").contains("passed");
  }
}
