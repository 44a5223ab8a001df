package io.tailwalk.runs.value;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.runs.sample.GuideValue;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.RunException;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import io.tailwalk.values.StateFeatures;
import io.tailwalk.values.ValueFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;

/**
 * Learns a value of prefixes from rollouts and writes it to a file. Rollouts are stored in a
 * journal, so that an interrupted or killed run can be resumed.
 *
 * @param settings settings of the learning
 * @param out the file (safetensors)
 * @param mode what to do if the file already exists
 */
public record ValueTraining(ValueSettings settings, Path out, IfExists mode) {

  /**
   * The outcome of a run.
   *
   * @param state state of the run
   * @param figures quality of the value; present if this run learned it
   */
  public record Outcome(RunState state, Optional<ValueFigures> figures) {}

  /**
   * Refuses a file that exists, unless the mode says what to do with it.
   *
   * @throws InputException if the file exists
   */
  public static void check(Path out, IfExists mode) {
    OutputFile.check(out, mode);
  }

  /**
   * Draws the missing rollouts, learns the value, and compares the sampler with and without it.
   *
   * @param model model at the temperature of the settings
   * @param recipe verifier of the rollouts, and sampler of the pilot
   * @param parallel number of prompts at a time
   * @throws InputException if the value is refused: it is not better than its baseline on held-out
   *     rollouts, or it makes the sampler worse; the rollouts are kept for a run that resumes
   * @throws RunException if the learning fails
   */
  public Outcome run(
      LanguageModel model, Recipe recipe, List<PromptJob> jobs, int parallel, Watch watch) {
    check(out, mode);
    requirePrefixes(model);
    requireState(model);
    PromptRunner.check(model, jobs);
    if ((long) settings.rollouts() * jobs.size() > Integer.MAX_VALUE) {
      throw InputException.about(
          "rollouts",
          settings.rollouts()
              + " for each of "
              + Plural.of(jobs.size(), "prompt")
              + " are too many; use at most "
              + Integer.MAX_VALUE / jobs.size());
    }
    try {
      return learn(
          new ValueSource(model, recipe.verifier(), jobs, settings), recipe, parallel, watch);
    } catch (LearningException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    } catch (CancellationException e) {
      return new Outcome(RunState.UNFINISHED, Optional.empty());
    }
  }

  /** The model's state is read through its distributions. */
  private void requireState(LanguageModel model) {
    boolean reads = settings.features().filter(StateFeatures.KIND::equals).isPresent();
    if (reads && !model.capabilities().can(Capability.DISTRIBUTION)) {
      throw InputException.about(
          "features",
          "hidden reads the model's state through its distributions, and this model gives "
              + model.capabilities().words()
              + " only; use one-hot or counts");
    }
  }

  /** A value of prefixes is of no use where prefixes cannot be continued. */
  private static void requirePrefixes(LanguageModel model) {
    if (!model.capabilities().can(Capability.DRAW)) {
      throw InputException.about(
          "model",
          "a value guides draws behind prefixes, and this model gives "
              + model.capabilities().words()
              + " only; use a server that reads token ids, such as vLLM, SGLang or llama-server");
    }
  }

  private Outcome learn(ValueSource source, Recipe recipe, int parallel, Watch watch) {
    LanguageModel model = source.model();
    Verifier verifier = source.verifier();
    ValueFit fit = ValueFit.of(model, verifier, settings);
    Identity run = source.identity(fit);
    if (mode == IfExists.RESUME && OutputFile.isFinished(out, run, this::recorded)) {
      return new Outcome(RunState.WAS_FINISHED, Optional.empty());
    }
    Optional<ValuePilot> pilot = ValuePilot.of(recipe, settings, source.jobs());
    if (mode == IfExists.OVERWRITE) {
      GroupJournal.discard(out);
    }
    // Without PyTorch all rollouts would be in vain.
    TorchEngine.get();
    var rollouts = new Rollouts(model, verifier, settings.maxTokens(), settings.stop());
    var draws =
        new RolloutRun(rollouts, source.jobs(), settings.rollouts(), settings.seed(), parallel);
    var learnt = new AtomicReference<ValueFigures>();
    try (GroupJournal journal = GroupJournal.open(out, run, mode == IfExists.RESUME)) {
      if (!draws.draw(journal, watch)) {
        return new Outcome(RunState.UNFINISHED, Optional.empty());
      }
      journal.finish((lines, made) -> {
        List<Rollout> drawn = RolloutLines.read(lines, source.jobs(), model.vocabulary());
        ValueStudy study = study(fit, drawn, watch);
        var knowledge = PrefixKnowledge.of(verifier, drawn);
        List<String> reasons = new ArrayList<>();
        refuse(Refusal.ofFit(study, knowledge), reasons);
        ValueFile file = source.file(study, run);
        file.write(made);
        Optional<PilotFigures> compared =
            pilot.map(plan -> plan.run(model, GuideValue.read(made), parallel, watch));
        refuse(compared.flatMap(Refusal::ofPilot), reasons);
        file.with("forced", Boolean.toString(!reasons.isEmpty())).write(made);
        learnt.set(new ValueFigures(study, passRate(drawn), knowledge, compared, reasons));
      });
    }
    return new Outcome(RunState.FINISHED, Optional.of(learnt.get()));
  }

  /** Refuses the value, or keeps the reason if the settings force it to be written. */
  private void refuse(Optional<Refusal> refusal, List<String> reasons) {
    if (refusal.isPresent() && !settings.force()) {
      throw new InputException(refusal.get().sentence(out));
    }
    refusal.map(Refusal::reason).ifPresent(reasons::add);
  }

  private static double passRate(List<Rollout> drawn) {
    return drawn.stream().mapToInt(rollout -> rollout.tau() > 0 ? 1 : 0).average().orElse(0);
  }

  private OutputFile.Recorded recorded() {
    try {
      ValueFile file = ValueFile.read(out);
      String identity = file.get("identity");
      return new OutputFile.Recorded(
          file.get("run_key"),
          identity.isEmpty() ? Optional.empty() : Identity.read(JsonText.parse(identity)));
    } catch (JacksonException e) {
      throw new InputException(out + ": its record of the run is damaged; overwrite it", e);
    } catch (LearningException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private ValueStudy study(ValueFit fit, List<Rollout> drawn, Watch watch) {
    ValueStudy study =
        fit.study(
            drawn, (epoch, note) -> watch.at(epoch, settings.epochs(), "epochs at most; " + note));
    watch.check();
    return study;
  }
}
