package io.tailwalk.lab.graph;

import io.tailwalk.builtin.graph.GraphExample;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.evaluate.HeldOutPrompt;
import io.tailwalk.train.evaluate.HeldOutResponse;
import java.util.ArrayList;
import java.util.List;

/** The graph task as training data and as held-out prompts with their exact distribution. */
public final class GraphExamples {
  private static final long TASK = 0x7A5C;

  private GraphExamples() {}

  /** An example in the form that the trainer reads. */
  public static Example of(GraphExample example) {
    return new Example(example.prompt(), example.response());
  }

  /**
   * New examples at every step, all of one task.
   *
   * @param tasks at least one; each step draws one of them
   * @param batch examples per step
   * @param seed seed of all examples
   */
  public static TrainingData fresh(List<GraphTask> tasks, int batch, long seed) {
    List<String> names = tasks.stream().map(task -> task.shape() + " " + task.mixture()).toList();
    return TrainingData.fresh(
        step -> {
          GraphTask task = tasks.get(Streams.of(seed, TASK, step).nextInt(tasks.size()));
          List<Example> examples = new ArrayList<>(batch);
          for (long number = step * batch; number < (step + 1) * batch; number++) {
            examples.add(of(task.example(seed, number)));
          }
          return examples;
        },
        "graph tasks " + names + ", batches of " + batch + ", seed " + seed);
  }

  /**
   * Prompts with one response each, drawn from the data distribution; it is the response that
   * pass@N accepts, the right path if the distribution has only one path.
   *
   * @param seed seed of all prompts; must differ from that of training
   */
  public static List<HeldOutPrompt> heldOut(GraphTask task, int prompts, long seed) {
    List<HeldOutPrompt> heldOut = new ArrayList<>(prompts);
    for (int number = 0; number < prompts; number++) {
      GraphExample example = task.example(seed, number);
      double logProb = Math.min(0, task.logProb(example.graph(), example.response()));
      heldOut.add(new HeldOutPrompt(List.of(new HeldOutResponse(of(example), logProb, 1, true))));
    }
    return heldOut;
  }
}
