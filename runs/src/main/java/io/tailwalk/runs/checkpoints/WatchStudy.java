package io.tailwalk.runs.checkpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tailwalk.core.Plural;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.quantile.QuantileGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.tournament.TournamentAggregate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.coverage.turn.Turn;
import io.tailwalk.coverage.turn.TurnAggregate;
import io.tailwalk.records.Json;
import io.tailwalk.records.RunRecord;
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
import io.tailwalk.report.coverage.CoveragePages;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.Study;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreFiles;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The current state of a training run.
 *
 * @param n the factor N
 * @param checkpoints checkpoints in the order of training
 * @param tournament tournament among the checkpoints, empty for a single checkpoint
 * @param turn the first turn of coverage, if one was found
 * @param delta probability of a false turn
 * @param notes what is known of the tables beyond their numbers
 */
public record WatchStudy(
    double n,
    List<Checkpoint> checkpoints,
    Optional<TournamentResult> tournament,
    Optional<Turn> turn,
    double delta,
    ScoreNotes notes) {
  private static final NumberStyle NATS = NumberStyle.fixed(3);
  private static final NumberStyle SHARE = NumberStyle.fixed(4);

  /**
   * One checkpoint.
   *
   * @param model name of its column in the score tables
   * @param crossEntropy mean cross-entropy, nats per response; infinite if a response has
   *     probability zero
   * @param uncovered {@code Cov_N} if there is a reference, otherwise the worst case of the
   *     tournament; NaN for a single checkpoint without a reference
   */
  public record Checkpoint(String model, double crossEntropy, double uncovered) {
    /** Replaces the cross-entropy by NaN if a response has probability zero. */
    Checkpoint finite() {
      double known = Double.isFinite(crossEntropy) ? crossEntropy : Double.NaN;
      return new Checkpoint(model, known, uncovered);
    }
  }

  /**
   * Reads the score tables of a training run and judges its state.
   *
   * @param files files or globs, at least one; the names of their models order the checkpoints
   * @param reference the column or the model with the reference distribution; null for the default
   *     column if there is one
   * @param n the factor N
   * @param delta the probability of a false turn
   * @throws io.tailwalk.records.TableException that names the file and row that cannot be read
   */
  public static WatchStudy of(
      List<String> files, @Nullable String reference, double n, double delta) {
    return of(ScoreFiles.of(files), reference, n, delta);
  }

  /**
   * The state of a run.
   *
   * @param files score tables and how they are read
   * @param reference column of the reference; null for the default
   * @param n the factor N
   * @param delta probability of a false turn over all looks
   */
  public static WatchStudy of(
      ScoreFiles files, @Nullable String reference, double n, double delta) {
    Reference where =
        reference == null ? new Reference.IfPresent() : new Reference.Named(reference);
    try (ScoreTable table = ScoreTable.open(files, where)) {
      List<String> names = table.models();
      int[] order = order(names);
      PromptSizes sizes = PromptSizes.of(table.promptsOfSize());
      boolean byRow = sizes.rowsAreIndependent();
      List<String> inOrder = IntStream.of(order).mapToObj(names::get).toList();
      ProfileAggregate profile =
          table.hasReference()
              ? ProfileAggregate.withReference(inOrder, NGrid.of(n))
              : ProfileAggregate.withoutReference(inOrder);
      TournamentAggregate rivals =
          order.length < 2
              ? null
              : byRow
                  ? TournamentAggregate.overIndependentRows(inOrder, NGrid.of(n))
                  : TournamentAggregate.overPrompts(inOrder, NGrid.of(n));
      var turns = new TurnAggregate(order.length, n, byRow);
      double[] logProbs = new double[order.length];
      long[] tokens = new long[order.length];
      table.forEach(row -> {
        for (int m = 0; m < order.length; m++) {
          logProbs[m] = row.logProbs()[order[m]];
          tokens[m] = row.tokens()[order[m]];
        }
        long key = byRow ? row.exampleKey() : row.promptKey();
        profile.add(key, row.reference(), logProbs, tokens);
        turns.add(key, row.reference(), logProbs);
        if (rivals != null) {
          rivals.add(key, logProbs);
        }
      });
      var confidence = new Confidence(delta, 1000, 0);
      Optional<TournamentResult> tournament =
          rivals == null
              ? Optional.empty()
              : Optional.of(rivals.results(sizes, confidence).getFirst());
      List<ModelProfile> profiles = profile.profiles(sizes, confidence, QuantileGrid.of());
      List<Checkpoint> checkpoints = new ArrayList<>();
      for (int m = 0; m < profiles.size(); m++) {
        ModelProfile one = profiles.get(m);
        int index = m;
        double uncovered =
            one.points().isEmpty()
                ? tournament.map(t -> t.candidates().get(index).worst()).orElse(Double.NaN)
                : one.points().getFirst().coverage();
        checkpoints.add(new Checkpoint(one.model(), one.crossEntropy().value(), uncovered));
      }
      return new WatchStudy(
          n, checkpoints, tournament, turns.first(delta), delta, ScoreNotes.of(table));
    }
  }

  /** Positions of the names in the order of training: text by letter, numbers by value. */
  private static int[] order(List<String> names) {
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(Comparator.comparing(names::get, WatchStudy::compareNaturally))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static int compareNaturally(String a, String b) {
    String[] left = a.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
    String[] right = b.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      boolean numbers = left[i].matches("\\d{1,18}") && right[i].matches("\\d{1,18}");
      int order =
          numbers
              ? Long.compare(Long.parseLong(left[i]), Long.parseLong(right[i]))
              : left[i].compareTo(right[i]);
      if (order != 0) {
        return order;
      }
    }
    int length = Integer.compare(left.length, right.length);
    return length != 0 ? length : a.compareTo(b);
  }

  /** Name of the best checkpoint so far. */
  public String best() {
    return tournament.map(t -> t.winner().model()).orElse(checkpoints.getFirst().model());
  }

  /** The state in one or two sentences. */
  public String verdict() {
    String state =
        turn.map(t ->
                "Coverage has turned: from %s to %s the share of uncovered responses rises by %.4f (guaranteed: for a run whose coverage never gets worse, a turn is reported with probability at most %s over all looks) while cross-entropy falls by %.3f nats (asymptotic)."
                    .formatted(
                        Printable.name(checkpoints.get(t.from()).model()),
                        Printable.name(checkpoints.get(t.to()).model()),
                        t.moreUncovered(),
                        delta,
                        t.crossEntropyDrop()))
            .orElse("No turn of coverage is detected.");
    return "%s. Best by tournament at N = %s: %s. %s"
        .formatted(
            Plural.of(checkpoints.size(), "checkpoint"),
            CoveragePages.factor(n),
            Printable.name(best()),
            state);
  }

  /** Whether coverage has turned. */
  public boolean turned() {
    return turn.isPresent();
  }

  /**
   * Returns the state of the run as a study.
   *
   * @param command the command line, for the record; empty if a program called the library
   */
  public Study study(List<String> command) {
    RunRecord record = Provenance.record(command, List.of(), 0, params());
    List<String> remarks = new ArrayList<>(List.of(verdict()));
    remarks.addAll(notes.remarks());
    return new Study(
        "watch", json(record), page(record), List.of(table()), remarks, notes.warnings());
  }

  /** The page. */
  public ReportPage page(RunRecord record) {
    return new ReportPage(
        "Training run",
        Plural.of(checkpoints.size(), "checkpoint"),
        List.of(
            Section.of("Current state", Prose.of(verdict()), table()),
            Section.of("Over training", plot(true), plot(false))),
        record);
  }

  /** The settings that determine the numbers. */
  public Map<String, Object> params() {
    return Map.of("delta", delta, "n", n);
  }

  /** The figures. */
  public ObjectNode json(RunRecord record) {
    return Json.of(
        new Form(
            n,
            best(),
            turn.isPresent(),
            turn.map(t ->
                new TurnForm(
                    checkpoints.get(t.from()).model(),
                    checkpoints.get(t.to()).model(),
                    t.moreUncovered(),
                    t.crossEntropyDrop())),
            checkpoints.stream().map(Checkpoint::finite).toList(),
            record));
  }

  private record Form(
      double n,
      String best,
      boolean turned,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TurnForm> turn,
      List<Checkpoint> checkpoints,
      RunRecord run) {}

  private record TurnForm(String from, String to, double moreUncovered, double crossEntropyDrop) {}

  /** The table of the run, one row per checkpoint. */
  public Table table() {
    return Table.of(
            "Checkpoints in the order of training. Uncovered: Cov_N if the reference is known,"
                + " otherwise the worst case against another checkpoint.",
            checkpoints)
        .text("Checkpoint", Checkpoint::model)
        .number("Cross-entropy", "nats per response", NATS, Checkpoint::crossEntropy)
        .number("Uncovered", SHARE, Checkpoint::uncovered)
        .text("Choice", checkpoint -> checkpoint.model().equals(best()) ? "best" : "")
        .build();
  }

  private Plot plot(boolean entropy) {
    List<Chart.LinePoint> points = new ArrayList<>();
    for (int i = 0; i < checkpoints.size(); i++) {
      Checkpoint checkpoint = checkpoints.get(i);
      double value = entropy ? checkpoint.crossEntropy() : checkpoint.uncovered();
      if (Double.isFinite(value)) {
        points.add(new Chart.LinePoint(i + 1.0, Estimate.exactly(value)));
      }
    }
    String name = entropy ? "Cross-entropy" : "Uncovered responses";
    return new Plot(
        name,
        "By checkpoint, in the order of training.",
        new Chart.Lines(
            Axis.linear("checkpoint", "").printed(NumberStyle.integer()),
            Axis.linear(name, entropy ? "nats per response" : "share"),
            List.of(new Chart.Line(name, false, points))));
  }
}
