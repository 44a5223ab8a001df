package io.tailwalk.openai.http;

import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.core.random.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Servers with the same model. Questions with the same key go to the same server, whose cache knows
 * their common beginning. A server that does not answer is left out; after a rest it is compared
 * with the others again, in the background, and comes back if it is still a replica.
 */
public final class Endpoints implements AutoCloseable {
  private final List<Endpoint> all;
  private final Predicate<Endpoint> same;
  private final Absences absences;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Of one or more servers.
   *
   * @param all the servers; closed with this object
   * @param same whether a server that failed is still a replica of the others
   * @param rest time between the failure of a server and the next attempt; it doubles
   */
  public Endpoints(List<Endpoint> all, Predicate<Endpoint> same, Duration rest) {
    this.all = List.copyOf(all);
    this.same = same;
    this.absences = new Absences(rest);
  }

  /** The servers, those that failed included. */
  public List<Endpoint> all() {
    return all;
  }

  /** The servers that are left out now. */
  public List<Endpoint> failed() {
    return all.stream().filter(absences::has).toList();
  }

  /** What each server was asked for. */
  public List<ServedUsage> usage() {
    return all.stream().map(one -> one.usage(absences.has(one))).toList();
  }

  /**
   * Asks questions, several at a time.
   *
   * @param key chooses the server
   * @return the answers, in order
   * @throws RefusedException if a server refuses a question
   * @throws UnreachableException if no server answers
   * @throws AnswerException if an answer is not what was asked for
   */
  public <T> List<T> ask(long key, List<Query<T>> queries) {
    if (queries.size() == 1) {
      return List.of(ask(key, queries.getFirst()));
    }
    List<Future<T>> running = new ArrayList<>();
    for (Query<T> query : queries) {
      running.add(threads.submit(() -> ask(key, query)));
    }
    List<T> answers = new ArrayList<>();
    try {
      for (Future<T> one : running) {
        answers.add(one.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("the question was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } finally {
      running.forEach(one -> one.cancel(true));
    }
  }

  private <T> T ask(long key, Query<T> query) {
    UnreachableException last = null;
    for (Endpoint endpoint : inOrder(key)) {
      try {
        return endpoint.ask(query);
      } catch (UnreachableException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        absences.fail(endpoint);
        last = e;
      }
    }
    throw last == null
        ? new UnreachableException("no server is left", new IllegalStateException())
        : last;
  }

  private void tryAgain(Endpoint endpoint) {
    try {
      if (same.test(endpoint)) {
        absences.end(endpoint);
      } else {
        absences.exclude(endpoint);
      }
    } catch (UnreachableException | RefusedException | AnswerException e) {
      absences.fail(endpoint);
    }
  }

  /** Servers that did not fail, by a hash of key and place; all of them if all failed. */
  private List<Endpoint> inOrder(long key) {
    absences.due().forEach(endpoint -> threads.execute(() -> tryAgain(endpoint)));
    List<Endpoint> order =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> Streams.key(key, i)))
            .map(all::get)
            .toList();
    List<Endpoint> working = order.stream().filter(one -> !absences.has(one)).toList();
    return working.isEmpty() ? order : working;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    all.forEach(Endpoint::close);
  }
}
