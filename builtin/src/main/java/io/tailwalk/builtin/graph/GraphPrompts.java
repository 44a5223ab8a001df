package io.tailwalk.builtin.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Prompts: {@code u1 v1 | u2 v2 | ... | uk vk / s t =}, one token for each integer and sign, the
 * edges in random order.
 */
public final class GraphPrompts {
  private static final int EDGE_TOKENS = 3;

  private GraphPrompts() {}

  /** The prompt of a graph. */
  public static int[] encode(LayeredGraph graph, GraphShape shape, RandomGenerator random) {
    List<LayeredGraph.Edge> edges = graph.edges();
    int[] order = GraphDraws.shuffled(edges.size(), random);
    int[] tokens = new int[EDGE_TOKENS * (edges.size() + 1)];
    for (int i = 0; i < order.length; i++) {
      LayeredGraph.Edge edge = edges.get(order[i]);
      tokens[EDGE_TOKENS * i] = edge.from();
      tokens[EDGE_TOKENS * i + 1] = edge.to();
      tokens[EDGE_TOKENS * i + 2] = i + 1 < order.length ? shape.edgeEnd() : shape.question();
    }
    tokens[tokens.length - 3] = graph.source();
    tokens[tokens.length - 2] = graph.target();
    tokens[tokens.length - 1] = shape.answer();
    return tokens;
  }

  /**
   * The graph of a prompt.
   *
   * @throws IllegalArgumentException if it is not a prompt of this shape
   */
  public static LayeredGraph decode(int[] prompt, GraphShape shape) {
    Map<Integer, Set<Integer>> successors = successors(prompt, shape);
    int source = prompt[prompt.length - 3];
    int target = prompt[prompt.length - 2];
    List<LayeredGraph.Layer> layers = new ArrayList<>();
    Set<Integer> nodes = next(successors, Set.of(source));
    for (int i = 1; i <= shape.middleLayers(); i++) {
      List<Integer> passable = nodes.stream().filter(successors::containsKey).toList();
      List<Integer> deadEnds = nodes.stream().filter(n -> !successors.containsKey(n)).toList();
      require(nodes.size() == shape.width() && !passable.isEmpty(), "layer " + i);
      layers.add(new LayeredGraph.Layer(passable, deadEnds));
      nodes = next(successors, passable);
    }
    require(nodes.equals(Set.of(target)), "the last layer's edges");
    LayeredGraph graph = new LayeredGraph(source, target, layers);
    int edges = successors.values().stream().mapToInt(Set::size).sum();
    require(graph.edges().size() == edges, "the number of edges");
    return graph;
  }

  private static Map<Integer, Set<Integer>> successors(int[] prompt, GraphShape shape) {
    int edges = prompt.length / EDGE_TOKENS - 1;
    require(edges > 0 && prompt[prompt.length - 1] == shape.answer(), "the last token");
    require(prompt.length % EDGE_TOKENS == 0, "the length " + prompt.length);
    Map<Integer, Set<Integer>> successors = new LinkedHashMap<>();
    for (int i = 0; i < edges; i++) {
      int end = i + 1 < edges ? shape.edgeEnd() : shape.question();
      require(prompt[EDGE_TOKENS * i + 2] == end, "token " + (EDGE_TOKENS * i + 3));
      int from = node(prompt[EDGE_TOKENS * i], shape);
      int to = node(prompt[EDGE_TOKENS * i + 1], shape);
      boolean isNew = successors.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(to);
      require(isNew, "edge " + (i + 1) + ", given twice,");
    }
    return successors;
  }

  private static int node(int token, GraphShape shape) {
    require(token >= 0 && token < shape.vocabulary(), "token " + token + ", no node,");
    return token;
  }

  private static Set<Integer> next(
      Map<Integer, Set<Integer>> successors, Collection<Integer> nodes) {
    Set<Integer> next = new LinkedHashSet<>();
    for (int node : nodes) {
      next.addAll(successors.getOrDefault(node, Set.of()));
    }
    return next;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what + " does not fit a layered graph of this shape");
    }
  }
}
