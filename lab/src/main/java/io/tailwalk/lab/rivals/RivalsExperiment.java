package io.tailwalk.lab.rivals;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.records.Json;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The walks beside QAlign (arXiv 2504.03790) and sequential Monte Carlo with lookahead (arXiv
 * 2604.16453), on the two examples of arXiv 2510.03149, at equal model tokens.
 *
 * @param settings scale, seed and threads
 * @param lengths numbers of letters
 * @param repeats runs of each sampler on each problem, at least 2
 */
public record RivalsExperiment(ExperimentSettings settings, List<Integer> lengths, int repeats)
    implements Experiment {
  /** Keeps a copy. */
  public RivalsExperiment {
    lengths = List.copyOf(lengths);
  }

  /** The experiment at the scale of the settings. */
  public RivalsExperiment(ExperimentSettings settings) {
    this(
        settings,
        settings.scale().choose(List.of(16, 24), List.of(16, 24, 32)),
        settings.scale().choose(200, 800));
  }

  @Override
  public String name() {
    return "rivals";
  }

  @Override
  public String claim() {
    return "at equal model tokens, with the values of the two examples on which sampling without"
        + " backtracking fails, VGB and its momentum form estimate a mean under the target with a"
        + " smaller error than qalign, which redraws suffixes of complete responses, and"
        + " smc-lookahead, whose particles look ahead by rollouts, each in two settings";
  }

  @Override
  public Finding run(Watch watch) {
    List<RivalCase> cases = RivalCase.all(lengths);
    List<Entrant> entrants = Entrant.all();
    List<RivalCell> cells = new ArrayList<>();
    long total = (long) cases.size() * entrants.size();
    try (Workers workers = new Workers(settings.threads())) {
      for (RivalCase known : cases) {
        for (Entrant entrant : entrants) {
          watch.step(
              cells.size(), total, known.name() + ", H=" + known.length() + ", " + entrant.label());
          long seed = Streams.key(settings.seed(), cells.size());
          cells.add(RivalCell.of(known, entrant, repeats, workers, seed));
        }
      }
    }
    var verdict = RivalsVerdict.of(cells);
    return Finding.of(
        this,
        verdict,
        Json.of(
            new Figures(
                settings,
                repeats,
                RivalCell.TOKENS_PER_LETTER,
                cells.stream().map(RivalsExperiment::figures).toList())),
        RivalsPage.sections(cells, repeats, verdict));
  }

  private record Figures(
      @JsonUnwrapped ExperimentSettings settings,
      int repeats,
      int tokensPerLetter,
      List<Row> cells) {}

  private record Row(
      String problem,
      int length,
      String sampler,
      Map<String, String> params,
      TargetDistribution targetDistribution,
      double rmse,
      double rmseStandardError,
      double error,
      double errorStandardError,
      double modelTokens,
      int withoutCompletion) {}

  private static Row figures(RivalCell cell) {
    return new Row(
        cell.known().name(),
        cell.known().length(),
        cell.entrant().label(),
        cell.entrant().params(),
        cell.entrant().sampler().targetDistribution(),
        cell.rmse(),
        cell.rmseStandardError(),
        cell.error().value(),
        cell.error().standardError(),
        cell.tokens().value(),
        cell.empty());
  }
}
