package io.tailwalk.runs;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.TemperedModel;
import io.tailwalk.core.model.TruncatedModel;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.runs.sample.Guide;
import io.tailwalk.runs.sample.PromptFiles;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Reasoning;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.sample.RowFields;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.PromptFields;
import io.tailwalk.verifiers.spec.SpecContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Opens what a {@link Request} names and hands it to work.
 *
 * @param session the model
 * @param jobs the prompts
 * @param source the files of the prompts, if they are from files
 * @param settings the settings; not changed
 */
record RequestRun(
    Session session, List<PromptJob> jobs, Optional<PromptFiles> source, RequestSettings settings) {

  /** Work on an open model by a recipe. */
  interface Work<T> {
    T on(LanguageModel model, Recipe recipe);
  }

  /**
   * Does the work, and closes the verifier unless it is the caller's.
   *
   * @throws InputException if the request is invalid, before the work begins
   */
  <T> T run(Work<T> work) {
    if (settings.ownVerifier.isPresent()) {
      return run(settings.ownVerifier.get(), work);
    }
    try (Verifier verifier = open()) {
      return run(verifier, work);
    }
  }

  private Verifier open() {
    try {
      PromptFields fields = source.<PromptFields>map(RowFields::new).orElse(RowFields.NO_FILE);
      return VerifierSpecs.parse(settings.verifierSpec, new SpecContext(fields, session.opener()));
    } catch (IllegalArgumentException | VerifierException e) {
      throw InputException.about("verifier", String.valueOf(e.getMessage()), e);
    }
  }

  private <T> T run(Verifier verifier, Work<T> work) {
    Recipe recipe = recipe(verifier);
    LanguageModel model = session.model();
    PromptRunner.check(model, jobs);
    Recipe judged =
        settings
            .reasoning
            .map(tags -> recipe.judgedAfter(tags, Reasoning.closedPrompts(model, jobs, tags)))
            .orElse(recipe);
    return work.on(
        TruncatedModel.of(TemperedModel.of(model, settings.temperature), settings.truncation),
        judged);
  }

  private Recipe recipe(Verifier verifier) {
    Optional<Guide> guide = settings.value.map(Supplier::get);
    ExpansionRule rule = children(verifier, guide);
    Budget limits = settings.budget(tokensPerExpansion(rule));
    requireTwoTrees(rule, limits.modelTokens());
    long bytes = Math.min(limits.treeBytes(), Session.treeBytes(session.isEmbedded(), jobs.size()));
    return new Recipe(
        settings.sampler,
        verifier,
        guide,
        rule,
        settings.n,
        settings.maxTokens,
        settings.temperature,
        settings.stop,
        limits.withTreeBytes(bytes),
        settings.seed,
        session.testTimeRate(),
        settings.truncation);
  }

  private ExpansionRule children(Verifier verifier, Optional<Guide> guide) {
    settings
        .rule
        .filter(rule -> rule.mostTokens() > 1 && !settings.sampler.follows(rule))
        .ifPresent(_ -> {
          throw InputException.about(
              "children",
              settings.sampler.name()
                  + " draws from the model in a way of its own and makes no children by this rule;"
                  + " leave it out");
        });
    Capabilities can = session.model().capabilities();
    return settings.rule.orElseGet(() ->
        can.drawsItself() && readsResponses()
            ? new ExpansionRule.Sample(Guide.DEFAULT_CHILDREN, 1)
            : Guide.children(verifier, guide, can));
  }

  /** Model tokens of an expansion: a model that draws children itself charges every one. */
  private long tokensPerExpansion(ExpansionRule rule) {
    boolean drawn =
        !(rule instanceof ExpansionRule.Enumerate)
            && settings.sampler.follows(rule)
            && session.model().capabilities().drawsItself();
    return drawn ? rule.mostTokens() : 1;
  }

  /** Refuses a budget that does not pay for the children of two roots, which an interval needs. */
  private void requireTwoTrees(ExpansionRule rule, long modelTokens) {
    long each = tokensPerExpansion(rule);
    if (each > 1 && modelTokens < 2 * each) {
      throw InputException.about(
          "budget-tokens",
          modelTokens
              + " model tokens do not pay for the children of a prefix in two trees, "
              + each
              + " tokens each, because this model draws them; give at least "
              + 2 * each
              + ", or fewer children");
    }
  }

  /** Whether complete draws of the model are enough for the sampler. */
  private boolean readsResponses() {
    var drawn = new ExpansionRule.Sample(1, 1);
    return settings.sampler.needs(drawn).equals(Set.of(Capability.RESPONSE));
  }
}
