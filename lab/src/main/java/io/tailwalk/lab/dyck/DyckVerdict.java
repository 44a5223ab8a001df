package io.tailwalk.lab.dyck;

import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether the results on brackets agree with arXiv 2510.03149 (Fig. 1 and the study of an
 * out-of-distribution prefix), and those of auto as well.
 *
 * @param undominated whether no baseline dominates auto
 * @param unsurpassed whether no baseline would dominate auto if the verifier withheld its invalid
 *     responses: no baseline has significantly more distinct valid responses
 * @param nearer whether VGB and auto are closer to the target than action-level sampling after
 *     every epoch but the first
 * @param cheaper whether VGB has more draws than outcome-level rejection at the same tokens, after
 *     the same epochs
 * @param summary the figures that decide
 */
record DyckVerdict(
    boolean undominated, boolean unsurpassed, boolean nearer, boolean cheaper, List<String> summary)
    implements Verdict {
  /** The claim is about values after more than this many epochs. */
  static final int FIRST_EPOCHS = 1;

  /** Standard errors by which an error must be lower. */
  static final double CLEAR = 2;

  /** Keeps a copy. */
  DyckVerdict {
    summary = List.copyOf(summary);
  }

  @Override
  public boolean holds() {
    return undominated && unsurpassed && nearer && cheaper;
  }

  static DyckVerdict of(Frontier frontier, List<EpochRow> rows, Point outcomeLevel) {
    List<String> summary = new ArrayList<>(frontierLines(frontier));
    boolean nearer = true;
    boolean cheaper = true;
    double most = 0;
    double fewest = Double.POSITIVE_INFINITY;
    for (EpochRow row : rows) {
      boolean judged = row.epoch() > FIRST_EPOCHS;
      boolean near = isNearer(row, Entrant.VGB) && isNearer(row, Entrant.AUTO);
      Measured draws = row.of(Entrant.VGB).effective();
      boolean cheap = Frontier.compare(draws, outcomeLevel.effective()) > 0;
      nearer &= near || !judged;
      cheaper &= cheap || !judged;
      if (judged) {
        double ratio = row.of(Entrant.VGB).l1().value() / row.actionL1();
        most = Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : Math.max(most, ratio);
        fewest = Math.min(fewest, draws.value());
      }
      summary.add(line(row) + (judged && !(near && cheap) ? ", which fails" : ""));
    }
    summary.add(
        String.format(
            Locale.ROOT,
            "after more than one epoch, VGB's error is at most %.2f times action-level's; VGB has"
                + " at"
                + " least %.1f independent draws for the tokens for which outcome-level rejection"
                + " accepts %.1f responses",
            most,
            fewest,
            outcomeLevel.effective().value()));
    return new DyckVerdict(
        frontier.dominating().isEmpty(), frontier.richer().isEmpty(), nearer, cheaper, summary);
  }

  private static boolean isNearer(EpochRow row, String label) {
    Measured l1 = row.of(label).l1();
    return l1.value() + CLEAR * l1.standardError() < row.actionL1();
  }

  private static String line(EpochRow row) {
    String ours =
        row.points().stream()
            .skip(1)
            .map(point -> point.entrant().label() + " " + text(point.l1()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "epoch %d: l1 from the target: action-level %.3f, %s",
        row.epoch(),
        row.actionL1(),
        ours);
  }

  private static String text(Measured l1) {
    return Double.isNaN(l1.value()) ? "unknown" : l1.text();
  }

  private static List<String> frontierLines(Frontier frontier) {
    Point auto = frontier.auto();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "auto: accuracy %.3f, %.1f distinct valid responses; it dominates %d of %d baseline"
                + " points and is dominated by %s",
            auto.accuracy().value(),
            auto.distinct().value(),
            frontier.dominated().size(),
            frontier.baselines().size(),
            frontier.dominating().isEmpty() ? "none" : labels(frontier.dominating())));
    lines.add(best("most accurate", frontier, frontier.mostAccurate()));
    lines.add(best("most distinct", frontier, frontier.mostDistinct()));
    lines.add(
        "if the verifier also filters every baseline, "
            + (frontier.richer().isEmpty()
                ? "none has significantly more distinct valid responses than auto ("
                    + (int) Frontier.TELLING
                    + " standard errors)"
                : "these have significantly more distinct valid responses than auto: "
                    + labels(frontier.richer())
                    + ", which fails"));
    return lines;
  }

  private static String labels(List<Point> points) {
    return points.stream().map(point -> point.entrant().label()).collect(Collectors.joining("; "));
  }

  private static String best(String what, Frontier frontier, Point point) {
    return String.format(
        Locale.ROOT,
        "the %s baseline, %s: accuracy %.3f, %.1f distinct; auto has %+.3f ± %.3f and %+.1f ± %.1f"
            + " (two standard errors)",
        what,
        point.entrant().label(),
        point.accuracy().value(),
        point.distinct().value(),
        frontier.accuracyOver(point).value(),
        2 * frontier.accuracyOver(point).standardError(),
        frontier.distinctOver(point).value(),
        2 * frontier.distinctOver(point).standardError());
  }
}
