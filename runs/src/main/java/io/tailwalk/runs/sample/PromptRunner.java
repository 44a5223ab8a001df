package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.RewardException;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunException;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.SamplerNeeds;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers one prompt at a time by a recipe. The randomness of a prompt is keyed by the seed and the
 * id of the prompt, so its answers do not depend on the other prompts or on their order.
 * Thread-safe.
 */
public final class PromptRunner {
  private static final int DEFAULT_PARALLEL = 16;

  private final LanguageModel model;
  private final Recipe recipe;
  private final boolean wholeBudget;

  /**
   * Creates a runner on an open model.
   *
   * @param model model at the recipe's temperature; the caller closes it
   * @throws InputException if the recipe's value was learned for another model, verifier or length
   *     limit, or the model cannot do what the sampler asks of it
   */
  public PromptRunner(LanguageModel model, Recipe recipe) {
    this(model, recipe, false);
  }

  private PromptRunner(LanguageModel model, Recipe recipe, boolean wholeBudget) {
    this.model = model;
    this.recipe = recipe;
    this.wholeBudget = wholeBudget;
    SamplerNeeds.missing(recipe.sampler(), recipe.rule(), model.capabilities())
        .ifPresent(sentence -> {
          throw InputException.about(
              SamplerNeeds.isOfChildren(recipe.sampler(), model.capabilities())
                  ? "children"
                  : "sampler",
              recipe.sampler().name().equals(Samplers.DEFAULT)
                  ? "the default, " + sentence
                  : sentence);
        });
    recipe
        .value()
        .ifPresent(
            value -> value.requireFit(model, recipe.verifier(), recipe.maxTokens(), recipe.stop()));
  }

  /** Creates a runner whose samplers continue after n completions, until the budget is used. */
  public static PromptRunner toTheEndOfTheBudget(LanguageModel model, Recipe recipe) {
    return new PromptRunner(model, recipe, true);
  }

  /** The model. */
  public LanguageModel model() {
    return model;
  }

  /** The recipe. */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * Checks that the model accepts all prompts, before any work is done.
   *
   * @throws InputException if a prompt cannot be formatted for the model
   */
  public static void check(LanguageModel model, List<PromptJob> jobs) {
    jobs.forEach(job -> encode(model, job));
  }

  /**
   * Answers a prompt.
   *
   * @throws InputException if the prompt cannot be formatted or does not fit, or the verifier
   *     returns a reward that is too large
   * @throws RunException if the model or the verifier fails
   */
  public PromptResult run(PromptJob job, SamplingListener listener) {
    long start = System.nanoTime();
    int[] promptTokenIds = encode(model, job);
    try (ModelContext context = open(job, promptTokenIds)) {
      Sampling sampling =
          recipe
              .reasoning()
              .map(after -> reasoned(job, new ReasoningMeter(context, model, job, after), listener))
              .orElseGet(() -> sample(job, context, listener));
      sampling = noted(job, sampling);
      long millis = (System.nanoTime() - start) / 1_000_000;
      return new PromptResult(job, promptTokenIds, sampling, millis);
    }
  }

  private Sampling noted(PromptJob job, Sampling sampling) {
    List<String> notes = new ArrayList<>(sampling.diagnostics().notes());
    recipe.value().ifPresent(value -> notes.addAll(value.notes(job.prompt())));
    return sampling.withNotes(notes);
  }

  private Sampling reasoned(PromptJob job, ReasoningMeter meter, SamplingListener listener) {
    return meter.counted(sample(job, meter, listener));
  }

  private static int[] encode(LanguageModel model, PromptJob job) {
    try {
      return model.encode(job.prompt());
    } catch (ModelException e) {
      throw new InputException("prompt " + job.id() + ": " + e.getMessage(), e);
    }
  }

  private ModelContext open(PromptJob job, int[] promptTokenIds) {
    try {
      return model.open(promptTokenIds, new ContextOptions(recipe.maxTokens(), parallel()));
    } catch (ModelException e) {
      throw new InputException("prompt " + job.id() + ": " + e.getMessage(), e);
    }
  }

  /** Number of prefixes that the sampler passes to the model at a time. */
  private int parallel() {
    for (String name : new String[] {"walks", "particles", "beam_width", "parallel"}) {
      if (recipe.sampler().params().get(name) instanceof Integer count) {
        return count;
      }
    }
    return DEFAULT_PARALLEL;
  }

  private Sampling sample(PromptJob job, ModelContext context, SamplingListener listener) {
    Guided guided = recipe.guide(context);
    var problem =
        new SamplingProblem(
            job.prompt(),
            model.vocabulary(),
            guided.context(),
            recipe.verifier(),
            guided.value(),
            recipe.rule(),
            recipe.maxTokens(),
            recipe.stop());
    Budget budget = recipe.budget();
    var options =
        new RunOptions(
            recipe.n(),
            budget,
            seed(job),
            budget.wallNanos() < Long.MAX_VALUE ? System::nanoTime : () -> 0L,
            wholeBudget);
    try {
      return recipe.sampler().run(problem, options, listener);
    } catch (RewardException e) {
      throw new InputException("prompt " + job.id() + ": " + e.getMessage(), e);
    } catch (ModelException | VerifierException e) {
      // A verifier that cannot use a field of the row.
      if (e.getCause() instanceof IllegalArgumentException) {
        throw new InputException("prompt " + job.id() + ": " + e.getMessage(), e);
      }
      throw new RunException("prompt " + job.id() + ": " + e.getMessage(), e);
    }
  }

  private long seed(PromptJob job) {
    byte[] id = job.id().getBytes(StandardCharsets.UTF_8);
    long[] keys = new long[id.length];
    for (int i = 0; i < id.length; i++) {
      keys[i] = id[i];
    }
    return Streams.key(recipe.seed(), keys);
  }
}
