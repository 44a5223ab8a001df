package io.tailwalk.lab.reinforce;

import io.tailwalk.builtin.graph.GraphExample;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.graph.GraphExamples;
import io.tailwalk.lab.graph.GraphSeries;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.policy.Advantage;
import io.tailwalk.train.policy.PolicyGradient;
import io.tailwalk.train.policy.PolicySettings;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingSettings;
import io.tailwalk.train.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reinforcement learning from each checkpoint, problem by problem. */
final class RlRuns {
  private static final long PROBLEMS = 0x9B0B;
  private static final long HELD_OUT = 0x4E1D;
  private static final long DATA = 0xDA7A;
  private static final long DRAWS = 0x2A11;
  private static final int SIDE_BY_SIDE = 64;
  private static final Adam.Constants ADAM = new Adam.Constants(true, 0.9, 0.99, 1e-8, 0);

  private final RlPlan plan;
  private final GraphSeries series;
  private final long seed;
  private final List<Example> problems;
  private final List<Example> task;
  private final List<Example> data;

  RlRuns(RlPlan plan, GraphSeries series, long seed) {
    this.plan = plan;
    this.series = series;
    this.seed = seed;
    problems = examples(series.rare(), plan.problems(), Streams.key(seed, PROBLEMS));
    task = examples(series.rare(), plan.heldOut(), Streams.key(seed, HELD_OUT));
    data = examples(series.data(), plan.dataPrompts(), Streams.key(seed, DATA));
  }

  private static List<Example> examples(GraphTask task, int count, long seed) {
    List<Example> examples = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      GraphExample example = task.example(seed, number);
      examples.add(GraphExamples.of(example));
    }
    return examples;
  }

  /** All checkpoints, one after the other: PyTorch keeps one gradient at a time. */
  List<Reinforced> all(Watch watch) {
    TorchEngine.useThreads(1);
    List<Reinforced> all = new ArrayList<>();
    long total = (long) series.points().size() * plan.problems();
    for (int c = 0; c < series.points().size(); c++) {
      all.add(one(c, watch, total));
    }
    return all;
  }

  private Reinforced one(int checkpoint, Watch watch, long total) {
    GraphSeries.Point point = series.points().get(checkpoint);
    try (Transformer start = Transformer.of(series.model(), point.values());
        Transformer model = Transformer.of(series.model(), point.values())) {
      List<Double> after = new ArrayList<>();
      double rewarded = 0;
      for (int p = 0; p < plan.problems(); p++) {
        long done = (long) checkpoint * plan.problems() + p;
        watch.step(done, total, "reinforcement learning from step " + point.step());
        model.setValues(point.values());
        rewarded += learn(model, start, problems.get(p), Streams.key(seed, DRAWS, checkpoint, p));
        after.add(Math.exp(logProbs(model, List.of(problems.get(p))).getFirst()));
      }
      return new Reinforced(
          point.step(),
          logProbs(start, data),
          logProbs(start, task),
          logProbs(start, problems).stream().map(Math::exp).toList(),
          after,
          rewarded / plan.problems());
    }
  }

  /** Returns the share of draws that were the right path. */
  private double learn(Transformer model, Transformer start, Example problem, long draws) {
    var settings =
        new PolicySettings(
            1,
            plan.group(),
            problem.response().length,
            -1,
            Advantage.LEAVE_ONE_OUT,
            0,
            SIDE_BY_SIDE,
            draws);
    var source =
        new PolicyGradient(
            List.of(problem.prompt()),
            (_, response, _) -> Arrays.equals(response, problem.response()) ? 1 : 0,
            "the right path",
            start,
            settings);
    double[] rewards = new double[1];
    try (Adam adam = new Adam(LearningRate.fixed(plan.rate()), ADAM, model.layout().decayed())) {
      new Trainer(model, adam, source, TrainingSettings.standard().clippedAt(1))
          .listen((_, report) -> rewards[0] += report.drawn().orElseThrow().meanReward())
          .run(plan.steps());
    }
    return rewards[0] / plan.steps();
  }

  private static List<Double> logProbs(Transformer model, List<Example> examples) {
    return Arrays.stream(model.sequenceLogProbs(examples, SIDE_BY_SIDE))
        .map(logProb -> Math.min(0, logProb))
        .boxed()
        .toList();
  }
}
