package io.tailwalk.builtin.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws graphs, uniformly within a class, and responses to them. */
final class GraphDraws {
  private final GraphShape shape;

  GraphDraws(GraphShape shape) {
    this.shape = shape;
  }

  LayeredGraph graph(GraphClass kind, RandomGenerator random) {
    LayeredGraph graph = anyGraph(kind.branchingLayers(), random);
    while (!kind.hiddenBit().allows(HiddenBit.of(graph, shape))) {
      graph = anyGraph(kind.branchingLayers(), random);
    }
    return graph;
  }

  /**
   * Branching layers use one even and one odd integer each; all other places use the remaining
   * integers, in random order. This is the uniform distribution over all fillings with one even and
   * one odd passable node in each branching layer.
   */
  private LayeredGraph anyGraph(int branching, RandomGenerator random) {
    Deque<Integer> even = new ArrayDeque<>();
    Deque<Integer> odd = new ArrayDeque<>();
    for (int id : shuffled(shape.vocabulary(), random)) {
      ((id & 1) == 0 ? even : odd).add(id);
    }
    int[] order = shuffled(shape.middleLayers(), random);
    List<List<Integer>> passable =
        new ArrayList<>(Collections.nCopies(shape.middleLayers(), List.of()));
    for (int i = 0; i < branching; i++) {
      passable.set(order[i], List.of(even.remove(), odd.remove()));
    }
    List<Integer> left = new ArrayList<>(even);
    left.addAll(odd);
    Deque<Integer> rest = new ArrayDeque<>();
    for (int index : shuffled(left.size(), random)) {
      rest.add(left.get(index));
    }
    List<LayeredGraph.Layer> layers = new ArrayList<>();
    for (List<Integer> pair : passable) {
      List<Integer> through = pair.isEmpty() ? List.of(rest.remove()) : pair;
      List<Integer> deadEnds = new ArrayList<>();
      while (through.size() + deadEnds.size() < shape.width()) {
        deadEnds.add(rest.remove());
      }
      layers.add(new LayeredGraph.Layer(through, deadEnds));
    }
    return new LayeredGraph(rest.remove(), rest.remove(), layers);
  }

  int[] response(LayeredGraph graph, PathRule rule, RandomGenerator random) {
    int[] path = new int[shape.horizon()];
    path[0] = graph.source();
    path[path.length - 1] = graph.target();
    for (int i = 0; i < shape.middleLayers(); i++) {
      List<Integer> passable = graph.layers().get(i).passable();
      path[i + 1] = passable.get(choose(passable, graph, i, rule, random));
    }
    return path;
  }

  private static int choose(
      List<Integer> passable,
      LayeredGraph graph,
      int layer,
      PathRule rule,
      RandomGenerator random) {
    if (passable.size() == 1) {
      return 0;
    }
    if (!rule.isDeterministic()) {
      return random.nextInt(passable.size());
    }
    return (passable.getFirst() & 1) == rule.parity(graph, layer) ? 0 : 1;
  }

  /** The integers below n in random order (Fisher and Yates). */
  static int[] shuffled(int n, RandomGenerator random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
