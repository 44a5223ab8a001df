package io.tailwalk.lab;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** A run of a sampler that a watch can interrupt. */
public final class WatchedRun {
  private WatchedRun() {}

  /**
   * Runs a sampler.
   *
   * @param run runs the sampler with the given listener
   * @param watch asked at every progress report of the sampler
   * @throws CancellationException if the watch asked to stop
   */
  public static Sampling of(Function<SamplingListener, Sampling> run, Watch watch) {
    var listener = new Listener(watch);
    Sampling sampling = run.apply(listener);
    if (listener.stopped) {
      throw new CancellationException("interrupted");
    }
    return sampling;
  }

  private static final class Listener implements SamplingListener {
    private final Watch watch;
    private boolean stopped;

    private Listener(Watch watch) {
      this.watch = watch;
    }

    @Override
    public void onProgress(Cost cost) {
      stopped = stopped || !watch.at(0, 0, "");
    }

    @Override
    public boolean cancelled() {
      return stopped;
    }
  }
}
