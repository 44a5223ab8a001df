package io.tailwalk.lab.dyck;

import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether the results on brackets agree with arXiv 2510.03149 (Fig. 1 and the study of an
 * out-of-distribution prefix). All parts are about VGB itself.
 *
 * @param undominated whether no baseline dominates VGB in accuracy and distinct valid responses
 * @param escapes whether VGB lies outside the frontier of the baselines
 * @param nearer whether VGB is closer to the target than action-level sampling after every epoch
 *     but the first
 * @param cheaper whether VGB has more independent draws than outcome-level rejection at the same
 *     tokens, after the same epochs
 * @param summary the figures that decide, and those of momentum, auto and particles
 */
record DyckVerdict(
    boolean undominated, boolean escapes, boolean nearer, boolean cheaper, List<String> summary)
    implements Verdict {
  /** The claim is about values after more than this many epochs. */
  static final int FIRST_EPOCHS = 1;

  /** Standard errors by which an error must be lower, and a number of draws higher. */
  static final double CLEAR = 2;

  /** Keeps a copy. */
  DyckVerdict {
    summary = List.copyOf(summary);
  }

  @Override
  public boolean holds() {
    return undominated && escapes && nearer && cheaper;
  }

  static DyckVerdict of(Frontier frontier, List<EpochRow> rows, Point outcomeLevel) {
    Point vgb = frontier.of(Entrant.VGB);
    List<String> summary = new ArrayList<>(frontierLines(frontier, vgb));
    boolean nearer = true;
    boolean cheaper = true;
    double most = 0;
    double fewest = Double.POSITIVE_INFINITY;
    for (EpochRow row : rows) {
      boolean judged = row.epoch() > FIRST_EPOCHS;
      boolean near = isNearer(row, Entrant.VGB);
      Measured draws = row.of(Entrant.VGB).effective();
      boolean cheap = exceeds(draws, outcomeLevel.effective());
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
                + " at least %.1f independent draws for the tokens for which outcome-level"
                + " rejection accepts %.1f responses",
            most,
            fewest,
            outcomeLevel.effective().value()));
    return new DyckVerdict(
        frontier.dominating(vgb).isEmpty(), frontier.escapes(vgb), nearer, cheaper, summary);
  }

  private static boolean exceeds(Measured one, Measured other) {
    double error = Math.hypot(one.standardError(), other.standardError());
    return one.value() - other.value() > CLEAR * error;
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

  private static List<String> frontierLines(Frontier frontier, Point vgb) {
    List<String> lines = new ArrayList<>();
    for (Point point : frontier.ours()) {
      boolean judged = point.equals(vgb);
      lines.add(
          place(frontier, point) + (judged && !frontier.escapes(point) ? ", which fails" : ""));
    }
    lines.add(best("most accurate", vgb, frontier.mostAccurate()));
    lines.add(best("most distinct", vgb, frontier.mostDistinct()));
    lines.add(
        "not part of the verdict: if the verifier withheld the invalid responses of every"
            + " baseline, "
            + (frontier.richer(vgb).isEmpty()
                ? "none would have significantly more distinct responses than VGB"
                : "these would have significantly more distinct responses than VGB: "
                    + labels(frontier.richer(vgb))));
    return lines;
  }

  private static String place(Frontier frontier, Point point) {
    List<Point> front = frontier.front();
    long outer = front.stream().filter(other -> Frontier.dominates(point, other)).count();
    return String.format(
        Locale.ROOT,
        "%s: accuracy %.3f, %.1f distinct valid responses; it dominates %d of the %d baselines,"
            + " %d of the %d on their frontier, and is dominated by %s",
        point.entrant().label(),
        point.accuracy().value(),
        point.distinct().value(),
        frontier.dominatedBy(point).size(),
        frontier.baselines().size(),
        outer,
        front.size(),
        frontier.dominating(point).isEmpty() ? "none" : labels(frontier.dominating(point)));
  }

  private static String labels(List<Point> points) {
    return points.stream().map(point -> point.entrant().label()).collect(Collectors.joining("; "));
  }

  private static String best(String what, Point vgb, Point point) {
    Measured accuracy = Frontier.accuracyOver(vgb, point);
    Measured distinct = Frontier.distinctOver(vgb, point);
    return String.format(
        Locale.ROOT,
        "the %s baseline, %s: accuracy %.3f, %.1f distinct; VGB has %+.3f ± %.3f and %+.1f ± %.1f"
            + " (two standard errors)",
        what,
        point.entrant().label(),
        point.accuracy().value(),
        point.distinct().value(),
        accuracy.value(),
        2 * accuracy.standardError(),
        distinct.value(),
        2 * distinct.standardError());
  }
}
