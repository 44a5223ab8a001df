package io.tailwalk.cli.value;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.Require;
import io.tailwalk.cli.Resumed;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.console.ConsoleWatch;
import io.tailwalk.cli.generate.PromptChoice;
import io.tailwalk.cli.generate.StudyOptions;
import io.tailwalk.cli.models.ModelOptions;
import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.TemperedModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.OutputFolder;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.ReportFiles;
import io.tailwalk.report.Table;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.value.ValueFigures;
import io.tailwalk.runs.value.ValueTraining;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.SpecContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns a value of prefixes from rollouts. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn a value of prefixes: draw responses from the model, let the verifier label them, fit a"
          + " perceptron to the labels of their prefixes, and judge it on responses kept apart.",
      "An interrupted run goes on with --resume."
    })
public final class ValueTrainCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Mixin private final ValueTrainOptions options = new ValueTrainOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the value goes (safetensors); --value of other commands takes it.")
  private Path out = Path.of("");

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html with its twins, and value.json, into this folder.")
  private @Nullable Path report;

  @Option(names = "--json", description = "Print the figures as JSON on stdout.")
  private boolean json;

  @Option(names = "--resume", description = "Go on with an interrupted run of --out.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace --out if it exists.")
  private boolean overwrite;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on stderr.")
  private boolean quiet;

  /**
   * Shows on the given console.
   *
   * @param words the command line, for the record
   */
  public ValueTrainCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    options.check();
    modelOptions.check();
    IfExists mode = Resumed.of(resume, overwrite);
    var training = new ValueTraining(options.settings(), out, mode);
    training.check();
    if (report != null) {
      OutputFolder.check(report);
    }
    List<PromptJob> jobs = prompts.jobs();
    try (Verifier verifier = verifier();
        LanguageModel opened = modelOptions.open()) {
      Require.that(
          (long) options.rollouts * jobs.size() <= Integer.MAX_VALUE,
          "--rollouts "
              + options.rollouts
              + " to each of "
              + Plural.of(jobs.size(), "prompt")
              + " are too many; take at most "
              + Integer.MAX_VALUE / jobs.size());
      LanguageModel model = TemperedModel.of(opened, options.temperature);
      ValueTraining.Outcome outcome;
      try (ConsoleWatch watch = ConsoleWatch.steps(console, "value", quiet)) {
        outcome = training.run(model, verifier, jobs, modelOptions.promptsAtATime(), watch);
      }
      return switch (outcome.state()) {
        case WAS_FINISHED -> {
          console.tell(out + " is complete; nothing to do");
          yield ExitCode.OK;
        }
        case UNFINISHED -> {
          console.tell("interrupted; go on with the same command and --resume");
          yield ExitCode.FAILED;
        }
        case FINISHED -> {
          show(outcome.figures().orElseThrow(), model, verifier);
          yield ExitCode.OK;
        }
      };
    }
  }

  private Verifier verifier() {
    try {
      return VerifierSpecs.parse(
          options.verifier, new SpecContext(prompts.fields(), modelOptions::open));
    } catch (IllegalArgumentException | VerifierException e) {
      throw new InputException("--verifier: " + e.getMessage(), e);
    }
  }

  private void show(ValueFigures figures, LanguageModel model, Verifier verifier) {
    Map<String, Object> params = options.settings().params();
    params.put("verifier", verifier.name());
    params.put("features", figures.study().features().kind());
    RunRecord record = StudyOptions.record(words, model.identity(), options.seed, params);
    if (report != null) {
      AtomicFiles.folder(report);
      AtomicFiles.write(report.resolve("value.json"), JsonText.pretty(figures.json(record)));
      String subtitle = model.identity().name() + ", " + verifier.name();
      ReportFiles.write(figures.page(subtitle, record), report, "report");
    }
    if (json) {
      console.data(JsonText.line(figures.json(record)));
      return;
    }
    int width = console.outIsTerminal() ? console.width() : 120;
    List<Table> tables =
        List.of(figures.errorTable(), figures.calibrationTable(), figures.depthTable());
    for (Table table : tables) {
      console.out().print(ConsoleTable.render(table, width, console.outIsTerminal()));
      console.print("");
    }
    console.print(
        String.format(
            Locale.ROOT,
            "%d rollouts, %.3g of them pass; %s with weight decay %s is kept, in %s",
            options.rollouts * prompts.jobs().size(),
            figures.passed(),
            figures.study().features().kind(),
            figures.study().settings().weightDecay(),
            out));
  }
}
