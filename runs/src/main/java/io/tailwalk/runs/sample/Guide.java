package io.tailwalk.runs.sample;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;

/** A value of prefixes that guides samplers instead of the verifier's own value. */
public sealed interface Guide permits GuideValue, CustomValue {

  /** The description of the value in rows and records. */
  String stamp();

  /** Whether valuing a complete vocabulary is inexpensive, so that children are enumerated. */
  boolean masksVocabulary();

  /** Whether the value can be evaluated for every token of the vocabulary at all. */
  boolean canEnumerate();

  /**
   * Checks that the value fits the model, the verifier and the length limit.
   *
   * @throws io.tailwalk.runs.work.InputException with the difference and the fix
   */
  void requireFit(LanguageModel model, Verifier verifier, int maxTokens);

  /**
   * Returns the value of prefixes: zero where the verifier's own value is zero.
   *
   * @param context context after the prompt, whose hidden states the value may read
   */
  ValueFunction over(Verifier verifier, ModelContext context);
}
