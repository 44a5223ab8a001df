package io.tailwalk.sampling;

import io.tailwalk.core.model.Capability;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

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
   * What the sampler asks of the model, all of it: distributions where every token is a child,
   * draws where children are drawn, and the most probable tokens too where they are the head.
   *
   * @param rule the rule that makes children
   */
  default Set<Capability> needs(ExpansionRule rule) {
    return switch (rule) {
      case ExpansionRule.Enumerate() -> Set.of(Capability.DISTRIBUTION);
      case ExpansionRule.Sample(int _, int _) -> Set.of(Capability.DRAW);
      case ExpansionRule.HeadAndTail(int _, int _) -> EnumSet.of(Capability.TOP_K, Capability.DRAW);
    };
  }

  /**
   * Whether the sampler makes children by the rule. If not, it draws its actions from the model in
   * a way of its own, and the rule decides nothing, or only that they are drawn.
   */
  default boolean follows(ExpansionRule rule) {
    return true;
  }

  /**
   * What a sampler asks of the model that reads complete draws of the model only: complete
   * responses, except where every token is a child.
   */
  static Set<Capability> needsOfPlainDraws(ExpansionRule rule) {
    return Set.of(
        rule instanceof ExpansionRule.Enumerate ? Capability.DISTRIBUTION : Capability.RESPONSE);
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
