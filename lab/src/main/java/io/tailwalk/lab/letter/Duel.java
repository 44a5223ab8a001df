package io.tailwalk.lab.letter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.lab.PlainDouble;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One completion of the entrant against one of action-level sampling.
 *
 * @param constraint label of the constraint
 * @param pair number of the pair under its constraint; each has its own completions
 * @param alpha alpha of the entrant's value
 * @param entrant the entrant's text; empty if it returned none, which loses
 * @param action the text of action-level sampling; empty if it returned none, which loses
 * @param logOdds the judge's log-odds for the entrant, nats; NaN if not asked
 * @param entrantLogProb log-probability of the entrant's text under the judge, nats; NaN without
 * @param actionLogProb the same of action-level sampling
 * @param passes whether both texts satisfy the constraint by a check that guided neither
 * @param modelTokens cost of the entrant's run
 */
record Duel(
    String constraint,
    int pair,
    double alpha,
    String entrant,
    @JsonProperty("action_level") String action,
    @JsonSerialize(using = PlainDouble.class) double logOdds,
    @JsonSerialize(using = PlainDouble.class) double entrantLogProb,
    @JsonSerialize(using = PlainDouble.class) double actionLogProb,
    boolean passes,
    long modelTokens) {

  /** 1 for a win, 0 for a loss, a half for a tie or if neither returned a text. */
  double win() {
    if (entrant.isEmpty() || action.isEmpty()) {
      return entrant.isEmpty() == action.isEmpty() ? 0.5 : entrant.isEmpty() ? 0 : 1;
    }
    return logOdds > 0 ? 1 : logOdds < 0 ? 0 : 0.5;
  }
}
