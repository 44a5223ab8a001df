package io.tailwalk.lab.rivals;

import io.tailwalk.lab.Verdict;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import java.util.List;

/** The figures of the experiment as a page. */
final class RivalsPage {
  private static final NumberStyle THREE = NumberStyle.fixed(3);
  private static final NumberStyle WHOLE = NumberStyle.integer();

  private RivalsPage() {}

  static List<Section> sections(List<RivalCell> cells, int repeats, Verdict verdict) {
    return List.of(
        Section.of("Verdict", new Prose(verdict.summary()), new Prose(how(repeats))),
        Section.of("Errors at equal model tokens", table(cells)));
  }

  private static List<String> how(int repeats) {
    return List.of(
        "Two problems of arXiv 2510.03149. Abc: uniform letters a, b, c; a response with a c has no"
            + " reward; the value is exact, but "
            + (1 + RivalCase.ERROR)
            + " times too large after an a. Delay: uniform letters 0 and 1, the reward is e to the"
            + " number of ones, the value lags one letter behind. The error is that of the mean"
            + " number of a's or ones in the sample of a run, in standard deviations of that number"
            + " under the target; a run without a completion has the error 1. "
            + repeats
            + " runs of each sampler, "
            + RivalCell.TOKENS_PER_LETTER
            + " model tokens for each letter; a sampler finishes what it has begun, so that the"
            + " rivals use at least as many as the walks.",
        "The walks and smc are guided by the value at every letter. smc-lookahead uses it as one"
            + " more rollout, qalign and best-of-n do not use it: for them, the cost of the"
            + " guidance is what is compared, not its quality. Where no value of prefixes is known,"
            + " this experiment says nothing. Both rivals are reconstructed from abstracts and"
            + " secondary sources.");
  }

  private static Table table(List<RivalCell> cells) {
    return Table.of("Root mean squared error ± 2 se, and mean error ± 2 se", cells)
        .text("problem", cell -> cell.known().name())
        .whole("H", "letters", cell -> cell.known().length())
        .text("sampler", cell -> cell.entrant().label())
        .interval("rmse", THREE, RivalsPage::rmse)
        .interval("mean error", THREE, cell -> cell.error().estimate())
        .interval("model tokens", WHOLE, cell -> cell.tokens().estimate())
        .whole("runs without a completion", RivalCell::empty)
        .build();
  }

  private static Estimate rmse(RivalCell cell) {
    double error = 2 * cell.rmseStandardError();
    return new Estimate(cell.rmse() - error, cell.rmse(), cell.rmse() + error);
  }
}
