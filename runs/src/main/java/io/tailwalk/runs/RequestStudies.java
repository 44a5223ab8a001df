package io.tailwalk.runs;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.records.Identity;
import io.tailwalk.records.RunRecord;
import io.tailwalk.runs.compare.CompareFigures;
import io.tailwalk.runs.compare.Comparison;
import io.tailwalk.runs.compare.SamplerSpecs;
import io.tailwalk.runs.sample.KeptResults;
import io.tailwalk.runs.sample.KeptStudy;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.sample.RunIdentity;
import io.tailwalk.runs.tail.TailFigures;
import io.tailwalk.runs.tail.TailStudy;
import io.tailwalk.runs.value.ValueFigures;
import io.tailwalk.runs.value.ValueOutcome;
import io.tailwalk.runs.value.ValueSettings;
import io.tailwalk.runs.value.ValueTraining;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.runs.work.Study;
import io.tailwalk.runs.work.StudyOutcome;
import io.tailwalk.sampling.Sampler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The studies of a {@link Request}: figures together with their JSON, tables and page.
 *
 * @param request what is studied
 */
record RequestStudies(RequestRun request) {
  private static final String TAIL = "tail";
  private static final String COMPARE = "compare";

  TailFigures tail(long measureTokens) {
    return request.run((model, recipe) -> tail(model, recipe, measureTokens, KeptResults.none()));
  }

  Study tailStudy(OptionalLong measureTokens) {
    return request.run((model, recipe) ->
        tailStudy(model, recipe, measure(measureTokens, recipe), KeptResults.none()));
  }

  StudyOutcome tailStudy(OptionalLong measureTokens, Path folder, boolean resume) {
    return request.run((model, recipe) -> {
      long measure = measure(measureTokens, recipe);
      Identity identity =
          RunIdentity.of(model.identity(), recipe, request.jobs(), false)
              .with("setting measure_tokens", Long.toString(measure));
      return KeptStudy.in(
          folder, TAIL, identity, resume, false, kept -> tailStudy(model, recipe, measure, kept));
    });
  }

  private static long measure(OptionalLong tokens, Recipe recipe) {
    return tokens.orElse(recipe.budget().modelTokens());
  }

  private Study tailStudy(
      LanguageModel model, Recipe recipe, long measureTokens, KeptResults kept) {
    TailFigures figures = tail(model, recipe, measureTokens, kept);
    Map<String, Object> params = recipe.params();
    params.put("sampler", recipe.sampler().name());
    RunRecord record = record(model, recipe.seed(), params);
    return new Study(
        TAIL,
        figures.json(record),
        figures.page(subtitle(model, recipe), record),
        figures.tables(),
        figures.remarks());
  }

  private TailFigures tail(
      LanguageModel model, Recipe recipe, long measureTokens, KeptResults kept) {
    return TailStudy.run(
        model,
        recipe,
        request.jobs(),
        measureTokens,
        request.session().promptsAtATime(),
        request.settings().watch,
        kept);
  }

  CompareFigures compare(Map<String, Sampler> samplers, long exactNodes) {
    return request.run(
        (model, recipe) -> compare(model, recipe, samplers, exactNodes, KeptResults.none()));
  }

  Study compareStudy(List<String> samplers, long exactNodes) {
    return request.run(
        (model, recipe) -> compareStudy(model, recipe, samplers, exactNodes, KeptResults.none()));
  }

  StudyOutcome compareStudy(List<String> samplers, long exactNodes, Path folder, boolean resume) {
    List<String> labels = List.copyOf(SamplerSpecs.parse(samplers).keySet());
    return request.run((model, recipe) -> {
      Identity identity =
          RunIdentity.of(model.identity(), recipe, request.jobs(), false)
              .with("list of samplers", labels)
              .with("setting exact_nodes", Long.toString(exactNodes));
      return KeptStudy.in(
          folder,
          COMPARE,
          identity,
          resume,
          true,
          kept -> compareStudy(model, recipe, samplers, exactNodes, kept));
    });
  }

  private Study compareStudy(
      LanguageModel model,
      Recipe recipe,
      List<String> samplers,
      long exactNodes,
      KeptResults kept) {
    CompareFigures figures = compare(model, recipe, SamplerSpecs.parse(samplers), exactNodes, kept);
    Map<String, Object> params = recipe.params();
    recipe.sampler().params().keySet().forEach(params::remove);
    params.put("samplers", String.join(";", samplers));
    RunRecord record = record(model, recipe.seed(), params);
    return new Study(
        COMPARE,
        figures.json(record),
        figures.page(subtitle(model, recipe), record),
        List.of(figures.table()),
        List.of(),
        figures.warnings());
  }

  private CompareFigures compare(
      LanguageModel model,
      Recipe recipe,
      Map<String, Sampler> samplers,
      long exactNodes,
      KeptResults kept) {
    return Comparison.run(
        model,
        recipe,
        samplers,
        request.jobs(),
        exactNodes,
        request.session().promptsAtATime(),
        request.settings().watch::part,
        kept);
  }

  ValueOutcome learnValue(ValueTraining training) {
    return request.run((model, recipe) -> {
      ValueTraining.Outcome outcome =
          training.run(
              model,
              recipe,
              request.jobs(),
              request.session().promptsAtATime(),
              request.settings().watch);
      return new ValueOutcome(
          outcome.state(),
          request.jobs().size(),
          outcome.figures(),
          outcome.figures().map(figures -> valueStudy(figures, training, model, recipe)));
    });
  }

  private Study valueStudy(
      ValueFigures figures, ValueTraining training, LanguageModel model, Recipe recipe) {
    ValueSettings settings = training.settings();
    Map<String, Object> params = settings.params();
    params.put("verifier", recipe.verifier().name());
    params.put("features", figures.study().features().kind());
    params.put("pilot_tokens", settings.pilotTokens());
    params.put("force", settings.force());
    RunRecord record = record(model, settings.seed(), params);
    long rollouts = (long) settings.rollouts() * request.jobs().size();
    return new Study(
        "value",
        figures.json(record),
        figures.page(subtitle(model, recipe), record),
        List.of(figures.errorTable(), figures.calibrationTable(), figures.depthTable()),
        figures.remarks(rollouts, training.out()));
  }

  private RunRecord record(LanguageModel model, long seed, Map<String, Object> params) {
    return Provenance.record(request.settings().command, model.identity(), seed, params);
  }

  private static String subtitle(LanguageModel model, Recipe recipe) {
    return model.identity().name() + ", " + recipe.verifier().name();
  }
}
