package io.tailwalk.lab.exact;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.records.Json;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.runs.work.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Delay (arXiv 2510.03149, Example 3.2): a value that lags one letter behind.
 *
 * @param settings scale, seed and threads
 */
public record DelayExperiment(ExperimentSettings settings) implements Experiment {
  private static final int RUNS = 40;

  /** Draws of a run divided by H: at a fixed number, auto's standard error grows with H. */
  private static final int DRAWS_A_LETTER = 500;

  /** Least regret without backtracking that counts as constant; the regret tends to 0.231. */
  static final double CONSTANT_REGRET = 0.15;

  @Override
  public String name() {
    return "delay";
  }

  @Override
  public String claim() {
    return "with a value that lags one letter behind, sampling without backtracking draws all"
        + " letters but the last from the base model and loses a constant reward at every length;"
        + " VGB, its momentum form, particles and auto draw from the target";
  }

  @Override
  public Finding run(Watch watch) {
    List<Integer> lengths = settings.scale().choose(List.of(4, 8, 12), List.of(4, 8, 12, 16));
    var study =
        new KnownStudy(
            Stream.concat(
                    lengths.stream().map(DelayCases::share),
                    lengths.stream().map(DelayCases::tilted))
                .toList(),
            RUNS,
            length -> DRAWS_A_LETTER * length,
            1);
    return finding(study.run(settings, watch, study.pieces()));
  }

  /** The finding of results, share before tilted. */
  Finding finding(List<KnownResult> results) {
    var verdict = KnownVerdict.of(results);
    List<KnownResult> tilted = part(results, "tilted");
    double least =
        tilted.stream()
            .filter(result -> result.entrant().biased())
            .mapToDouble(result -> result.regret().value())
            .min()
            .orElse(0);
    boolean constant = least >= CONSTANT_REGRET;
    List<String> summary = new ArrayList<>(verdict.summary());
    summary.add(
        String.format(
            Locale.ROOT,
            "regret of %s with the tilted reward: at least %.3f at every length (required: %.2f)%s",
            Entrant.ACTION_LEVEL,
            least,
            CONSTANT_REGRET,
            constant ? "" : ", which fails"));
    return new Finding(
        name(),
        claim(),
        verdict.holds() && constant,
        summary,
        Json.of(
            new Figures(
                settings,
                verdict.holds(),
                least,
                results.stream().map(KnownResult::figures).toList())),
        List.of(
            Section.of("Verdict", new Prose(summary), new Prose(List.of(how()))),
            Section.of(
                "Tilted reward",
                KnownPage.regret("Regret against the length, tilted", tilted),
                KnownPage.distance("Total variation against the length, tilted", tilted)),
            Section.of(
                "The share of ones as the tilt",
                KnownPage.distance(
                    "Total variation against the length, share", part(results, "share"))),
            Section.of("All figures", KnownPage.distances(results), KnownPage.regrets(results))));
  }

  private static List<KnownResult> part(List<KnownResult> results, String prefix) {
    return results.stream().filter(result -> result.known().name().startsWith(prefix)).toList();
  }

  private static String how() {
    return "Modelled on Example 3.2 of arXiv 2510.03149, of which we know the reward r (the share"
        + " of ones) and the value, but not the form of the tilt. Share: the tilt is r itself; the"
        + " target then tends to the base distribution and the regret to 0. Tilted: the tilt is"
        + " exp(r / beta) with beta = 1/H, our choice, for which the regret is the constant stated"
        + " in"
        + " the paper. "
        + RUNS
        + " runs of "
        + DRAWS_A_LETTER
        + " H draws, tours or particles each; auto may use the steps of the same number of"
        + " descents."
        + " The cells are the number of ones before the last letter together with the last letter."
        + " Within Monte Carlo error means within "
        + KnownPage.ALLOWED
        + ", and a standard error of at most "
        + KnownResult.LARGEST_ERROR
        + ".";
  }

  private record Figures(
      @JsonUnwrapped ExperimentSettings settings,
      boolean asComputed,
      double leastRegretActionLevel,
      List<KnownResult.Figures> cases) {}
}
