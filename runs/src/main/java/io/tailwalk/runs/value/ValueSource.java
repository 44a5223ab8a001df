package io.tailwalk.runs.value;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.Identity;
import io.tailwalk.records.JsonText;
import io.tailwalk.runs.sample.GuideValue;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.RunIdentity;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.values.ValueFile;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a value is learned from, as its run and its file record it.
 *
 * @param model model at the temperature of the settings
 * @param verifier the verifier that labels rollouts
 * @param jobs prompts of the rollouts
 * @param settings settings of the learning
 */
record ValueSource(
    LanguageModel model, Verifier verifier, List<PromptJob> jobs, ValueSettings settings) {
  private static final int MOST_LISTED = 10_000;

  /** Keeps a copy. */
  ValueSource {
    jobs = List.copyOf(jobs);
  }

  /** All that the rollouts and the fit depend on; the pilot and force change neither. */
  Identity identity(ValueFit fit) {
    return RunIdentity.of(model.identity())
        .with("verifier", verifier.name())
        .withHashes(verifier.sources())
        .with("choice of features", fit.kinds())
        .withSettings(settings.params())
        .with("seed", Long.toString(settings.seed()))
        .withHash("list of prompts", RunIdentity.promptsHash(jobs));
  }

  /** Empty for more prompts than are worth listing. */
  private String promptHashes() {
    return jobs.size() > MOST_LISTED
        ? ""
        : jobs.stream()
            .map(job -> GuideValue.promptHash(job.prompt()))
            .collect(Collectors.joining(","));
  }

  /** The file of a fitted value. */
  ValueFile file(ValueStudy study, Identity run) {
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
    return ValueFile.of(study.fitted().value(), origin)
        .with("temperature", Double.toString(settings.temperature()))
        .with("stop", GuideValue.stopText(settings.stop()))
        .with("prompt_hashes", promptHashes())
        .with("run_key", run.key())
        .with("identity", JsonText.line(run.json()))
        .with("tool", Provenance.tool().toString())
        .with("fit", study.settings().toString());
  }
}
