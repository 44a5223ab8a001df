package io.tailwalk.runs.sample;

import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.sampling.Completion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Answers many prompts, several at a time, and passes on the results in the order of the prompts.
 */
public final class GenerateRun {
  private static final int AHEAD = 64;

  private final PromptRunner runner;
  private final int parallel;
  private final Watch watch;
  private final Optional<RecordedWalk> recorded;
  private final Optional<Consumer<FoundCompletion>> found;
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong passed = new AtomicLong();

  /** Creates a run with the given number of prompts at a time. */
  public GenerateRun(PromptRunner runner, int parallel, Watch watch) {
    this(runner, parallel, watch, Optional.empty(), Optional.empty());
  }

  /**
   * Creates a run that also passes on each different completion when it is first found.
   *
   * @param found receives completions on the threads of the run
   */
  public GenerateRun(
      PromptRunner runner, int parallel, Watch watch, Consumer<FoundCompletion> found) {
    this(runner, parallel, watch, Optional.empty(), Optional.of(found));
  }

  /** Creates a run that also records the walk of one prompt. */
  public GenerateRun(
      PromptRunner runner, int parallel, Watch watch, Optional<RecordedWalk> recorded) {
    this(runner, parallel, watch, recorded, Optional.empty());
  }

  private GenerateRun(
      PromptRunner runner,
      int parallel,
      Watch watch,
      Optional<RecordedWalk> recorded,
      Optional<Consumer<FoundCompletion>> found) {
    this.recorded = recorded;
    this.runner = runner;
    this.parallel = parallel;
    this.watch = watch;
    this.found = found;
  }

  /**
   * Runs the prompts.
   *
   * @param sink receives each result, in order, on the calling thread
   */
  public void run(List<PromptJob> jobs, Consumer<PromptResult> sink) {
    // Few at a time: results wait for the sink, and there may be millions of prompts.
    Deque<Future<PromptResult>> started = new ArrayDeque<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(parallel)) {
      try {
        for (PromptJob job : jobs) {
          if (started.size() == AHEAD * parallel) {
            sink.accept(Workers.result(started.removeFirst()));
          }
          started.addLast(workers.submit(() -> answer(job, jobs.size())));
        }
        while (!started.isEmpty()) {
          sink.accept(Workers.result(started.removeFirst()));
        }
      } catch (RuntimeException | Error e) {
        workers.shutdownNow();
        throw e;
      }
    }
  }

  private PromptResult answer(PromptJob job, int jobs) {
    watch.check();
    var listener = new JobListener(watch, tokens, passed, () -> show(jobs));
    recorded
        .filter(wanted -> wanted.job().equals(job))
        .ifPresent(wanted -> listener.with(wanted.recorder()));
    found.ifPresent(sink -> listener.with(firstOfEach(job, sink)));
    return runner.run(job, listener);
  }

  /** A sampler may report a completion each time it comes by. */
  private static Consumer<Completion> firstOfEach(PromptJob job, Consumer<FoundCompletion> sink) {
    Set<List<Integer>> seen = new HashSet<>();
    return completion -> {
      if (seen.add(completion.tokenIds())) {
        sink.accept(new FoundCompletion(job, completion));
      }
    };
  }

  private void show(int jobs) {
    double total = (double) runner.recipe().budget().modelTokens() * jobs;
    watch.at(tokens.get(), (long) total, passed.get() + " passed");
  }
}
