package io.tailwalk.runs.checkpoints;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.Plural;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.profile.ImprobableShare;
import io.tailwalk.records.Json;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.TableBuilder;
import io.tailwalk.report.coverage.CoveragePages;
import io.tailwalk.runs.work.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What reinforcement learning with N draws a prompt would find to reinforce under each candidate,
 * as far as it was measured. Reinforcement learning with verifiable rewards moves probability among
 * the responses that a model draws (arXiv 2504.13837); a response of probability 1/N or less is
 * drawn once or less in N draws on average.
 */
final class Payoff {
  private static final String TITLE = "Will RL pay off here?";
  private static final NumberStyle SHARE = NumberStyle.fixed(4);

  private final List<Row> rows;

  private Payoff(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * A candidate at one N.
   *
   * @param model name of the candidate
   * @param n draws per prompt
   * @param beyond share of the held-out responses whose probability is at most 1/N
   * @param interval of that share, over prompts
   * @param once pass@1 of the candidate's samples; empty if there are none
   * @param often pass@N; empty if there are no samples, or N is not whole
   */
  private record Row(
      String model,
      double n,
      double beyond,
      Interval interval,
      Optional<CurvePoint> once,
      Optional<CurvePoint> often) {}

  /**
   * What was measured.
   *
   * @param models names of the candidates
   * @param improbable their shares of responses of probability at most 1/N
   * @param factors the numbers of draws; those that are not above 1 are left out
   * @param samples graded samples of candidates, by name; may be empty
   * @param delta error probability of each interval
   * @throws InputException if samples belong to no candidate, or do not tell pass from fail
   */
  static Payoff of(
      List<String> models,
      List<ImprobableShare> improbable,
      List<Double> factors,
      List<PassRun> samples,
      double delta) {
    for (PassRun run : samples) {
      if (!models.contains(run.name())) {
        throw InputException.about(
            "samples",
            run.name() + ": unknown candidate; the table has " + String.join(", ", models));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (double n : factors) {
      for (ImprobableShare share : improbable) {
        if (share.n() == n && n > 1) {
          Optional<PassRun> run =
              samples.stream().filter(each -> each.name().equals(share.model())).findFirst();
          rows.add(row(share, run, delta));
        }
      }
    }
    return new Payoff(rows);
  }

  private static Row row(ImprobableShare share, Optional<PassRun> run, double delta) {
    boolean whole = share.n() == Math.rint(share.n());
    return new Row(
        share.model(),
        share.n(),
        share.value(),
        share.interval(),
        run.map(each -> pass(each, 1, delta)),
        whole ? run.map(each -> pass(each, (long) share.n(), delta)) : Optional.empty());
  }

  private static CurvePoint pass(PassRun run, long k, double delta) {
    if (run.counted().isPresent() && run.masses().isEmpty() && k > run.countable()) {
      throw InputException.about(
          "n",
          "%d: %s has only %s of some prompt; draw more, lower N, or leave --samples out"
              .formatted(k, PassRun.place(run.files()), Plural.of(run.countable(), "sample")));
    }
    List<PassRun.Point> points = run.curve(List.of(k), delta);
    if (points.isEmpty()) {
      throw InputException.about(
          "samples",
          PassRun.place(run.files())
              + " does not say which samples pass; give samples with verdicts");
    }
    return points.getFirst().curve();
  }

  /** Whether there is nothing to say. */
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** One object for each candidate and N. */
  ArrayNode json() {
    record Pass(double value, @JsonUnwrapped Interval interval) {}
    record Form(
        String model,
        double n,
        double beyond,
        @JsonUnwrapped Interval interval,
        @JsonProperty("pass_at_1") Optional<Pass> once,
        @JsonProperty("pass_at_n") Optional<Pass> often) {}
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Row row : rows) {
      json.add(
          Json.of(
              new Form(
                  row.model(),
                  row.n(),
                  row.beyond(),
                  row.interval(),
                  row.once().map(point -> new Pass(point.value(), point.interval())),
                  row.often().map(point -> new Pass(point.value(), point.interval())))));
    }
    return json;
  }

  /** The figures as a table. */
  Table table() {
    TableBuilder<Row> table =
        Table.<Row>of(
                TITLE
                    + " The share of the held-out responses that a candidate gives a probability of"
                    + " at most 1/N: with N draws a prompt, reinforcement learning seldom draws"
                    + " these texts and so seldom reinforces them. Other right responses are not"
                    + " counted.",
                rows)
            .text("Candidate", Row::model)
            .text("N", row -> CoveragePages.factor(row.n()))
            .interval("Beyond N draws", SHARE, row -> Estimate.of(row.beyond(), row.interval()));
    boolean drawn = rows.stream().anyMatch(row -> row.once().isPresent());
    return (drawn
            ? table
                .interval("pass@1", SHARE, row -> estimate(row.once()))
                .interval("pass@N", SHARE, row -> estimate(row.often()))
            : table)
        .build();
  }

  private static Estimate estimate(Optional<CurvePoint> point) {
    return point.map(each -> Estimate.of(each.value(), each.interval())).orElse(Estimate.UNKNOWN);
  }

  Section section() {
    return Section.of(TITLE, table());
  }

  /** What was measured of the chosen candidate at the first N, in words. */
  String remark(String chosen) {
    Row row = rows.stream().filter(each -> each.model().equals(chosen)).findFirst().orElseThrow();
    String n = CoveragePages.factor(row.n());
    String text =
        "%s Under %s, %s of the held-out responses lie beyond N = %s draws: RL with so many draws a prompt meets these texts once or less on average; other right responses are not counted."
            .formatted(TITLE, Printable.name(chosen), percent(row.beyond(), row.interval()), n);
    if (row.once().isEmpty()) {
      return text + " How often it passes is not known: give graded samples with --samples.";
    }
    if (row.often().isEmpty()) {
      return text;
    }
    CurvePoint once = row.once().orElseThrow();
    CurvePoint often = row.often().orElseThrow();
    return text
        + " Its samples, whose prompts are not compared with those of the table, have pass@1 %s and pass@%s %s: %s."
            .formatted(
                percent(once.value(), once.interval()),
                n,
                percent(often.value(), often.interval()),
                conclusion(once, often));
  }

  /** What verdicts as rewards can do with such samples. */
  private static String conclusion(CurvePoint once, CurvePoint often) {
    if (often.value() == 0) {
      return "none passes, so RL with these verdicts has nothing to reinforce";
    }
    if (once.value() == 1) {
      return "every one passes, so RL with these verdicts has nothing left to learn";
    }
    return often.interval().low() > once.interval().high()
        ? "RL can sharpen what lies between"
        : "whether anything lies between for RL to sharpen is not known from so few samples";
  }

  private static String percent(double value, Interval interval) {
    NumberStyle style = NumberStyle.percent(1);
    return style.format(value)
        + " ["
        + style.format(interval.low())
        + ", "
        + style.format(interval.high())
        + "]";
  }
}
