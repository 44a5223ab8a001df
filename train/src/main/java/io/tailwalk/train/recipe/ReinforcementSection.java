package io.tailwalk.train.recipe;

import io.tailwalk.train.policy.Advantage;
import io.tailwalk.train.policy.PolicySettings;
import java.nio.file.Path;
import java.util.List;

/**
 * The section {@code reinforcement} of a recipe.
 *
 * @param prompts file of the prompts
 * @param verifier specification of the verifier whose verdicts are the rewards
 * @param settings of each step
 */
record ReinforcementSection(Path prompts, String verifier, PolicySettings settings) {
  private static final List<String> ADVANTAGES = List.of("leave-one-out", "group-normalised");

  /**
   * Reads the section.
   *
   * @param end the token that ends a response
   * @param microBatch sequences per forward pass
   * @param seed of the order of the prompts and of the draws
   */
  static ReinforcementSection read(Section section, int end, int microBatch, long seed) {
    Path prompts = section.path("prompts", true);
    String verifier = section.text("verifier");
    int group = section.count("group", 2);
    int promptsPerStep = section.count("prompts_per_step", 1);
    int maxTokens = section.count("max_tokens", 1);
    Advantage advantage =
        section.choice("advantage", ADVANTAGES, ADVANTAGES.getFirst()).equals("leave-one-out")
            ? Advantage.LEAVE_ONE_OUT
            : Advantage.GROUP_NORMALISED;
    double kl = section.number("kl", 0);
    section.finish();
    return new ReinforcementSection(
        prompts,
        verifier,
        section.build(() ->
            new PolicySettings(
                promptsPerStep, group, maxTokens, end, advantage, kl, microBatch, seed)));
  }
}
