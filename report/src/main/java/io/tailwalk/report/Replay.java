package io.tailwalk.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A walk on a tree of prefixes, drawn and replayed step by step.
 *
 * @param title what it shows, a few words
 * @param description what a reader who cannot see it should know, a sentence
 * @param nodes the root first, parents before children
 * @param steps places in {@code nodes} where the walk stood, in order; each but the first is a
 *     parent or a child of the one before, or the root again as a new tour begins
 */
public record Replay(String title, String description, List<Node> nodes, List<Integer> steps)
    implements Block {
  private static final NumberStyle NATS = NumberStyle.fixed(2);
  private static final NumberStyle VALUE = NumberStyle.significant(3);

  /** What a node is. */
  public enum Kind {
    /** A prefix. */
    INNER,
    /** A complete response with a reward above zero. */
    PASSED,
    /** A complete response without. */
    FAILED
  }

  /**
   * A node.
   *
   * @param parent its place in the list; -1 for the root
   * @param text what it adds to its parent's text
   * @param tokens tokens of the whole prefix
   * @param logProb of the whole prefix under the model (nats)
   * @param value the value in force, or the reward; NaN where not known
   * @param kind what it is
   */
  public record Node(
      int parent, String text, int tokens, double logProb, double value, Kind kind) {}

  /** Copies, and refuses nodes before their parents and steps that are no steps. */
  public Replay {
    nodes = List.copyOf(nodes);
    steps = List.copyOf(steps);
    for (int i = 0; i < nodes.size(); i++) {
      int parent = nodes.get(i).parent();
      if (i == 0 ? parent != -1 : parent < 0 || parent >= i) {
        throw new IllegalArgumentException("node " + i + " has parent " + parent);
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      int to = steps.get(i);
      int from = i == 0 ? 0 : steps.get(i - 1);
      boolean known = to >= 0 && to < nodes.size();
      if (!known
          || !(to == 0 || nodes.get(to).parent() == from || nodes.get(from).parent() == to)) {
        throw new IllegalArgumentException("step " + i + " leads from " + from + " to " + to);
      }
    }
  }

  /** How often the walk came to each node. */
  public int[] visits() {
    int[] visits = new int[nodes.size()];
    steps.forEach(node -> visits[node]++);
    return visits;
  }

  /** How often the walk went from each node back to its parent. */
  public int[] backtracks() {
    int[] backtracks = new int[nodes.size()];
    for (int i = 1; i < steps.size(); i++) {
      int from = steps.get(i - 1);
      if (nodes.get(from).parent() == steps.get(i)) {
        backtracks[from]++;
      }
    }
    return backtracks;
  }

  /** The whole text of a node. */
  public String text(int node) {
    StringBuilder text = new StringBuilder();
    for (int at = node; at > 0; at = nodes.get(at).parent()) {
      text.insert(0, nodes.get(at).text());
    }
    return text.toString();
  }

  /** The nodes as a table, in order. */
  public Table table() {
    int[] visits = visits();
    int[] backtracks = backtracks();
    return Table.of("The nodes of the walk", IntStream.range(0, nodes.size()).boxed().toList())
        .text("text", node -> node == 0 ? "(the prompt alone)" : text(node))
        .text(
            "kind",
            node ->
                switch (nodes.get(node).kind()) {
                  case INNER -> "prefix";
                  case PASSED -> "passed";
                  case FAILED -> "failed";
                })
        .whole("tokens", node -> nodes.get(node).tokens())
        .whole("visits", node -> visits[node])
        .whole("backtracks", "times", node -> backtracks[node])
        .number("log-probability", "nats", NATS, node -> nodes.get(node).logProb())
        .number("value or reward", VALUE, node -> nodes.get(node).value())
        .build();
  }
}
