package io.tailwalk.report.coverage;

import io.tailwalk.core.Plural;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.profile.CoverageBounds;
import io.tailwalk.coverage.profile.LengthProfile;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfilePoint;
import io.tailwalk.coverage.stats.RatioEstimate;
import io.tailwalk.coverage.tournament.Candidate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.RunRecord;
import io.tailwalk.records.scores.Accuracy;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pages on the coverage profiles of several models and on the tournament among them. */
public final class CoveragePages {
  private static final NumberStyle NATS = NumberStyle.fixed(3);
  private static final NumberStyle SHARE = NumberStyle.fixed(4);
  private static final Axis FACTOR =
      Axis.linear("N", "").on(Axis.Scale.LOG2).printed(NumberStyle.significant(4));
  private static final Axis COVERAGE = Axis.linear("Cov_N", "share of responses").printed(SHARE);

  private static final int SHOWN_FACTORS = 8;

  private CoveragePages() {}

  /**
   * The page of a profile.
   *
   * @param profiles profiles of the models
   * @param accuracies accuracies by model; empty if none is known
   * @param run provenance of the profiles
   */
  public static ReportPage profile(
      List<ModelProfile> profiles, Map<String, Accuracy> accuracies, RunRecord run) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Cross-entropy", entropies(profiles, accuracies)));
    boolean referenced = !profiles.getFirst().points().isEmpty();
    sections.add(
        referenced
            ? Section.of(
                "Coverage profile",
                Prose.of(
                    "Cov_N is the share of the reference's responses to which a model assigns at"
                        + " most 1/N of their reference probability: smaller is better. The band is"
                        + " simultaneous over all N. Cov_N is not pass@N, which is also called"
                        + " coverage."),
                curves(profiles),
                coverage(profiles),
                bounds(profiles))
            : Section.of(
                "Coverage profile",
                Prose.of(
                    "No reference distribution is known, so the coverage profile cannot be"
                        + " identified; compare the models pairwise with select.")));
    if (!profiles.getFirst().quantiles().isEmpty()) {
      sections.add(QuantilePages.section(profiles));
    }
    sections.add(Section.of("By length", lengths(profiles)));
    return new ReportPage(
        "Coverage profile",
        Plural.of(profiles.size(), "model")
            + " on "
            + Plural.of(profiles.getFirst().rows(), "response"),
        sections,
        run);
  }

  /** Cross-entropy, KL and, if known, accuracy of the models. */
  public static Table entropies(List<ModelProfile> profiles, Map<String, Accuracy> accuracies) {
    TableBuilder<ModelProfile> table =
        Table.<ModelProfile>of(
                "Mean of minus log q, and KL to the reference if it is known. "
                    + entropyIntervals(),
                profiles)
            .text("Model", ModelProfile::model)
            .interval(
                "Cross-entropy",
                "nats per response",
                NATS,
                profile -> estimate(profile.crossEntropy()))
            .interval(
                "Cross-entropy",
                "nats per token",
                NATS,
                profile -> estimate(profile.crossEntropyPerToken()))
            .interval("KL", "nats per response", NATS, profile -> estimate(profile.kl()))
            .whole("Responses of probability zero", ModelProfile::zeroProbability);
    return accuracies(table, accuracies, ModelProfile::model).build();
  }

  private static <R> TableBuilder<R> accuracies(
      TableBuilder<R> table, Map<String, Accuracy> known, Function<R, String> model) {
    return known.isEmpty()
        ? table
        : table
            .number("Accuracy", SHARE, row -> accuracy(known, model.apply(row), Accuracy::plain))
            .number(
                "Accuracy, per character",
                SHARE,
                row -> accuracy(known, model.apply(row), Accuracy::norm));
  }

  private static double accuracy(
      Map<String, Accuracy> known, String model, Function<Accuracy, OptionalDouble> which) {
    return which.apply(known.getOrDefault(model, Accuracy.UNKNOWN)).orElse(Double.NaN);
  }

  /** One line on the kinds of the ends of cross-entropy and KL. */
  public static String entropyIntervals() {
    return "Intervals of cross-entropy and KL: Student's t over prompts, asymptotic; open with"
        + " fewer than "
        + RatioEstimate.FEWEST
        + " prompts and if all prompts are alike.";
  }

  /** One line on the kinds of the ends of the worst cases. */
  public static String worstIntervals(TournamentResult result) {
    return "Intervals are simultaneous over all candidates, "
        + kinds(result.candidates().stream().map(Candidate::worstInterval))
        + ".";
  }

  /** Coverage of the models at up to eight factors, spread evenly over the grid. */
  public static Table coverage(List<ModelProfile> profiles) {
    List<ProfilePoint> grid = profiles.getFirst().points();
    return Table.of("Share of responses under-weighted by N or more.", profiles)
        .text("Model", ModelProfile::model)
        .each(
            shown(grid),
            (table, k) ->
                table.number(
                    "Cov " + factor(grid.get(k).n()),
                    SHARE,
                    profile -> profile.points().get(k).coverage()))
        .build();
  }

  /**
   * Indices of at most eight factors, spread evenly; only whole factors if there are at least two.
   */
  private static List<Integer> shown(List<ProfilePoint> grid) {
    int[] whole = IntStream.range(0, grid.size()).filter(k -> isWhole(grid.get(k).n())).toArray();
    int[] among = whole.length > 1 ? whole : IntStream.range(0, grid.size()).toArray();
    return IntStream.range(0, SHOWN_FACTORS)
        .map(i -> among[Math.round(i * (among.length - 1) / (SHOWN_FACTORS - 1f))])
        .distinct()
        .boxed()
        .toList();
  }

  private static boolean isWhole(double n) {
    return n == Math.rint(n) && n < 1e15;
  }

  /** Formats a factor N: whole, or with four significant digits. */
  public static String factor(double n) {
    return (isWhole(n) ? NumberStyle.integer() : NumberStyle.significant(4)).format(n);
  }

  private static Table lengths(List<ModelProfile> profiles) {
    record Row(String model, LengthProfile length) {}
    List<Row> rows = new ArrayList<>();
    for (ModelProfile profile : profiles) {
      profile.lengths().forEach(length -> rows.add(new Row(profile.model(), length)));
    }
    var table =
        Table.of("Cross-entropy and coverage by response length.", rows)
            .text("Model", Row::model)
            .text("Tokens", row -> row.length().fromTokens() + " to " + row.length().toTokens())
            .whole("Responses", row -> row.length().rows())
            .number("Cross-entropy", "nats per response", NATS, row -> row.length().crossEntropy())
            .number(
                "Cross-entropy",
                "nats per token",
                NATS,
                row -> row.length().crossEntropyPerToken());
    List<ProfilePoint> grid = profiles.getFirst().points();
    if (!grid.isEmpty()) {
      int middle = grid.size() / 2;
      table.number(
          "Cov " + factor(grid.get(middle).n()), SHARE, row -> row.length().coverage().get(middle));
    }
    return table.build();
  }

  private static Plot curves(List<ModelProfile> profiles) {
    List<Chart.Line> lines = new ArrayList<>();
    for (ModelProfile profile : profiles) {
      List<Chart.LinePoint> points = new ArrayList<>();
      for (ProfilePoint point : profile.points()) {
        points.add(new Chart.LinePoint(point.n(), estimate(point.coverage(), point.band())));
      }
      lines.add(new Chart.Line(profile.model(), false, points));
    }
    return new Plot(
        "Coverage profile",
        "Share of responses that each model under-weights by N or more, with simultaneous bands.",
        new Chart.Lines(FACTOR, COVERAGE, lines));
  }

  private static Table bounds(List<ModelProfile> profiles) {
    record Row(ModelProfile profile, ProfilePoint point) {}
    List<Row> rows = new ArrayList<>();
    List<ProfilePoint> grid = profiles.getFirst().points();
    for (ModelProfile profile : profiles) {
      shown(grid).forEach(k -> rows.add(new Row(profile, profile.points().get(k))));
    }
    boolean whole = shown(grid).stream().allMatch(k -> isWhole(grid.get(k).n()));
    return Table.of(
            "Intervals: the band is guaranteed; pointwise intervals are "
                + kinds(
                    profiles.stream()
                        .flatMap(profile -> profile.points().stream())
                        .map(ProfilePoint::pointwise))
                + ". Bounds are shown in addition to the data; the Best-of-N bound is for a task"
                + " that the reference always solves. All N are in the JSON file.",
            rows)
        .text("Model", row -> row.profile().model())
        .number(
            "N", whole ? NumberStyle.integer() : NumberStyle.significant(4), row -> row.point().n())
        .interval("Cov_N, band", SHARE, row -> estimate(row.point().coverage(), row.point().band()))
        .interval(
            "Cov_N, pointwise",
            SHARE,
            row -> estimate(row.point().coverage(), row.point().pointwise()))
        .number(
            "KL bound on Cov_N",
            SHARE,
            row -> CoverageBounds.fromKl(kl(row.profile()), row.point().n()))
        .number(
            "Best-of-N success at least",
            SHARE,
            row -> CoverageBounds.bestOfN(row.point().n(), 1.0, row.profile().points()).success())
        .build();
  }

  private static double kl(ModelProfile profile) {
    return profile.kl().map(value -> value.value()).orElse(Double.NaN);
  }

  /**
   * The page of a tournament.
   *
   * @param results results, one for each N
   * @param run provenance of the results
   */
  public static ReportPage select(List<TournamentResult> results, RunRecord run) {
    return select(results, List.of(), Map.of(), run);
  }

  /**
   * The page of a tournament.
   *
   * @param results results, one for each N
   * @param more further sections, shown first
   * @param accuracies accuracies by model; empty if none is known
   * @param run provenance of the results
   */
  public static ReportPage select(
      List<TournamentResult> results,
      List<Section> more,
      Map<String, Accuracy> accuracies,
      RunRecord run) {
    List<Section> sections = new ArrayList<>(more);
    for (TournamentResult result : results) {
      sections.add(
          Section.of(
              "N = " + factor(result.n()),
              Prose.of(verdict(result)),
              candidates(result, accuracies),
              matrix(result)));
    }
    return new ReportPage(
        "Tournament",
        Plural.of(results.getFirst().candidates().size(), "candidate")
            + " on "
            + Plural.of(results.getFirst().rows(), "response"),
        sections,
        run);
  }

  /** The choice of the tournament in words. */
  public static String verdict(TournamentResult result) {
    String choice = result.winner().model();
    String byEntropy = result.crossEntropyChoice().model();
    String agreement =
        choice.equals(byEntropy)
            ? "Cross-entropy chooses the same candidate."
            : "Cross-entropy would choose %s, which is %s."
                .formatted(
                    Printable.name(byEntropy),
                    result.confidenceSet().contains(byEntropy)
                        ? "not ruled out"
                        : "ruled out as the best by coverage");
    return "The choice is %s. Not ruled out: %s. %s"
        .formatted(Printable.name(choice), names(result.confidenceSet()), agreement);
  }

  private static String names(List<String> names) {
    return names.stream().map(Printable::name).collect(Collectors.joining(", "));
  }

  /** The table of the candidates' worst cases. */
  public static Table candidates(TournamentResult result) {
    return candidates(result, Map.of());
  }

  /** The table of the candidates' worst cases, with their accuracies if they are known. */
  public static Table candidates(TournamentResult result, Map<String, Accuracy> accuracies) {
    TableBuilder<Candidate> table =
        Table.<Candidate>of(
                "Worst case over rivals; smaller is better. Ties are broken by the smaller sum over"
                    + " rivals, then the smaller cross-entropy, then the order of the candidates. "
                    + worstIntervals(result),
                result.candidates())
            .text("Candidate", Candidate::model)
            .interval(
                "max C_N(j||i)",
                SHARE,
                candidate -> estimate(candidate.worst(), candidate.worstInterval()))
            .number("Cross-entropy", "nats per response", NATS, Candidate::crossEntropy)
            .text("In the confidence set", candidate -> candidate.possible() ? "yes" : "no");
    return accuracies(table, accuracies, Candidate::model).build();
  }

  /** The heat map of {@code C_N(j||i)} for every pair. */
  public static Plot matrix(TournamentResult result) {
    List<String> names = result.candidates().stream().map(Candidate::model).toList();
    return new Plot(
        "Tournament matrix",
        "Share of responses that the row's model under-weights by N or more against the column's.",
        new Chart.HeatMap(
            "Against",
            names,
            "Under-weighted by",
            names,
            new Chart.Cells(Axis.linear("C_N", "").printed(SHARE), result.matrix())));
  }

  private static Estimate estimate(Optional<io.tailwalk.core.interval.Estimate> estimate) {
    return estimate.map(CoveragePages::estimate).orElse(Estimate.UNKNOWN);
  }

  private static Estimate estimate(io.tailwalk.core.interval.Estimate estimate) {
    return estimate(estimate.value(), estimate.interval());
  }

  /** The kinds of the ends of intervals in words, not counting ends of the range. */
  public static String kinds(Stream<Interval> intervals) {
    List<String> kinds =
        intervals
            .flatMap(interval -> Stream.of(interval.lowKind(), interval.highKind()))
            .filter(kind -> kind != EndKind.CERTAIN)
            .distinct()
            .sorted()
            .map(EndKind::wireName)
            .toList();
    return kinds.isEmpty() ? EndKind.CERTAIN.wireName() : String.join(" or ", kinds);
  }

  private static Estimate estimate(double value, Interval interval) {
    return new Estimate(Math.min(interval.low(), value), value, Math.max(interval.high(), value));
  }
}
