package io.tailwalk.lab.graph;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cross-entropy falls throughout fine-tuning while coverage in the tail, and with it pass@N,
 * improves and then worsens; a tournament on held-out responses finds the best checkpoint (arXiv
 * 2510.15020, Fig. 1 and App. C.2).
 *
 * @param scale quick fine-tunes the shipped base model; full trains its own model from scratch, on
 *     larger graphs
 * @param seed seed of the data, the held-out prompts and, if the base is trained, its first weights
 * @param threads number of threads that score checkpoints; never changes a number
 * @param pretrain whether the quick scale also trains the base model from scratch
 * @param checkpoints folder in which training stores its checkpoints and from which it resumes, and
 *     in which the series is written as GGUF with the held-out prompts that judge it; null for none
 */
public record CoverageVsCe(
    Scale scale, long seed, int threads, boolean pretrain, @Nullable Path checkpoints)
    implements Experiment {

  @Override
  public String name() {
    return "coverage-vs-ce";
  }

  @Override
  public String claim() {
    return "on the graph task, cross-entropy falls throughout fine-tuning while coverage at N = "
        + CeVerdict.plain(CeVerdict.FACTOR)
        + " improves and then worsens, pass@"
        + CeVerdict.ATTEMPTS
        + " rises and falls with it, and the tournament's checkpoint beats both the base and the"
        + " checkpoint with the lowest cross-entropy";
  }

  @Override
  public Finding run(Watch watch) {
    GraphPlan plan = GraphPlan.of(scale);
    var training = new GraphTraining(plan, seed, checkpoints, watch);
    boolean shipped = plan.shipped() && !pretrain;
    List<Snapshot> snapshots =
        training.fineTune(shipped ? ShippedBase.values(plan) : training.base());
    if (checkpoints != null) {
      SeriesFiles.writeModels(checkpoints, plan, snapshots);
      SeriesFiles.writeHeldOut(
          checkpoints.resolve("heldout.jsonl"),
          plan.fineTuning().task(),
          ScoredSeries.judged(plan),
          ScoredSeries.judgingSeed(seed));
    }
    ScoredSeries series = ScoredSeries.of(plan, snapshots, seed, threads, watch);
    CeVerdict verdict = CeVerdict.of(series);
    return Finding.of(
        this,
        verdict,
        CeFigures.json(this, plan, shipped, series, verdict),
        CePage.sections(plan, series, verdict));
  }
}
