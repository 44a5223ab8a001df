package io.tailwalk.runs.value;

import io.tailwalk.core.random.Streams;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Draws rollouts into a journal, several pieces at a time. A piece is a few rollouts of one prompt;
 * its draws are keyed by the seed, the prompt's id and the position of the piece.
 */
final class RolloutRun {
  /** Rollouts per piece: the most that a kill can lose per thread. */
  private static final int PIECE = 64;

  private final Rollouts rollouts;
  private final List<PromptJob> jobs;
  private final int each;
  private final long seed;
  private final int threads;

  private record Piece(long number, PromptJob job, int index, int count) {}

  /**
   * Creates a run.
   *
   * @param each number of rollouts per prompt
   * @param threads number of pieces drawn at the same time
   */
  RolloutRun(Rollouts rollouts, List<PromptJob> jobs, int each, long seed, int threads) {
    this.rollouts = rollouts;
    this.jobs = jobs;
    this.each = each;
    this.seed = seed;
    this.threads = threads;
  }

  /** Draws the remaining rollouts; returns false if the run was interrupted. */
  boolean draw(GroupJournal journal, Watch watch) {
    List<Piece> open = pieces().stream().filter(piece -> !journal.isDone(piece.number())).toList();
    long total = (long) each * jobs.size();
    long done = total - open.stream().mapToLong(Piece::count).sum();
    long passed = 0;
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<List<Rollout>>> started = new ArrayList<>();
      for (Piece piece : open) {
        started.add(workers.submit(() -> draw(piece, watch)));
      }
      try {
        for (int i = 0; i < open.size(); i++) {
          List<Rollout> drawn = Workers.result(started.get(i));
          Piece piece = open.get(i);
          journal.append(
              piece.number(),
              drawn.stream()
                  .map(rollout -> RolloutLines.line(piece.job().number(), rollout))
                  .toList());
          done += drawn.size();
          passed += drawn.stream().filter(rollout -> rollout.tau() > 0).count();
          watch.at(done, total, passed + " passed");
        }
      } catch (CancellationException e) {
        workers.shutdownNow();
        return false;
      } catch (RuntimeException e) {
        workers.shutdownNow();
        throw e;
      }
    }
    return true;
  }

  private List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    for (PromptJob job : jobs) {
      for (int index = 0; index * PIECE < each; index++) {
        pieces.add(new Piece(pieces.size(), job, index, Math.min(PIECE, each - index * PIECE)));
      }
    }
    return pieces;
  }

  private List<Rollout> draw(Piece piece, Watch watch) {
    byte[] id = piece.job().id().getBytes(StandardCharsets.UTF_8);
    long[] keys = new long[id.length + 1];
    for (int i = 0; i < id.length; i++) {
      keys[i] = id[i];
    }
    keys[id.length] = piece.index();
    List<Rollout> drawn =
        rollouts.draw(
            piece.job().prompt(),
            piece.count(),
            Streams.key(seed, keys),
            _ -> !watch.cancelled() && !Thread.currentThread().isInterrupted());
    if (drawn.size() < piece.count()) {
      throw new CancellationException("interrupted");
    }
    return drawn;
  }
}
