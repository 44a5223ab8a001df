package io.tailwalk.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Independent pieces of work on several threads, results in order. */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  /** So many threads, at least 1. */
  public Workers(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /** The results of work 0 to {@code count - 1}, in that order. */
  public <T> List<T> map(int count, IntFunction<T> work) {
    List<Future<T>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      started.add(threads.submit(() -> work.apply(index)));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : started) {
      results.add(result(future));
    }
    return results;
  }

  private static <T> T result(Future<T> future) {
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
