package io.tailwalk.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.work.Watch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A watch that never ends the work, and counts how often it is asked, which is at every step of a
 * sampler. Work that does not ask for a second, in which it makes hundreds of steps, has ended.
 */
final class AskedWatch implements Watch {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicLong asked = new AtomicLong();

  @Override
  public boolean at(long done, long total, String note) {
    asked.incrementAndGet();
    return true;
  }

  @Override
  public boolean cancelled() {
    asked.incrementAndGet();
    return false;
  }

  /** A verifier so slow that the work is not done before the test is. */
  static Verifier slow(boolean passes) {
    return new Verifier() {
      @Override
      public String name() {
        return "slow";
      }

      @Override
      public double logReward(Candidate complete) {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        return passes ? 0 : Double.NEGATIVE_INFINITY;
      }
    };
  }

  /** Waits until the work makes steps. */
  void awaitWork() throws InterruptedException {
    while (asked.get() < 100) {
      Thread.sleep(5);
    }
  }

  /** Requires that the work ends soon. */
  void requireEnded() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long before = -1;
    while (before != asked.get() && System.nanoTime() < end) {
      before = asked.get();
      Thread.sleep(1000);
    }
    assertThat(asked.get()).as("no step after the end").isEqualTo(before);
  }
}
