package io.tailwalk.builtin.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The joint distribution of graphs and responses, from the definition alone: every filling of the
 * places with different integers, refused unless branching layers have one even and one odd
 * passable node and the hidden bit is right, all others equally likely.
 */
final class GraphReference {
  /** A graph as sets, and a response. */
  record Pair(String graph, List<Integer> response) {}

  final Map<Pair, Double> joint = new LinkedHashMap<>();
  private final Map<Pair, LayeredGraph> graphs = new HashMap<>();

  GraphReference(GraphShape shape, GraphMixture mixture) {
    for (int c = 0; c < mixture.classes().size(); c++) {
      add(shape, mixture.classes().get(c), mixture.weights().get(c));
    }
  }

  LayeredGraph graph(Pair pair) {
    return Objects.requireNonNull(graphs.get(pair));
  }

  private void add(GraphShape shape, GraphClass kind, double weight) {
    List<LayeredGraph> fillings = new ArrayList<>();
    for (int mask = 0; mask < 1 << shape.middleLayers(); mask++) {
      if (Integer.bitCount(mask) == kind.branchingLayers()) {
        fill(shape, mask, new ArrayList<>(), fillings);
      }
    }
    fillings.removeIf(graph -> !isAllowed(graph, shape, kind));
    for (LayeredGraph graph : fillings) {
      List<List<Integer>> responses = responses(graph, kind.rule());
      for (List<Integer> response : responses) {
        var pair = new Pair(key(graph), response);
        joint.merge(pair, weight / fillings.size() / responses.size(), Double::sum);
        graphs.put(pair, graph);
      }
    }
  }

  private static void fill(
      GraphShape shape, int mask, List<Integer> ids, List<LayeredGraph> fillings) {
    if (ids.size() == shape.numNodes()) {
      List<LayeredGraph.Layer> layers = new ArrayList<>();
      for (int layer = 0; layer < shape.middleLayers(); layer++) {
        int from = 2 + layer * shape.width();
        int middle = from + 1 + (mask >> layer & 1);
        layers.add(
            new LayeredGraph.Layer(
                ids.subList(from, middle), ids.subList(middle, from + shape.width())));
      }
      fillings.add(new LayeredGraph(ids.get(0), ids.get(1), layers));
      return;
    }
    for (int id = 0; id < shape.vocabulary(); id++) {
      if (!ids.contains(id)) {
        ids.add(id);
        fill(shape, mask, ids, fillings);
        ids.removeLast();
      }
    }
  }

  private static boolean isAllowed(LayeredGraph graph, GraphShape shape, GraphClass kind) {
    int bit = 0;
    for (int i = 0; i < graph.layers().size(); i++) {
      LayeredGraph.Layer layer = graph.layers().get(i);
      if (layer.branches() && (layer.passable().get(0) + layer.passable().get(1)) % 2 == 0) {
        return false;
      }
      bit += i < shape.middleLayers() / 2 ? sum(layer.passable()) + sum(layer.deadEnds()) : 0;
    }
    return kind.hiddenBit() == HiddenBit.EITHER
        || bit % 2 == (kind.hiddenBit() == HiddenBit.ONE ? 1 : 0);
  }

  private static List<List<Integer>> responses(LayeredGraph graph, PathRule rule) {
    int all = graph.layers().stream().mapToInt(layer -> sum(layer.passable())).sum();
    List<List<Integer>> paths = new ArrayList<>(List.of(List.of(graph.source())));
    for (int i = 0; i < graph.layers().size(); i++) {
      int number = i + 2;
      int wanted =
          switch (rule) {
            case LAYER_PARITY -> number % 2;
            case OPPOSITE_PARITY -> (number + 1) % 2;
            case GLOBAL_PARITY -> (number + all) % 2;
            case UNIFORM -> -1;
          };
      LayeredGraph.Layer layer = graph.layers().get(i);
      boolean chooses = layer.branches() && wanted >= 0;
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> path : paths) {
        for (int node : layer.passable()) {
          if (!chooses || node % 2 == wanted) {
            longer.add(joined(path, node));
          }
        }
      }
      paths = longer;
    }
    return paths.stream().map(path -> joined(path, graph.target())).toList();
  }

  private static List<Integer> joined(List<Integer> path, int node) {
    List<Integer> longer = new ArrayList<>(path);
    longer.add(node);
    return longer;
  }

  private static int sum(List<Integer> nodes) {
    return nodes.stream().mapToInt(Integer::intValue).sum();
  }

  static String key(LayeredGraph graph) {
    var key = new StringBuilder(graph.source() + ">" + graph.target());
    for (LayeredGraph.Layer layer : graph.layers()) {
      key.append(layer.passable().stream().sorted().toList());
      key.append(layer.deadEnds().stream().sorted().toList());
    }
    return key.toString();
  }
}
