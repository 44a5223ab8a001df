package io.tailwalk.runs.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs independent pieces of work on several threads and returns the results in order. */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  /** Creates workers with the given number of threads, at least 1. */
  public Workers(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /** Returns the results of pieces 0 to {@code count - 1}, in that order. */
  public <T> List<T> map(int count, IntFunction<T> work) {
    return map(count, work, Watch.NONE, _ -> "");
  }

  /**
   * Returns the results in order and reports to the watch which piece is awaited; if the watch
   * stops the work, {@link #close} ends the remaining pieces.
   */
  public <T> List<T> map(int count, IntFunction<T> work, Watch watch, IntFunction<String> note) {
    List<Future<T>> started = start(count, work);
    List<T> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      watch.step(i, count, note.apply(i));
      results.add(result(started.get(i)));
    }
    return results;
  }

  private <T> List<Future<T>> start(int count, IntFunction<T> work) {
    List<Future<T>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      started.add(threads.submit(() -> work.apply(index)));
    }
    return started;
  }

  /**
   * Waits for a result. A failure is rethrown unchanged.
   *
   * @throws CancellationException if this thread is interrupted while waiting
   */
  public static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
