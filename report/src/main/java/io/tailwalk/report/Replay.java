package io.tailwalk.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A walk on a tree of prefixes, drawn and replayed step by step.
 *
 * @param title title of the replay, a few words
 * @param description one sentence for readers who cannot see the drawing
 * @param nodes the root first, parents before children
 * @param steps positions of the walk as indices into {@code nodes}, in order; each position after
 *     the first is a parent or a child of the one before, or the root again at the start of a new
 *     tour
 */
public record Replay(String title, String description, List<Node> nodes, List<Integer> steps)
    implements Block {
  private static final NumberStyle NATS = NumberStyle.fixed(2);
  private static final NumberStyle VALUE = NumberStyle.significant(3);

  /** The kinds of nodes. */
  public enum Kind {
    /** A prefix. */
    INNER,
    /** A complete response with a reward above zero. */
    PASSED,
    /** A complete response without a reward above zero. */
    FAILED
  }

  /**
   * A node.
   *
   * @param parent index of the parent in the list; -1 for the root
   * @param text text that the node adds to its parent's text
   * @param tokens number of tokens of the complete prefix
   * @param logProb log-probability of the complete prefix under the model (nats)
   * @param value the value in use, or the reward; NaN if unknown
   * @param kind kind of the node
   */
  public record Node(
      int parent, String text, int tokens, double logProb, double value, Kind kind) {}

  /** Copies the lists; refuses nodes before their parents and invalid steps. */
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

  /** The number of visits of each node. */
  public int[] visits() {
    int[] visits = new int[nodes.size()];
    steps.forEach(node -> visits[node]++);
    return visits;
  }

  /** The number of times that the walk backtracked from each node to its parent. */
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

  /** The complete text of a node. */
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
