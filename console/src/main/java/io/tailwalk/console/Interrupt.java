package io.tailwalk.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and kind kills as a flag: while it is open, the process ends only after the work has seen
 * the flag and been closed, or a minute has passed.
 */
public final class Interrupt implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "interrupt");
  private volatile boolean requested;

  private Interrupt() {}

  /** Begins to listen. */
  public static Interrupt listen() {
    var interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** Whether the process is asked to end. */
  public boolean requested() {
    return requested;
  }

  private void onShutdown() {
    requested = true;
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("tailwalk: gave up waiting for the work at hand");
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
        // The shutdown has just begun; the hook sees the latch and lets it pass.
        requested = true;
      }
    }
  }
}
