package io.tailwalk.cli.compare;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.Pairs;
import io.tailwalk.cli.Require;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.console.ConsoleWatch;
import io.tailwalk.cli.console.Interrupt;
import io.tailwalk.cli.console.Progress;
import io.tailwalk.cli.generate.PromptChoice;
import io.tailwalk.cli.generate.SamplingOptions;
import io.tailwalk.cli.generate.StudyOptions;
import io.tailwalk.cli.models.ModelOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.TemperedModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.RunRecord;
import io.tailwalk.runs.compare.CompareFigures;
import io.tailwalk.runs.compare.Comparison;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.verifiers.spec.SpecContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets samplers side by side on the same prompts. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Set samplers side by side on the same prompts, each using the same number of model tokens"
            + " (--budget-tokens): accuracy, diversity, distance to the target law, cost.")
public final class CompareCommand implements Callable<Integer> {
  private static final long BUILTIN_NODES = 5_000;

  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Option(
      names = "--samplers",
      paramLabel = "SPEC",
      split = ";",
      defaultValue = Samplers.DEFAULT + ";smc;vgb-momentum;vgb;action-rejection;best-of-n",
      description =
          "Samplers with their parameters, for example \"auto;vgb:walks=1,calibrate=0\". Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> specs = List.of();

  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(
      names = "--exact-nodes",
      paramLabel = "N",
      description =
          "Prefixes to look at for the exact target law of a prompt; 0 for none. Default: 5000 with"
              + " builtin models, else 0.")
  private @Nullable Long exactNodes;

  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Shows on the given console.
   *
   * @param words the command line, for the record
   */
  public CompareCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    modelOptions.check();
    if (exactNodes != null) {
      Require.atLeast("--exact-nodes", exactNodes, 0);
    }
    study.prepare();
    Map<String, Sampler> samplers = samplers();
    try (Verifier verifier =
        sampling.verifier(new SpecContext(prompts.fields(), modelOptions::open))) {
      Recipe recipe =
          sampling.recipe(samplers.values().iterator().next(), verifier, modelOptions.treeBytes());
      List<PromptJob> jobs = prompts.jobs();
      try (LanguageModel model = modelOptions.open()) {
        PromptRunner.check(model, jobs);
        CompareFigures figures =
            run(TemperedModel.of(model, recipe.temperature()), recipe, samplers, jobs);
        RunRecord record =
            StudyOptions.record(words, model.identity(), recipe.seed(), params(recipe));
        String subtitle = model.identity().name() + ", " + recipe.verifier().name();
        study.show(
            console,
            "compare",
            figures.json(record),
            figures.page(subtitle, record),
            List.of(figures.table()));
        figures.warnings().forEach(console::tell);
      } catch (CancellationException e) {
        console.tell("interrupted; nothing is written");
        return ExitCode.FAILED;
      }
    }
    return ExitCode.OK;
  }

  private Map<String, Object> params(Recipe recipe) {
    Map<String, Object> params = new LinkedHashMap<>(recipe.params());
    recipe.sampler().params().keySet().forEach(params::remove);
    params.put("samplers", String.join(";", specs));
    return params;
  }

  private Map<String, Sampler> samplers() {
    Map<String, Sampler> samplers = new LinkedHashMap<>();
    for (String spec : specs) {
      int colon = spec.indexOf(':');
      String name = colon < 0 ? spec : spec.substring(0, colon);
      List<String> given =
          colon < 0 ? List.of() : List.of(spec.substring(colon + 1).split(",", -1));
      Map<String, String> params =
          Pairs.of("--samplers " + name.strip(), name.strip() + ":key=value,key=value", given);
      try {
        if (samplers.put(spec.strip(), Samplers.create(name.strip(), params)) != null) {
          throw new InputException("--samplers names '" + spec + "' twice; name it once");
        }
      } catch (IllegalArgumentException e) {
        throw new InputException("--samplers: " + e.getMessage(), e);
      }
    }
    Require.that(!samplers.isEmpty(), "--samplers names none; give NAME;NAME, or leave it out");
    return samplers;
  }

  private CompareFigures run(
      LanguageModel model, Recipe recipe, Map<String, Sampler> samplers, List<PromptJob> jobs) {
    long maxNodes = modelOptions.isBuiltin() ? BUILTIN_NODES : 0;
    long nodes = exactNodes == null ? maxNodes : exactNodes;
    List<ConsoleWatch> watches = new ArrayList<>();
    try (Interrupt interrupt = Interrupt.listen()) {
      return Comparison.run(
          model,
          recipe,
          samplers,
          jobs,
          nodes,
          modelOptions.promptsAtATime(),
          label -> {
            watches.forEach(ConsoleWatch::close);
            var watch = ConsoleWatch.over(interrupt, Progress.of(console, label, 1, study.quiet()));
            watches.add(watch);
            return watch;
          });
    } finally {
      watches.forEach(ConsoleWatch::close);
    }
  }
}
