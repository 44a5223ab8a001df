package io.tailwalk.lab.exact;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.Verdict;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * ABC (arXiv 2510.03149, Example 3.1 and Figure 2): a value that favours one letter by half, and
 * values learned from rollouts.
 *
 * @param settings how much is run
 */
public record AbcExperiment(ExperimentSettings settings) implements Experiment {
  private static final double ERROR = 0.5;
  private static final int RUNS = 40;
  private static final List<Integer> LENGTHS = List.of(4, 6, 10, 20);
  private static final int DRAWS = 2000;

  /** From here on twice as many: a walk's tours are the more unequal the longer they are. */
  private static final int LONG = 20;

  /** Whose whole trees are worked out. */
  private static final List<Integer> WHOLE = List.of(4, 6, 8, 10);

  private static final List<Integer> WHOLE_FULL = List.of(4, 6, 8, 10, 12);

  @Override
  public String name() {
    return "abc";
  }

  @Override
  public String claim() {
    return "sampling without backtracking amplifies the errors of its value with the length, by the"
        + " total variation computed for it, and is the further off the fewer rollouts a value was"
        + " learned from; VGB, its momentum form, particles and auto draw from the target with the"
        + " same values, the walks in a time that grows as the square of the length";
  }

  @Override
  public Finding run(Watch watch) {
    boolean full = settings.scale() == Scale.FULL;
    var known =
        new KnownStudy(
            LENGTHS.stream().map(length -> AbcCases.of(length, ERROR)).toList(), RUNS, this::draws);
    var learned =
        full
            ? new LearnedStudy(List.of(6, 8, 10), List.of(500, 1000, 10_000), 10, 100_000)
            : new LearnedStudy(List.of(6, 8), List.of(500, 5000), 4, 100_000);
    List<Integer> whole = full ? WHOLE_FULL : WHOLE;
    int begun = known.pieces() + whole.size();
    int total = begun + learned.pieces();
    List<KnownResult> results = known.run(settings, watch, total);
    List<WholeDistribution> distributions = new ArrayList<>();
    try (Workers workers = new Workers(settings.threads())) {
      for (int length : whole) {
        watch.step(
            known.pieces() + distributions.size(), total, "H=" + length + ", whole responses");
        distributions.add(WholeDistribution.of(AbcCases.of(length, ERROR), workers));
      }
    }
    List<LearnedCell> cells = learned.run(settings, watch, begun, total);
    return finding(learned, results, distributions, cells);
  }

  private int draws(int length) {
    int draws = length < LONG ? DRAWS : 2 * DRAWS;
    return settings.scale() == Scale.FULL ? 4 * draws : draws;
  }

  private Finding finding(
      LearnedStudy study,
      List<KnownResult> results,
      List<WholeDistribution> distributions,
      List<LearnedCell> cells) {
    var amplified = KnownVerdict.of(results);
    boolean whole = distributions.stream().allMatch(WholeDistribution::holds);
    var learned = LearnedVerdict.of(cells);
    List<String> summary = new ArrayList<>(amplified.summary());
    distributions.forEach(distribution -> summary.add(distribution.text()));
    summary.addAll(learned.summary());
    return new Finding(
        name(),
        claim(),
        amplified.holds() && whole && learned.holds(),
        summary,
        json(results, amplified, distributions, cells, learned),
        List.of(
            Section.of("Verdict", new Prose(summary)),
            Section.of(
                "A value that errs by half on one letter",
                new Prose(List.of(howKnown())),
                KnownPage.distance("Total variation against the length", results),
                KnownPage.distances(results),
                new Prose(List.of(howWhole())),
                WholeDistribution.table(distributions)),
            Section.of(
                "Learned values",
                new Prose(List.of(howLearned(study))),
                LearnedPage.plot(cells),
                LearnedPage.table(cells),
                LearnedPage.walks(cells),
                LearnedPage.successes(cells))));
  }

  private String howKnown() {
    return "After Example 3.1 of arXiv 2510.03149. Letters a, b, c are equally probable, a"
        + " response with a c has no reward, and the value is exact but half as large again after an"
        + " a. "
        + RUNS
        + " runs of "
        + draws(0)
        + " draws, tours or particles each, twice as many at H = "
        + LONG
        + "; auto has the steps of as many descents. The cells are"
        + " the numbers of a's before the last letter, on which the two distributions have a constant ratio."
        + " The distance is measured without the bias of the distance between shares: which cells"
        + " are in excess is decided on one half of the runs, by how much on the other. Within"
        + " Monte-Carlo error means within "
        + KnownPage.ALLOWED
        + ", and a standard error of at most "
        + KnownResult.LARGEST_ERROR
        + ".";
  }

  private static String howWhole() {
    return "Samples are compared by cells, as there are a million rewarded responses at H = 20;"
        + " agreement on cells is not yet agreement on responses. So at shorter"
        + " lengths the distributions over whole responses are worked out too, of descents and of the walks"
        + " after "
        + LearnedStudy.STEPS_PER_SQUARE
        + " H² lazy steps from the root. The walks must be within "
        + WholeDistribution.DELTA
        + " there, the distance for which the steps are reckoned, and descents as far as their cells"
        + " say.";
  }

  private static String howLearned(LearnedStudy study) {
    return "After Figure 2 of the paper, whose numbers, network and rates are not known to us: the"
        + " perceptron is that of value train, on one-hot prefixes, and learns from rollouts of the"
        + " model labelled by the verifier. "
        + study.values()
        + " values a cell. Action-level's distribution is worked out on all prefixes, dead ends left out; so"
        + " are those of VGB (Algorithm 1) and of its momentum form after "
        + LearnedStudy.STEPS_PER_SQUARE
        + " H² lazy steps, given that they end on a response: the time of Theorem 4.1 without its"
        + " constants, for values within a factor of 1.5 and a distance of 0.02. Particles and auto"
        + " are run four times with each value, "
        + study.steps()
        + " steps a run. The cells are whole responses. An earlier form of this experiment measured"
        + " the walks by runs, which 1,024 responses made too coarse where values were poor, and left"
        + " those cells out.";
  }

  private ObjectNode json(
      List<KnownResult> results,
      Verdict amplified,
      List<WholeDistribution> distributions,
      List<LearnedCell> cells,
      Verdict learned) {
    ObjectNode json = settings.figures();
    json.put("error", ERROR);
    json.put("known_holds", amplified.holds()).put("learned_holds", learned.holds());
    ArrayNode known = json.putArray("known");
    results.forEach(result -> known.add(result.json()));
    ArrayNode whole = json.putArray("whole_responses");
    distributions.forEach(distribution -> whole.add(distribution.json()));
    ArrayNode values = json.putArray("learned");
    cells.forEach(cell -> values.add(cell.json()));
    return json;
  }
}
