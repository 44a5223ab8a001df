package io.tailwalk.openai.http;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The number of requests in flight: it grows by one for each full round of answers, up to a limit,
 * and halves when the server shows that it is overloaded.
 */
final class AdaptiveLimit {
  private static final double START = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final double most;
  private double allowed;
  private int inFlight;

  /**
   * With nothing in flight.
   *
   * @param most largest number of requests in flight, at least 1
   */
  AdaptiveLimit(int most) {
    this.most = most;
    this.allowed = Math.min(START, most);
  }

  void acquire() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inFlight >= (int) allowed) {
        room.await();
      }
      inFlight++;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a request. */
  void release(boolean overloaded) {
    lock.lock();
    try {
      inFlight--;
      allowed = overloaded ? Math.max(1, allowed / 2) : Math.min(most, allowed + 1 / allowed);
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int allowed() {
    lock.lock();
    try {
      return (int) allowed;
    } finally {
      lock.unlock();
    }
  }
}
