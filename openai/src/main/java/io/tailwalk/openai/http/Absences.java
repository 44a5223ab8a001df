package io.tailwalk.openai.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Servers that are left out for now. A server is tried again after a rest, which doubles as long as
 * it does not answer, up to a limit.
 */
final class Absences {
  private static final int MOST_DOUBLINGS = 4;

  private final Duration firstRest;
  private final Map<Endpoint, Absence> absent = new ConcurrentHashMap<>();

  /**
   * A server that is left out.
   *
   * @param until time, by {@link System#nanoTime}, at which it may be tried
   * @param failures how often it has failed
   * @param tried whether it is being tried now, or is never to be tried again
   */
  private record Absence(long until, int failures, boolean tried) {}

  /**
   * Without a server.
   *
   * @param firstRest time between the first failure of a server and the next attempt
   */
  Absences(Duration firstRest) {
    this.firstRest = firstRest;
  }

  boolean has(Endpoint endpoint) {
    return absent.containsKey(endpoint);
  }

  /** Leaves a server out that has failed. */
  void fail(Endpoint endpoint) {
    absent.compute(
        endpoint,
        (_, before) -> {
          if (before != null && !before.tried && before.until - System.nanoTime() > 0) {
            return before;
          }
          int failures = before == null ? 0 : before.failures + 1;
          long rest = firstRest.toNanos() << Math.min(failures, MOST_DOUBLINGS);
          return new Absence(System.nanoTime() + rest, failures, false);
        });
  }

  /** Leaves a server out for the rest of the run. */
  void exclude(Endpoint endpoint) {
    absent.put(endpoint, new Absence(0, 0, true));
  }

  /** Takes a server back. */
  void end(Endpoint endpoint) {
    absent.remove(endpoint);
  }

  /** The servers whose rest is over; each is given once until it fails again. */
  List<Endpoint> due() {
    List<Endpoint> due = new ArrayList<>();
    for (Endpoint endpoint : List.copyOf(absent.keySet())) {
      Absence now = absent.get(endpoint);
      if (now != null
          && !now.tried
          && System.nanoTime() - now.until >= 0
          && absent.replace(endpoint, now, new Absence(now.until, now.failures, true))) {
        due.add(endpoint);
      }
    }
    return due;
  }
}
