package io.tailwalk.runs.sample;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifier;
import java.util.List;
import java.util.Optional;

/** A value of prefixes that guides samplers instead of the verifier's own value. */
public sealed interface Guide permits GuideValue, CustomValue {

  /** Default number of children of a prefix when children are drawn. */
  int DEFAULT_CHILDREN = 16;

  /**
   * Returns how children are made by default: every token if the verifier and the value are
   * inexpensive for a complete vocabulary and the model shows distributions; otherwise they are
   * drawn, {@value #DEFAULT_CHILDREN} or as many as the value prefers.
   */
  static ExpansionRule children(Verifier verifier, Optional<Guide> guide, Capabilities model) {
    boolean cheap = guide.map(Guide::masksVocabulary).orElse(true);
    boolean shown = model.can(Capability.DISTRIBUTION);
    return verifier.masksVocabulary() && cheap && shown
        ? new ExpansionRule.Enumerate()
        : new ExpansionRule.Sample(guide.map(Guide::children).orElse(DEFAULT_CHILDREN), 1);
  }

  /** Number of children to draw for each prefix, from which the value chooses. */
  int children();

  /** The description of the value in rows and records. */
  String stamp();

  /** Whether valuing a complete vocabulary is inexpensive, so that children are enumerated. */
  boolean masksVocabulary();

  /**
   * Checks that the value fits the model, the verifier, the length limit and the strings that end a
   * response.
   *
   * @throws io.tailwalk.runs.work.InputException with the difference and the fix
   */
  void requireFit(LanguageModel model, Verifier verifier, int maxTokens, List<String> stop);

  /** What a user must know about the value behind a prompt, in sentences. */
  default List<String> notes(Prompt prompt) {
    return List.of();
  }

  /**
   * Returns the value of prefixes, zero where the verifier's own value is zero, with the context
   * that a sampler has to use with it: a value may read what passes through the context.
   *
   * @param context context after the prompt
   */
  Guided over(Verifier verifier, ModelContext context);
}
