package io.tailwalk.lab.reinforce;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.graph.GraphSeries;
import io.tailwalk.runs.work.Watch;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reinforcement learning sharpens what the model already covers (arXiv 2504.13837), so that what it
 * reaches at equal budget follows the coverage of the checkpoint that it begins from, not its
 * cross-entropy (arXiv 2510.15020).
 *
 * <p>From each checkpoint of the fine-tuning run of {@code coverage-vs-ce}, on each of some
 * problems of the rare rule, policy gradient with a leave-one-out baseline on that problem alone,
 * with the same number of draws; then the probability of the right path is computed.
 *
 * @param scale quick fine-tunes the shipped base model; full trains its own model from scratch
 * @param seed seed of the data, the prompts and all draws
 * @param checkpoints folder in which fine-tuning stores its checkpoints and from which it resumes;
 *     null for none
 */
public record RlFollowsCoverage(Scale scale, long seed, @Nullable Path checkpoints)
    implements Experiment {

  @Override
  public String name() {
    return "rl-follows-coverage";
  }

  @Override
  public String claim() {
    RlPlan plan = RlPlan.of(scale);
    return "on problems of a rare rule, reinforcement learning at equal budget from each checkpoint"
        + " of a fine-tuning run reaches a pass@1 that follows "
        + Predictor.coverage(plan).name()
        + " and "
        + Predictor.pass(plan).name()
        + " on that rule, and not the cross-entropy of the fine-tuning data";
  }

  @Override
  public Finding run(Watch watch) {
    RlPlan plan = RlPlan.of(scale);
    GraphSeries series = GraphSeries.of(scale, seed, checkpoints, plan.intervals(), watch);
    List<Reinforced> measured = new RlRuns(plan, series, seed).all(watch);
    RlVerdict verdict = RlVerdict.of(plan, measured, seed);
    return Finding.of(
        this,
        verdict,
        RlFigures.json(this, plan, measured, verdict),
        RlPage.sections(plan, measured, verdict));
  }
}
