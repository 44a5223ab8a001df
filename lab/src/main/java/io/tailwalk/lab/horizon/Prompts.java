package io.tailwalk.lab.horizon;

import io.tailwalk.builtin.graph.GraphExample;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.LayeredGraph;
import io.tailwalk.train.data.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Prompts whose edges are listed layer by layer from the target back to the source, in random order
 * within a layer. A model that reads from left to right then knows at each edge whether it leads to
 * the target. With all edges in random order, as in arXiv 2510.15020 (App. C.1), small models need
 * many times longer to learn the look-up, which is not the subject of the experiment.
 */
final class Prompts {
  private Prompts() {}

  /** The example with its edges reordered. */
  static Example reordered(GraphExample drawn, GraphShape shape, RandomGenerator random) {
    List<LayeredGraph.Edge> edges = order(drawn.graph(), random);
    int[] prompt = new int[3 * edges.size() + 3];
    for (int i = 0; i < edges.size(); i++) {
      prompt[3 * i] = edges.get(i).from();
      prompt[3 * i + 1] = edges.get(i).to();
      prompt[3 * i + 2] = i + 1 < edges.size() ? shape.edgeEnd() : shape.question();
    }
    prompt[prompt.length - 3] = drawn.graph().source();
    prompt[prompt.length - 2] = drawn.graph().target();
    prompt[prompt.length - 1] = shape.answer();
    return new Example(prompt, drawn.response());
  }

  private static List<LayeredGraph.Edge> order(LayeredGraph graph, RandomGenerator random) {
    List<LayeredGraph.Edge> order = new ArrayList<>();
    List<Integer> to = List.of(graph.target());
    for (int i = graph.layers().size(); i >= 0; i--) {
      List<Integer> from = i > 0 ? graph.layers().get(i - 1).passable() : List.of(graph.source());
      List<LayeredGraph.Edge> between = new ArrayList<>();
      for (int u : from) {
        for (int v : to) {
          between.add(new LayeredGraph.Edge(u, v));
        }
      }
      Collections.shuffle(between, random);
      order.addAll(between);
      to = i > 0 ? graph.layers().get(i - 1).nodes() : List.of();
    }
    return order;
  }
}
