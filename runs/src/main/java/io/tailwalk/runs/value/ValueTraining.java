package io.tailwalk.runs.value;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.GroupJournal;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.RunIdentity;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.RunException;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.Rollout;
import io.tailwalk.values.Rollouts;
import io.tailwalk.values.ValueFile;
import java.nio.file.Path;
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
   * Draws the missing rollouts and learns the value.
   *
   * @param model model at the temperature of the settings
   * @param parallel number of prompts at a time
   * @throws RunException if the learning fails
   */
  public Outcome run(
      LanguageModel model, Verifier verifier, List<PromptJob> jobs, int parallel, Watch watch) {
    check(out, mode);
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
      return learn(model, verifier, jobs, parallel, watch);
    } catch (LearningException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    } catch (CancellationException e) {
      return new Outcome(RunState.UNFINISHED, Optional.empty());
    }
  }

  private Outcome learn(
      LanguageModel model, Verifier verifier, List<PromptJob> jobs, int parallel, Watch watch) {
    ValueFit fit = ValueFit.of(model, verifier, settings);
    Identity run = identity(model, verifier, jobs, fit);
    if (mode == IfExists.RESUME && OutputFile.isFinished(out, run, this::recorded)) {
      return new Outcome(RunState.WAS_FINISHED, Optional.empty());
    }
    if (mode == IfExists.OVERWRITE) {
      GroupJournal.discard(out);
    }
    // Without PyTorch all rollouts would be in vain.
    TorchEngine.get();
    var rollouts = new Rollouts(model, verifier, settings.maxTokens(), settings.stop());
    var draws = new RolloutRun(rollouts, jobs, settings.rollouts(), settings.seed(), parallel);
    var learnt = new AtomicReference<ValueFigures>();
    try (GroupJournal journal = GroupJournal.open(out, run, mode == IfExists.RESUME)) {
      if (!draws.draw(journal, watch)) {
        return new Outcome(RunState.UNFINISHED, Optional.empty());
      }
      journal.finish((lines, made) -> {
        List<Rollout> drawn = RolloutLines.read(lines, jobs, model.vocabulary());
        ValueFigures figures = figures(fit, drawn, watch);
        file(figures, model, verifier, jobs, run).write(made);
        learnt.set(figures);
      });
    }
    return new Outcome(RunState.FINISHED, Optional.of(learnt.get()));
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

  private ValueFigures figures(ValueFit fit, List<Rollout> drawn, Watch watch) {
    ValueStudy study =
        fit.study(
            drawn, (epoch, note) -> watch.at(epoch, settings.epochs(), "epochs at most; " + note));
    watch.check();
    double passed = drawn.stream().filter(rollout -> rollout.tau() > 0).count();
    return new ValueFigures(study, passed / drawn.size());
  }

  private Identity identity(
      LanguageModel model, Verifier verifier, List<PromptJob> jobs, ValueFit fit) {
    return RunIdentity.of(model.identity())
        .with("verifier", verifier.name())
        .withHashes(verifier.sources())
        .with("choice of features", fit.kinds())
        .withSettings(settings.params())
        .with("seed", Long.toString(settings.seed()))
        .withHash("list of prompts", RunIdentity.promptsHash(jobs));
  }

  private ValueFile file(
      ValueFigures figures,
      LanguageModel model,
      Verifier verifier,
      List<PromptJob> jobs,
      Identity run) {
    var origin =
        new ValueFile.Origin(
            model.identity().name(),
            model.identity().fingerprint(),
            model.vocabulary().size(),
            verifier.name(),
            settings.maxTokens(),
            jobs.size(),
            RunIdentity.promptsHash(jobs),
            settings.rollouts() * jobs.size(),
            settings.seed());
    return ValueFile.of(figures.study().fitted().value(), origin)
        .with("temperature", Double.toString(settings.temperature()))
        .with("stop", JsonText.line(settings.stopJson()))
        .with("run_key", run.key())
        .with("identity", JsonText.line(run.json()))
        .with("tool", Provenance.tool().toString())
        .with("fit", figures.study().settings().toString());
  }
}
