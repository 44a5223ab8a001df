package io.tailwalk.lab.masked;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.records.Json;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Masked sequences (arXiv 2606.28301): VGB against descents and draws of the model at equal cost,
 * on random problems whose every partially masked sequence is enumerated.
 *
 * @param settings seed and threads
 * @param plan size of the run
 */
public record MaskedExperiment(ExperimentSettings settings, MaskedPlan plan) implements Experiment {
  private static final List<Rival> RIVALS = List.of(Rival.values());

  /** The experiment at the scale of the settings. */
  public MaskedExperiment(ExperimentSettings settings) {
    this(settings, MaskedPlan.of(settings.scale()));
  }

  @Override
  public String name() {
    return "masked";
  }

  @Override
  public String claim() {
    return "on masked sequences, with a value that treats constraints as independent and errs by a"
        + " factor of "
        + MaskedTask.NOISE
        + ", VGB and its momentum form are within "
        + MaskedVerdict.DELTA
        + " of the target after "
        + MaskedPlan.STEPS_PER_SQUARE
        + " n² lazy steps; revealing tokens by the value without masking any again is further from"
        + " it by "
        + MaskedVerdict.LEAST_EXCESS
        + " at every length n; the best of as many draws of the model as VGB's evaluations allow is"
        + " further from it at the longest length, by more than at the shortest";
  }

  @Override
  public Finding run(Watch watch) {
    List<LengthResult> lengths = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    int tasks = plan.tasks();
    try (Workers workers = new Workers(settings.threads())) {
      List<TaskResult> results =
          workers.map(
              plan.lengths().size() * tasks,
              piece -> TaskResult.of(task(piece / tasks, piece % tasks)),
              watch,
              piece -> "n=" + plan.lengths().get(piece / tasks) + ", task " + piece % tasks);
      int rivals = RIVALS.size();
      checks.addAll(
          workers.map(
              plan.lengths().size() * rivals,
              piece -> check(piece / rivals, RIVALS.get(piece % rivals), results)));
      for (int i = 0; i < plan.lengths().size(); i++) {
        lengths.add(
            new LengthResult(plan.lengths().get(i), results.subList(i * tasks, (i + 1) * tasks)));
      }
    }
    var verdict = MaskedVerdict.of(lengths, checks);
    return Finding.of(
        this,
        verdict,
        Json.of(
            new Figures(
                settings,
                MaskedTask.NOISE,
                MaskedTask.EDGES_PER_POSITION,
                MaskedPlan.STEPS_PER_SQUARE,
                tasks,
                lengths.stream().map(MaskedExperiment::figures).toList(),
                checks.stream().map(MaskedExperiment::figures).toList())),
        MaskedPage.sections(plan, lengths, checks, verdict));
  }

  private MaskedTask task(int length, int task) {
    return MaskedTask.draw(plan.lengths().get(length), Streams.key(settings.seed(), length, task));
  }

  /** Draws on the first task of a length. */
  private Check check(int length, Rival rival, List<TaskResult> results) {
    TaskResult computed = results.get(length * plan.tasks());
    long seed = Streams.key(settings.seed(), length, plan.tasks());
    return Check.of(task(length, 0), computed, rival, plan.draws(), seed);
  }

  private record Figures(
      @JsonUnwrapped ExperimentSettings settings,
      double noise,
      double edgesPerPosition,
      int stepsPerSquare,
      int tasks,
      List<OfLength> lengths,
      List<OfCheck> draws) {}

  private record OfLength(
      int length, double success, double logError, double undetected, List<OfSampler> samplers) {}

  private record OfSampler(
      String sampler,
      double totalVariation,
      double totalVariationStandardError,
      double excess,
      double excessStandardError,
      double accuracy,
      double evaluations) {}

  private record OfCheck(
      int length,
      String sampler,
      double evaluations,
      double evaluationsStandardError,
      double evaluationsComputed) {}

  private static OfLength figures(LengthResult at) {
    return new OfLength(
        at.length(),
        at.success().value(),
        at.logError().value(),
        at.undetected().value(),
        RIVALS.stream().map(rival -> figures(at, rival)).toList());
  }

  private static OfSampler figures(LengthResult at, Rival rival) {
    return new OfSampler(
        rival.label(),
        at.distance(rival).value(),
        at.distance(rival).standardError(),
        at.excess(rival).value(),
        at.excess(rival).standardError(),
        at.accuracy(rival).value(),
        at.evaluations(rival).value());
  }

  private static OfCheck figures(Check check) {
    return new OfCheck(
        check.length(),
        check.rival().label(),
        check.evaluations().value(),
        check.evaluations().standardError(),
        check.evaluationsComputed());
  }
}
