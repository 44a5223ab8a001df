package io.tailwalk.report.coverage;

import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.quantile.LikelihoodQuantile;
import io.tailwalk.coverage.quantile.LikelihoodQuantiles;
import io.tailwalk.coverage.stats.QuantileRanks;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** The likelihood quantiles of several models: a table, its section of a page, and a remark. */
public final class QuantilePages {
  private static final NumberStyle NATS = NumberStyle.fixed(3);
  private static final String WHAT =
      "Log-probability that all but a share epsilon of the responses have at least.";

  private QuantilePages() {}

  /**
   * The quantiles, one column for each share.
   *
   * @param profiles profiles of the models, with quantiles at the same shares
   */
  public static Table table(List<ModelProfile> profiles) {
    List<LikelihoodQuantile> first = profiles.getFirst().quantiles();
    return Table.of(WHAT, profiles)
        .text("Model", ModelProfile::model)
        .each(
            IntStream.range(0, first.size()).boxed().toList(),
            (table, k) ->
                table.interval(
                    name(first.get(k)),
                    "nats",
                    NATS,
                    profile -> estimate(profile.quantiles().get(k))))
        .build();
  }

  /**
   * The section of a page.
   *
   * @param profiles profiles of the models, with quantiles at the same shares
   */
  public static Section section(List<ModelProfile> profiles) {
    return Section.of(
        "Likelihood quantiles",
        Prose.of(
            "LQ epsilon is the log-probability that a model assigns at least to all but a share"
                + " epsilon of the responses. With one right response per prompt it is the inverse"
                + " of the share beyond N draws: e to the minus LQ is the largest N with a share"
                + " above epsilon of prompts whose right response has a probability of at most 1/N."
                + " Where a prompt has many right answers, others than the held-out ones are not"
                + " counted."),
        table(profiles));
  }

  /**
   * One line on how the ends are known.
   *
   * @param profiles profiles of the models, with quantiles at the same shares
   * @param delta error probability of the intervals
   */
  public static String remark(List<ModelProfile> profiles, double delta) {
    StringBuilder text =
        new StringBuilder(
            "Intervals of likelihood quantiles (LQ): order statistics, guaranteed, for each share"
                + " alone.");
    for (LikelihoodQuantile quantile : profiles.getFirst().quantiles()) {
      if (quantile.ranks().low() == 0) {
        text.append(
            " The low end of %s is unknown: it needs %s prompts or more."
                .formatted(
                    name(quantile),
                    NumberStyle.integer()
                        .format(QuantileRanks.rowsForLowEnd(quantile.epsilon(), delta))));
      }
    }
    if (profiles.getFirst().rows() > LikelihoodQuantiles.EXACT_ROWS) {
      text.append(" Values are known to one part in 4,096, which the intervals include.");
    }
    return text.toString();
  }

  private static String name(LikelihoodQuantile quantile) {
    return "LQ " + BigDecimal.valueOf(quantile.epsilon()).stripTrailingZeros().toPlainString();
  }

  private static Estimate estimate(LikelihoodQuantile quantile) {
    return new Estimate(quantile.interval().low(), quantile.logProb(), quantile.interval().high());
  }
}
