package io.tailwalk.runs.work;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Work in the background whose results go to one subscriber, one at a time. A result waits until
 * the subscriber has requested it. The work learns of a cancelled subscription by {@link #isEnded}.
 *
 * @param <T> type of the results
 */
public final class Publication<T> implements Flow.Subscription {
  private final Flow.Subscriber<? super T> subscriber;

  /** Held while a result is passed on, so that the subscriber sees one signal at a time. */
  private final ReentrantLock delivery = new ReentrantLock();

  /** Guards the demand; never held while the subscriber is called, which may come back here. */
  private final ReentrantLock demand = new ReentrantLock();

  private final Condition changed = demand.newCondition();
  private long requested;
  private Optional<IllegalArgumentException> misuse = Optional.empty();
  private volatile boolean ended;

  private Publication(Flow.Subscriber<? super T> subscriber) {
    this.subscriber = subscriber;
  }

  /** Returns a publisher that starts the work anew for each subscriber. */
  public static <T> Flow.Publisher<T> of(Consumer<Publication<T>> work) {
    return subscriber -> {
      var publication = new Publication<T>(subscriber);
      subscriber.onSubscribe(publication);
      Thread.ofVirtual().start(() -> publication.run(work));
    };
  }

  private void run(Consumer<Publication<T>> work) {
    Optional<Throwable> failure = Optional.empty();
    try {
      work.accept(this);
    } catch (Throwable e) { // whatever ends the work, the subscriber must hear of it
      failure = Optional.of(e);
    }
    if (misuse().isPresent()) {
      subscriber.onError(misuse().get());
    } else if (!ended) {
      failure.ifPresentOrElse(subscriber::onError, subscriber::onComplete);
    }
  }

  private Optional<IllegalArgumentException> misuse() {
    demand.lock();
    try {
      return misuse;
    } finally {
      demand.unlock();
    }
  }

  /** Whether the work should end: the subscription is cancelled. May be called by any thread. */
  public boolean isEnded() {
    return ended;
  }

  /**
   * Passes on a result once it is requested; does nothing if the subscription is cancelled.
   *
   * @throws CancellationException if this thread is interrupted while waiting
   */
  public void submit(T result) {
    try {
      delivery.lockInterruptibly();
      try {
        if (isRequested()) {
          subscriber.onNext(result);
        }
      } finally {
        delivery.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  private boolean isRequested() throws InterruptedException {
    demand.lockInterruptibly();
    try {
      while (requested == 0 && !ended) {
        changed.await();
      }
      requested = requested == Long.MAX_VALUE || ended ? requested : requested - 1;
      return !ended;
    } finally {
      demand.unlock();
    }
  }

  @Override
  public void request(long n) {
    demand.lock();
    try {
      if (n <= 0) {
        misuse = Optional.of(new IllegalArgumentException("request at least 1 result, got " + n));
        ended = true;
      } else {
        requested = n > Long.MAX_VALUE - requested ? Long.MAX_VALUE : requested + n;
      }
      changed.signalAll();
    } finally {
      demand.unlock();
    }
  }

  @Override
  public void cancel() {
    demand.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      demand.unlock();
    }
  }
}
