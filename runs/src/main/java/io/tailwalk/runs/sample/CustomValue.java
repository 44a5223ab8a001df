package io.tailwalk.runs.sample;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.values.GatedValue;
import java.util.List;

/**
 * The caller's own value function, for any model, verifier and length limit. Nothing but its name
 * identifies it: a run can be resumed with any value of the same name.
 *
 * @param name name in rows and records; may be empty
 * @param value the value, shared by the prompts that are answered at the same time
 */
public record CustomValue(String name, ValueFunction value) implements Guide {

  @Override
  public String stamp() {
    return name.isEmpty() ? "custom" : "custom " + name;
  }

  /** False: a function of one prefix may be expensive, so children are drawn by default. */
  @Override
  public boolean masksVocabulary() {
    return false;
  }

  @Override
  public int children() {
    return DEFAULT_CHILDREN;
  }

  @Override
  public void requireFit(
      LanguageModel model, Verifier verifier, int maxTokens, List<String> stop) {}

  @Override
  public Guided over(Verifier verifier, ModelContext context) {
    return new Guided(new GatedValue(verifier.prefixValue(), value), context);
  }
}
