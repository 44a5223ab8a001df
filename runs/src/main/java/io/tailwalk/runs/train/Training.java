package io.tailwalk.runs.train;

import io.tailwalk.core.Plural;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.PromptLayout;
import io.tailwalk.records.input.Input;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.sample.PromptFiles;
import io.tailwalk.runs.sample.RowFields;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunException;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.recipe.TrainingRun;
import io.tailwalk.values.LearningException;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.ModelOpener;
import io.tailwalk.verifiers.spec.SpecContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Trains a small transformer as described in a YAML file (docs/train.md). Checkpoints, metrics and
 * the held-out log-probabilities of every checkpoint are written to the output folder.
 */
public final class Training {
  private final TrainingRun run;
  private final LearningSignal signal = new LearningSignal();

  private Training(TrainingRun run) {
    this.run = run;
  }

  /**
   * Reads the YAML file.
   *
   * @param resume whether to continue from the last checkpoint in the output folder, if there is
   *     one
   * @throws InputException if the file, or a file that it names, is invalid
   */
  public static Training open(Path file, boolean resume) {
    try {
      return new Training(TrainingRun.open(file, resume, Training::verifier));
    } catch (LearningException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The verifier of reinforcement learning, as {@code generate} reads it. */
  private static Verifier verifier(String spec, Path prompts) {
    var files = new PromptFiles(List.of(Input.of(prompts)), PromptLayout.ANY);
    ModelOpener models = name -> Models.open(name, ModelSettings.DEFAULT);
    return VerifierSpecs.parse(spec, new SpecContext(new RowFields(files), models));
  }

  /** The output folder. */
  public Path folder() {
    return run.folder().path();
  }

  /** Total number of steps of the run. */
  public long steps() {
    return run.steps();
  }

  /** Whether checkpoints are scored on held-out data, into the folder {@code scores}. */
  public boolean measures() {
    return run.measures();
  }

  /**
   * Trains until the last step, or until the watch ends the work.
   *
   * @return the number of steps made so far
   * @throws RunException if the training fails
   */
  public long run(Watch watch) {
    try {
      return run.run(
          watch::cancelled,
          (_, report) -> {
            signal.add(report);
            watch.at(
                report.step(),
                run.steps(),
                report
                    .drawn()
                    .map(
                        drawn -> String.format(Locale.ROOT, "mean reward %.4f", drawn.meanReward()))
                    .orElseGet(() -> String.format(Locale.ROOT, "loss %.4f", report.loss())));
          });
    } catch (LearningException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What a user must know about the steps made by {@link #run}, in sentences. */
  public List<String> warnings() {
    return signal.warnings();
  }

  /** The number of steps made, in one line. */
  public String progress(long made) {
    return made < run.steps()
        ? "stopped after step " + made + " of " + run.steps()
        : Plural.of(made, "step") + " made; results are in " + folder();
  }
}
