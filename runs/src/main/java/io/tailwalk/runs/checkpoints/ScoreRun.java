package io.tailwalk.runs.checkpoints;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.records.scores.ResponseGroup;
import io.tailwalk.records.scores.ResponseScorer;
import io.tailwalk.records.scores.Score;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.verifiers.spec.ModelOpener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Scores all groups of responses under all models, one model after the other; a piece of work is
 * one group under one model.
 */
final class ScoreRun {
  /** Groups that a server scores at a time. */
  private static final int OF_A_SERVER = 8;

  private final List<ResponseGroup> groups;
  private final boolean end;
  private final ModelOpener opener;
  private final int threads;
  private final ScoreFile file;
  private final Watch watch;
  private ModelUsage usage = ModelUsage.NONE;
  private final List<ServedUsage> servers = new ArrayList<>();
  private int pieces;
  private long moved;

  ScoreRun(
      List<ResponseGroup> groups,
      boolean end,
      ModelOpener opener,
      int threads,
      ScoreFile file,
      Watch watch) {
    this.groups = groups;
    this.end = end;
    this.opener = opener;
    this.threads = threads;
    this.file = file;
    this.watch = watch;
  }

  /** The use of the models in this run. */
  ModelUsage usage() {
    return usage;
  }

  /** What the models' servers were asked for, in the order of the models. */
  List<ServedUsage> servers() {
    return List.copyOf(servers);
  }

  /** What a user must know about how responses were scored, in sentences. */
  List<String> remarks() {
    return ResponseScorer.remarks(moved);
  }

  /** Scores the remaining groups; returns false if the run was interrupted. */
  boolean score(List<ScoredModel> models, @Nullable String recorded) {
    pieces = groups.size() * (models.size() + (recorded == null ? 0 : 1));
    for (int m = 0; m < models.size(); m++) {
      long first = (long) m * groups.size();
      List<ResponseGroup> open =
          groups.stream().filter(group -> !file.isDone(first + group.number())).toList();
      if (!open.isEmpty() && !score(models.get(m), first, open)) {
        return false;
      }
    }
    if (recorded != null) {
      keepRecorded(recorded, (long) models.size() * groups.size());
    }
    return true;
  }

  private int atATime(ScoredModel scored, LanguageModel model) {
    boolean builtin = scored.model().startsWith(BuiltinModels.PREFIX);
    return model.capabilities().drawsItself() ? OF_A_SERVER : builtin ? threads : 1;
  }

  private boolean score(ScoredModel scored, long first, List<ResponseGroup> open) {
    try (LanguageModel model = scored.open(opener);
        ExecutorService workers = Executors.newFixedThreadPool(atATime(scored, model))) {
      var scorer = new ResponseScorer(scored.name(), model, end);
      List<Future<ResponseScorer.Scored>> started = new ArrayList<>();
      for (ResponseGroup group : open) {
        started.add(workers.submit(() -> scoreUnlessInterrupted(scorer, group)));
      }
      try {
        for (int i = 0; i < open.size(); i++) {
          ResponseScorer.Scored result = Workers.result(started.get(i));
          file.append(first + open.get(i).number(), result.scores());
          usage = usage.plus(result.usage());
          watch.at(file.done(), pieces, scored.name());
        }
        moved = Math.max(moved, scorer.moved());
        servers.addAll(model.servedUsage());
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

  private ResponseScorer.Scored scoreUnlessInterrupted(ResponseScorer scorer, ResponseGroup group) {
    watch.check();
    return scorer.score(group);
  }

  private void keepRecorded(String name, long first) {
    for (ResponseGroup group : groups) {
      List<Score> scores = new ArrayList<>();
      for (GivenResponse response : group.responses()) {
        scores.add(new Score(response.exampleId(), response.promptId(), name, response.recorded()));
      }
      if (!file.isDone(first + group.number())) {
        file.append(first + group.number(), scores);
      }
    }
  }
}
