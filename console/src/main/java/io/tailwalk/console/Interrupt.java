package io.tailwalk.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Flag that is set by Ctrl-C or SIGTERM. While it is open, the process ends only after the work has
 * observed the flag and closed it, or after one minute.
 */
public final class Interrupt implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "interrupt");
  private volatile boolean requested;

  private Interrupt() {}

  /** Starts listening. */
  public static Interrupt listen() {
    var interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** Whether the process has been asked to end. */
  public boolean requested() {
    return requested;
  }

  private void onShutdown() {
    requested = true;
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("tailwalk: stopped waiting for the current work to finish");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The shutdown has just begun; the hook sees the open latch and returns at once.
        requested = true;
      }
    }
  }
}
