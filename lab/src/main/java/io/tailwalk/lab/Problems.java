package io.tailwalk.lab;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.util.List;
import java.util.function.Function;

/** Runs samplers on problems with known answers. */
public final class Problems {
  private static final int BATCH = 16;

  private Problems() {}

  /** Runs a sampler once on a new tree in which every token is a child. */
  public static Sampling run(Problem problem, Sampler sampler, RunOptions options) {
    return run(problem, sampler, options, SamplingListener.NONE);
  }

  /** Runs a sampler once on such a tree, with a listener. */
  public static Sampling run(
      Problem problem, Sampler sampler, RunOptions options, SamplingListener listener) {
    return run(problem, List.of(), sampler, options, listener);
  }

  /** Runs a sampler once on such a tree, with a listener and texts that end a response. */
  public static Sampling run(
      Problem problem,
      List<String> stops,
      Sampler sampler,
      RunOptions options,
      SamplingListener listener) {
    return with(
        problem,
        new ExpansionRule.Enumerate(),
        stops,
        sampling -> sampler.run(sampling, options, listener));
  }

  /** Applies a function to a problem on a new tree whose children are made by a rule. */
  public static <T> T with(Problem problem, ExpansionRule rule, Function<SamplingProblem, T> work) {
    return with(problem, rule, List.of(), work);
  }

  private static <T> T with(
      Problem problem, ExpansionRule rule, List<String> stops, Function<SamplingProblem, T> work) {
    int[] promptTokenIds = problem.model().encode(problem.prompt());
    var contextOptions = new ContextOptions(problem.maxTokens(), BATCH);
    try (ModelContext context = problem.model().open(promptTokenIds, contextOptions)) {
      return work.apply(
          new SamplingProblem(
              problem.prompt(),
              problem.model().vocabulary(),
              context,
              problem.verifier(),
              problem.value(),
              rule,
              problem.maxTokens(),
              stops));
    }
  }
}
