package io.tailwalk.report;

import io.tailwalk.records.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes a replay: the controls, an element for the drawing, and its data; the script of the page
 * draws it.
 */
final class HtmlReplay {
  private HtmlReplay() {}

  static void write(Markup out, Replay replay, Consumer<Table> table, int number) {
    String id = "replay" + number;
    out.open("figure", "class", "replay", "id", id);
    out.element("h3", replay.title(), "dir", "auto");
    out.open("div", "class", "controls", "role", "group", "aria-label", "Replay");
    button(out, "start", "First step", "\u258e\u25c0");
    button(out, "back", "One step back", "\u25c0");
    button(out, "play", "Play", "\u25b6");
    button(out, "forward", "One step forward", "\u25b6\u258e");
    int last = Math.max(0, replay.steps().size() - 1);
    // Elements without an end tag are written raw; their content is generated here.
    out.raw(
        "<input type=\"range\" class=\"step\" aria-label=\"Step\" min=\"0\" max=\""
            + last
            + "\" value=\"0\">");
    out.element("span", "", "class", "at");
    out.end();
    out.element("p", "", "class", "status", "role", "status", "dir", "auto").raw("\n");
    out.open(
            "div",
            "class",
            "tree",
            "tabindex",
            "0",
            "role",
            "img",
            "aria-label",
            replay.title() + ". " + replay.description())
        .end();
    out.open("script", "type", "application/json", "data-replay", id)
        .raw(HtmlReport.embedded(Json.of(Walk.of(replay))))
        .end();
    out.element("figcaption", replay.description(), "dir", "auto");
    out.open("details", "class", "data").element("summary", "The nodes as a table");
    table.accept(replay.table());
    out.close().end();
  }

  private static void button(Markup out, String kind, String label, String sign) {
    out.element(
        "button", sign, "type", "button", "class", kind, "aria-label", label, "title", label);
  }

  /** Nodes and steps, with all digits of the numbers. */
  record Walk(List<Node> nodes, List<Integer> steps) {
    static Walk of(Replay replay) {
      int[] visits = replay.visits();
      int[] backtracks = replay.backtracks();
      List<Node> nodes = new ArrayList<>();
      for (Replay.Node node : replay.nodes()) {
        int i = nodes.size();
        nodes.add(
            new Node(
                node.parent(),
                Visible.onOneLine(node.text()),
                node.tokens(),
                node.logProb(),
                node.value(),
                node.kind().name().toLowerCase(Locale.ROOT),
                visits[i],
                backtracks[i]));
      }
      return new Walk(nodes, replay.steps());
    }
  }

  private record Node(
      int parent,
      String text,
      int tokens,
      double logProb,
      double value,
      String kind,
      int visits,
      int backtracks) {}
}
