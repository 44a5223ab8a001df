package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.WalkTrace;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Adds the cost of one prompt to totals shared by all prompts, and forwards requests to end the
 * work.
 */
public final class JobListener implements SamplingListener {
  private final Watch watch;
  private final AtomicLong tokens;
  private final AtomicLong passed;
  private final Runnable onChange;
  private Optional<WalkTrace> trace = Optional.empty();
  private Consumer<Completion> found = _ -> {};
  private long before;

  /**
   * Creates a listener for one run of a sampler.
   *
   * @param tokens model tokens of all runs so far
   * @param passed completions that passed so far
   * @param onChange called after each change
   */
  public JobListener(Watch watch, AtomicLong tokens, AtomicLong passed, Runnable onChange) {
    this.watch = watch;
    this.tokens = tokens;
    this.passed = passed;
    this.onChange = onChange;
  }

  /** Returns a listener that also reports every step to a trace. */
  JobListener with(WalkTrace hearer) {
    trace = Optional.of(hearer);
    return this;
  }

  /** Returns a listener that also passes on the completions as they are found. */
  JobListener with(Consumer<Completion> hearer) {
    found = hearer;
    return this;
  }

  @Override
  public Optional<WalkTrace> trace() {
    return trace;
  }

  @Override
  public void onProgress(Cost cost) {
    tokens.addAndGet(cost.modelTokens() - before);
    before = cost.modelTokens();
    onChange.run();
  }

  @Override
  public void onCompletion(Completion completion) {
    passed.incrementAndGet();
    found.accept(completion);
  }

  @Override
  public boolean cancelled() {
    return watch.cancelled();
  }
}
