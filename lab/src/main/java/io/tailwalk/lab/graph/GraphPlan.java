package io.tailwalk.lab.graph;

import io.tailwalk.builtin.graph.GraphClass;
import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.builtin.graph.HiddenBit;
import io.tailwalk.builtin.graph.PathRule;
import io.tailwalk.lab.Scale;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.optim.LearningRate;
import java.util.ArrayList;
import java.util.List;

/**
 * Sizes of the experiment of arXiv 2510.15020, Fig. 1 and App. C.2: graphs, model, stages of
 * training, and number of checkpoints.
 *
 * <p>As in the paper: pre-training on equal parts of G1, G2 and G3, fine-tuning on 0.9 G1 and 0.1
 * G2 at a lower learning rate, fresh examples at every step. Smaller than the paper: graphs, model
 * (Llama's shape), numbers of steps; and one branching layer, hence two paths, instead of two
 * layers and four paths. Not in the paper: pre-training starts on graphs of all numbers of layers
 * up to that of the experiment, on which looking up an edge is learned sooner, and it stops early,
 * at a constant rate. A base that finds every path has Cov_N = 0 for N above 2, and its coverage
 * can only worsen; one that does not yet find every path first learns to.
 *
 * @param model shape of the transformer
 * @param widening factor on the first weights of all matrices; narrow models then start faster
 * @param shipped whether runs start from the base model that is part of the program; otherwise each
 *     run trains its own model from scratch
 * @param base the stages that make the base model, one after the other
 * @param fineTuning the last stage
 * @param checkpoints number of checkpoints measured during fine-tuning, evenly spaced, not counting
 *     the base model
 * @param heldOut number of prompts for choosing a checkpoint; twice as many others judge the choice
 * @param threads PyTorch threads during training; another number rounds differently
 */
record GraphPlan(
    TransformerConfig model,
    double widening,
    boolean shipped,
    List<Stage> base,
    Stage fineTuning,
    int checkpoints,
    int heldOut,
    int threads) {
  private static final int BATCH = 32;

  /** Layers with two passable nodes. */
  private static final int BRANCHING = 1;

  /** Even and odd integers for the nodes of either scale. */
  private static final int VOCABULARY = 20;

  /** Keeps copies. */
  GraphPlan {
    base = List.copyOf(base);
  }

  static GraphPlan of(Scale scale) {
    return switch (scale) {
      case QUICK -> quick();
      case FULL -> full();
    };
  }

  private static GraphPlan quick() {
    return sixLayers(true, 16, 768);
  }

  /** Each run trains a base of its own; more checkpoints and prompts. */
  private static GraphPlan full() {
    return sixLayers(false, 20, 1024);
  }

  /** Six middle layers of two nodes, 62 tokens at most; about 120,000 parameters. */
  private static GraphPlan sixLayers(boolean shipped, int checkpoints, int heldOut) {
    var shape = new GraphShape(6, 2, VOCABULARY);
    return new GraphPlan(
        TransformerConfig.llama(shape.numTokens(), 96, 3, 4, 56),
        2,
        shipped,
        List.of(lesson(shape, 500, 3e-3), pretraining(shape, 3000, 3e-3)),
        fineTuning(shape, 3200, 1800, 8e-4),
        checkpoints,
        heldOut,
        1);
  }

  /** Graphs of two layers up to all layers, with one path or several. */
  private static Stage lesson(GraphShape shape, long steps, double rate) {
    List<GraphTask> tasks = new ArrayList<>();
    for (int layers = 2; layers <= shape.middleLayers(); layers++) {
      var smaller = new GraphShape(layers, shape.width(), shape.vocabulary());
      var one = new GraphClass("one path", 0, PathRule.UNIFORM, HiddenBit.EITHER);
      var some = new GraphClass("some paths", layers / 2, PathRule.UNIFORM, HiddenBit.EITHER);
      tasks.add(new GraphTask(smaller, new GraphMixture(List.of(one, some), List.of(0.5, 0.5))));
    }
    return new Stage("lesson", tasks, steps, BATCH, LearningRate.warmUp(rate, 100));
  }

  /** Stopped while its rate is still at the peak. */
  private static Stage pretraining(GraphShape shape, long steps, double rate) {
    return new Stage(
        "pretraining",
        task(shape, GraphMixture.ofRules(BRANCHING, 1 / 3.0, 1 / 3.0, 1 / 3.0)),
        steps,
        BATCH,
        LearningRate.warmUp(rate, 100));
  }

  /** A long warm-up spreads the checkpoints over the complete course. */
  private static Stage fineTuning(GraphShape shape, long steps, long warmUp, double rate) {
    return new Stage(
        "finetuning",
        task(shape, GraphMixture.ofRules(BRANCHING, 0.9, 0.1, 0)),
        steps,
        BATCH,
        LearningRate.cosine(rate, warmUp, steps, rate / 20));
  }

  private static List<GraphTask> task(GraphShape shape, GraphMixture mixture) {
    return List.of(new GraphTask(shape, mixture));
  }

  /** The graphs of the experiment itself. */
  GraphShape shape() {
    return fineTuning.task().shape();
  }

  /** Steps between two checkpoints of fine-tuning. */
  long spacing() {
    return fineTuning.steps() / checkpoints;
  }
}
