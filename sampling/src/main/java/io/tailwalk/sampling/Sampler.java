package io.tailwalk.sampling;

import io.tailwalk.core.model.Capability;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import java.util.Map;

/**
 * A method to draw completions from {@code pi*(y) ~ pi(y) tau(y)}, exactly or approximately.
 * Stateless: all state belongs to a run.
 */
public interface Sampler {

  /** Its name on the command line, for example {@code vgb-momentum}. */
  String name();

  /** Its parameters with their values, in the literature's names, for the record. */
  Map<String, Object> params();

  /** How the distribution of its draws relates to the target. */
  TargetDistribution targetDistribution();

  /**
   * What the sampler asks of the model: distributions where every token is a child, draws where
   * children are drawn.
   *
   * @param rule the rule that makes children
   */
  default Capability needs(ExpansionRule rule) {
    return rule instanceof ExpansionRule.Enumerate ? Capability.DISTRIBUTION : Capability.DRAW;
  }

  /**
   * What a sampler asks of the model that reads complete draws of the model only: complete
   * responses, except where every token is a child.
   */
  static Capability needsOfPlainDraws(ExpansionRule rule) {
    return rule instanceof ExpansionRule.Enumerate ? Capability.DISTRIBUTION : Capability.RESPONSE;
  }

  /**
   * Runs until n completions are drawn or the budget is used up; running out is an outcome, not an
   * error.
   *
   * @throws io.tailwalk.core.model.ModelException if the model fails
   * @throws io.tailwalk.core.verify.VerifierException if the verifier or the value function fails
   */
  Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener);
}
