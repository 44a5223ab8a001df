package io.tailwalk.sampling;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.tree.ExpansionRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a model can do what a sampler asks of it. */
public final class SamplerNeeds {
  private static final ExpansionRule DRAWN = new ExpansionRule.Sample(1, 1);

  private SamplerNeeds() {}

  /**
   * What is missing, as a sentence with what works instead; empty if nothing is.
   *
   * @param rule the rule that makes children
   * @param model what the model can do
   */
  public static Optional<String> missing(Sampler sampler, ExpansionRule rule, Capabilities model) {
    if (model.can(sampler.needs(rule))) {
      return Optional.empty();
    }
    String needs = sampler.name() + " needs " + sampler.needs(rule).words();
    String has = "this model gives " + (model.words().isEmpty() ? "none" : model.words() + " only");
    boolean everyToken = rule instanceof ExpansionRule.Enumerate;
    List<String> working = everyToken ? List.of() : working(rule, model);
    if (everyToken && model.can(sampler.needs(DRAWN))) {
      return Optional.of(
          needs + " if every token is a child, and " + has + "; let children be drawn");
    }
    return Optional.of(
        needs
            + ", and "
            + has
            + (working.isEmpty() ? "" : "; use one of " + String.join(", ", working)));
  }

  /** The names of the samplers that work with a model. */
  public static List<String> working(ExpansionRule rule, Capabilities model) {
    return Samplers.names().stream()
        .filter(name -> model.can(Samplers.create(name, Map.of()).needs(rule)))
        .toList();
  }
}
