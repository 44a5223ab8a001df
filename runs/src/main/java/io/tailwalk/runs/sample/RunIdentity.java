package io.tailwalk.runs.sample;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.records.Identity;
import io.tailwalk.runs.work.Provenance;
import java.util.List;

/** Everything that determines a result, by part; a run can be resumed only with the same. */
public final class RunIdentity {
  private RunIdentity() {}

  /** The identity of prompts answered by a recipe. */
  public static Identity of(
      ModelIdentity model, Recipe recipe, List<PromptJob> jobs, boolean timing) {
    Identity identity =
        of(model)
            .with("sampler", recipe.sampler().name())
            .withSettings(recipe.params())
            .with("seed", Long.toString(recipe.seed()))
            .with("setting timing", Boolean.toString(timing))
            .withHash("list of prompts", promptsHash(jobs))
            .withHashes(recipe.verifier().sources());
    return recipe
        .value()
        .map(guide ->
            switch (guide) {
              case GuideValue value ->
                  identity.withHash("learned value " + value.path(), value.hash());
              case CustomValue value -> identity.with("value function", value.stamp());
            })
        .orElse(identity);
  }

  /** The identity of what depends on this version of the program only. */
  public static Identity ofProgram() {
    return Identity.of("version of Tailwalk", Provenance.version());
  }

  /** The identity of what is computed with a model by this version of the program. */
  public static Identity of(ModelIdentity model) {
    return ofProgram().withHash("model", model.fingerprint()).withHashes(model.engine());
  }

  /** A hash of the ids and texts of prompts. */
  public static String promptsHash(List<PromptJob> jobs) {
    var texts = new Sha256.Sequence();
    for (PromptJob job : jobs) {
      texts.add(job.id()).add(job.prompt().toString());
    }
    return texts.hex();
  }
}
