package io.tailwalk.sampling;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.tree.ExpansionRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    if (!model.can(sampler.needs(rule))) {
      return Optional.of(sentence(sampler, rule, model));
    }
    return lists(sampler, rule, model)
        ? Optional.empty()
        : Optional.of(
            "the head of a prefix has more tokens than this model lists, "
                + model.mostTop()
                + "; ask for at most "
                + model.mostTop());
  }

  /** Whether a head, if there is one, is not longer than the model's list. */
  private static boolean lists(Sampler sampler, ExpansionRule rule, Capabilities model) {
    return !(rule instanceof ExpansionRule.HeadAndTail(int head, int _))
        || !sampler.needs(rule).contains(Capability.TOP_K)
        || head <= model.mostTop();
  }

  /** Whether a sampler for which something is missing would work with drawn children. */
  public static boolean isOfChildren(Sampler sampler, Capabilities model) {
    return model.can(sampler.needs(DRAWN));
  }

  private static String sentence(Sampler sampler, ExpansionRule rule, Capabilities model) {
    String needs =
        sampler.name()
            + " needs "
            + sampler.needs(rule).stream()
                .sorted()
                .map(Capability::words)
                .collect(Collectors.joining(" and "));
    String has = "this model gives " + (model.words().isEmpty() ? "none" : model.words() + " only");
    if (!(rule instanceof ExpansionRule.Sample) && isOfChildren(sampler, model)) {
      String children =
          rule instanceof ExpansionRule.Enumerate
              ? "every token is a child"
              : "children are a head and a tail";
      return needs + " if " + children + ", and " + has + "; let children be drawn";
    }
    List<String> working = working(DRAWN, model);
    return needs
        + ", and "
        + has
        + (working.isEmpty() ? "" : "; use one of " + String.join(", ", working));
  }

  /** The names of the samplers that work with a model. */
  public static List<String> working(ExpansionRule rule, Capabilities model) {
    return Samplers.names().stream()
        .filter(name -> {
          Sampler sampler = Samplers.create(name, Map.of());
          return model.can(sampler.needs(rule)) && lists(sampler, rule, model);
        })
        .toList();
  }
}
