package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.StopReason;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.runs.work.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Answers sets of prompts, one pass after the other, and keeps each result in a journal, so that an
 * interrupted or killed study can be resumed: passes come in the same order with the same prompts,
 * and results that are kept are read instead of drawn.
 */
public final class KeptResults implements AutoCloseable {
  private static final long PASS = 1L << 40;

  private final @Nullable GroupJournal journal;
  private final boolean completions;
  private long passes;

  private KeptResults(@Nullable GroupJournal journal, boolean completions) {
    this.journal = journal;
    this.completions = completions;
  }

  /** Keeps nothing. */
  public static KeptResults none() {
    return new KeptResults(null, true);
  }

  /**
   * Keeps the results in a journal beside a file.
   *
   * @param file the file that the study writes at last
   * @param run everything that determines the results
   * @param resume whether to resume an unfinished study, if there is one
   * @param completions whether the study needs the completions of a result, which take most of its
   *     room, and not only its estimates
   * @throws io.tailwalk.records.TableException as specified by {@link GroupJournal#open}
   */
  public static KeptResults beside(Path file, Identity run, boolean resume, boolean completions) {
    return new KeptResults(GroupJournal.open(file, run, resume), completions);
  }

  /**
   * Returns the results of the next pass, in the order of the prompts.
   *
   * @param parallel number of prompts at a time
   * @throws CancellationException if the run was interrupted
   */
  public List<PromptResult> pass(
      PromptRunner runner, List<PromptJob> jobs, int parallel, Watch watch) {
    GroupJournal kept = journal;
    if (kept == null) {
      return PromptBatch.run(runner, jobs, parallel, watch);
    }
    long first = PASS * passes++;
    Map<PromptJob, PromptResult> results = new HashMap<>();
    List<PromptJob> open = new ArrayList<>();
    for (PromptJob job : jobs) {
      if (kept.isDone(first + job.number())) {
        String line = kept.lines(first + job.number()).getFirst();
        results.put(job, ResultLine.read(job, line));
      } else {
        open.add(job);
      }
    }
    new GenerateRun(runner, parallel, watch)
        .run(
            open,
            result -> {
              if (result.sampling().stopReason() != StopReason.CANCELLED) {
                kept.append(
                    first + result.job().number(), List.of(ResultLine.of(result, completions)));
                results.put(result.job(), result);
              }
            });
    watch.check();
    return jobs.stream().map(job -> Optional.ofNullable(results.get(job)).orElseThrow()).toList();
  }

  /** Number of results that are safely on disk. */
  public int kept() {
    return journal == null ? 0 : journal.count();
  }

  /** Removes the journal after the files of the study are written. */
  public void finish() {
    if (journal != null) {
      journal.discard();
    }
  }

  /** Closes the journal, which remains for a later run to resume unless the study is finished. */
  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
  }
}
