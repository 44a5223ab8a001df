package io.tailwalk.builtin.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A layered graph. In each middle layer the passable nodes have an edge to every node of the next
 * layer; all others are dead ends. The source has an edge to every node of the first middle layer.
 *
 * @param source where paths begin
 * @param target where they end
 * @param layers the middle layers
 */
public record LayeredGraph(int source, int target, List<Layer> layers) {
  /** Keeps a copy. */
  public LayeredGraph {
    layers = List.copyOf(layers);
  }

  /**
   * The nodes of a middle layer.
   *
   * @param passable nodes with edges to the next layer; at least one
   * @param deadEnds the others
   */
  public record Layer(List<Integer> passable, List<Integer> deadEnds) {
    /** Keeps copies. */
    public Layer {
      passable = List.copyOf(passable);
      deadEnds = List.copyOf(deadEnds);
      if (passable.isEmpty()) {
        throw new IllegalArgumentException("a layer needs a passable node");
      }
    }

    /** All nodes, passable ones first. */
    public List<Integer> nodes() {
      List<Integer> nodes = new ArrayList<>(passable);
      nodes.addAll(deadEnds);
      return nodes;
    }

    /** Whether there is more than one continuation. */
    public boolean branches() {
      return passable.size() > 1;
    }
  }

  /** An edge. */
  public record Edge(int from, int to) {}

  /** All edges, layer by layer. */
  public List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    List<Integer> from = List.of(source);
    for (Layer layer : layers) {
      join(from, layer.nodes(), edges);
      from = layer.passable();
    }
    join(from, List.of(target), edges);
    return edges;
  }

  private static void join(List<Integer> from, List<Integer> to, List<Edge> edges) {
    for (int node : from) {
      to.forEach(next -> edges.add(new Edge(node, next)));
    }
  }

  /** Number of paths from the source to the target. */
  public long numPaths() {
    return layers.stream().mapToLong(l -> l.passable().size()).reduce(1, Math::multiplyExact);
  }

  /** Middle layers with more than one passable node. */
  public int branchingLayers() {
    return (int) layers.stream().filter(Layer::branches).count();
  }

  /** Whether a response is a path from the source to the target, both included. */
  public boolean isPath(int[] response) {
    if (response.length != layers.size() + 2
        || response[0] != source
        || response[response.length - 1] != target) {
      return false;
    }
    for (int i = 0; i < layers.size(); i++) {
      if (!layers.get(i).passable().contains(response[i + 1])) {
        return false;
      }
    }
    return true;
  }

  /** The exclusive or of the parities of all passable nodes. */
  int passableParity() {
    return layers.stream().flatMap(l -> l.passable().stream()).reduce(0, (a, b) -> a ^ (b & 1));
  }
}
