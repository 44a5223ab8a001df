package io.tailwalk.runs;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.Truncation;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.models.ChatTurns;
import io.tailwalk.runs.sample.Guide;
import io.tailwalk.runs.value.ValueSettings;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The settings of a {@link Request}, which changes them in a copy of its own only. */
final class RequestSettings {
  private static final int BUDGET_FACTOR = 16;

  ChatTurns turns = ChatTurns.AS_GIVEN;
  String verifierSpec = "any";
  Optional<Verifier> ownVerifier = Optional.empty();
  Optional<ReasoningTags> reasoning = Optional.empty();
  Optional<Supplier<Guide>> value = Optional.empty();
  Sampler sampler = Samplers.create(Samplers.DEFAULT, Map.of());
  Optional<ExpansionRule> rule = Optional.empty();
  int n = 1;
  int maxTokens = 64;
  double temperature = 1;
  Truncation truncation = Truncation.NONE;
  List<String> stop = List.of();
  OptionalLong modelTokens = OptionalLong.empty();
  Budget limits = Budget.UNLIMITED;
  long seed;
  Watch watch = Watch.NONE;
  List<String> command = List.of();

  RequestSettings copy() {
    var other = new RequestSettings();
    other.turns = turns;
    other.verifierSpec = verifierSpec;
    other.ownVerifier = ownVerifier;
    other.reasoning = reasoning;
    other.value = value;
    other.sampler = sampler;
    other.rule = rule;
    other.n = n;
    other.maxTokens = maxTokens;
    other.temperature = temperature;
    other.truncation = truncation;
    other.stop = stop;
    other.modelTokens = modelTokens;
    other.limits = limits;
    other.seed = seed;
    other.watch = watch;
    other.command = command;
    return other;
  }

  /**
   * The budget of a prompt.
   *
   * @param tokensPerExpansion model tokens that the children of a prefix cost at most
   */
  Budget budget(long tokensPerExpansion) {
    double byDefault = (double) BUDGET_FACTOR * n * Math.max(maxTokens, tokensPerExpansion);
    return limits.withModelTokens(modelTokens.orElse((long) byDefault));
  }

  /** The settings for learning a value from this many completions per prompt. */
  ValueSettings ofValue(int rollouts) {
    return ValueSettings.of(rollouts, maxTokens, temperature, stop, seed);
  }
}
