package io.tailwalk.cli.value;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.Require;
import io.tailwalk.cli.Version;
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
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.ReportFiles;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunException;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.RunKey;
import io.tailwalk.runs.value.RolloutLines;
import io.tailwalk.runs.value.RolloutRun;
import io.tailwalk.runs.value.ValueFigures;
import io.tailwalk.runs.value.ValueFit;
import io.tailwalk.runs.value.ValueStudy;
import io.tailwalk.tables.AtomicFiles;
import io.tailwalk.tables.GroupJournal;
import io.tailwalk.tables.JsonText;
import io.tailwalk.tables.OutputFolder;
import io.tailwalk.tables.RunRecord;
import io.tailwalk.train.TrainException;
import io.tailwalk.train.value.Rollout;
import io.tailwalk.train.value.Rollouts;
import io.tailwalk.train.value.ValueFile;
import io.tailwalk.verifiers.VerifierSpecs;
import io.tailwalk.verifiers.spec.SpecContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
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
    if (resume && overwrite) {
      throw new InputException("--resume keeps and --overwrite throws away; give one of them");
    }
    if (Files.isRegularFile(out) && !overwrite && !resume) {
      throw new InputException(
          out + " exists; give --overwrite to replace it, --resume, or another name");
    }
    if (report != null) {
      OutputFolder.check(report);
    }
    List<PromptJob> jobs = prompts.jobs();
    try (Verifier verifier = verifier();
        LanguageModel opened = modelOptions.open()) {
      PromptRunner.check(opened, jobs);
      LanguageModel model = TemperedModel.of(opened, options.temperature);
      return run(model, verifier, jobs);
    } catch (TrainException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
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

  private int run(LanguageModel model, Verifier verifier, List<PromptJob> jobs) {
    ValueFit fit = ValueFit.of(model, verifier, options.settings());
    String runKey = runKey(model, verifier, jobs, fit);
    if (resume && Files.isRegularFile(out) && !GroupJournal.isUnfinished(out)) {
      return finished(runKey);
    }
    if (overwrite) {
      GroupJournal.discard(out);
    }
    Require.that(
        (long) options.rollouts * jobs.size() <= Integer.MAX_VALUE,
        "--rollouts "
            + options.rollouts
            + " to each of "
            + Plural.of(jobs.size(), "prompt")
            + " are too many; take at most "
            + Integer.MAX_VALUE / jobs.size());
    int threads = modelOptions.promptsAtATime();
    var rollouts = new Rollouts(model, verifier, options.maxTokens, options.stop);
    var draws = new RolloutRun(rollouts, jobs, options.rollouts, options.seed, threads);
    try (GroupJournal journal = GroupJournal.open(out, runKey, resume);
        ConsoleWatch watch = ConsoleWatch.steps(console, "value", quiet)) {
      if (!draws.draw(journal, watch)) {
        return stopped();
      }
      journal.finish((lines, made) -> {
        List<Rollout> drawn = RolloutLines.read(lines, jobs, model.vocabulary());
        ValueFigures figures = fit(fit, drawn, watch);
        file(figures, model, verifier, jobs, runKey).write(made);
        show(figures, model, verifier);
      });
    } catch (CancellationException e) {
      return stopped();
    }
    return ExitCode.OK;
  }

  private int finished(String runKey) {
    if (!keptKey().equals(runKey)) {
      throw new InputException(
          out + " holds another run than this one; give --overwrite to replace it or another name");
    }
    console.tell(out + " is complete; nothing to do");
    return ExitCode.OK;
  }

  private String keptKey() {
    try {
      return ValueFile.read(out).get("run_key");
    } catch (TrainException e) {
      throw new InputException("--resume: " + e.getMessage(), e);
    }
  }

  private int stopped() {
    console.tell("interrupted; go on with the same command and --resume");
    return ExitCode.FAILED;
  }

  private ValueFigures fit(ValueFit fit, List<Rollout> drawn, Watch watch) {
    ValueStudy study =
        fit.study(
            drawn, (epoch, note) -> watch.at(epoch, options.epochs, "epochs at most; " + note));
    watch.check();
    double passed = drawn.stream().filter(rollout -> rollout.tau() > 0).count();
    return new ValueFigures(study, passed / drawn.size());
  }

  private String runKey(
      LanguageModel model, Verifier verifier, List<PromptJob> jobs, ValueFit fit) {
    List<String> parts = new ArrayList<>();
    parts.add(model.identity().fingerprint());
    parts.add(verifier.name());
    parts.addAll(fit.kinds());
    options.settings().params().forEach((name, value) -> parts.add(name + "=" + value));
    parts.add(Long.toString(options.seed));
    parts.add(promptsHash(jobs));
    return RunKey.of(parts);
  }

  private static String promptsHash(List<PromptJob> jobs) {
    return RunKey.of(jobs.stream().map(job -> job.id() + " " + job.prompt()).toList());
  }

  private ValueFile file(
      ValueFigures figures,
      LanguageModel model,
      Verifier verifier,
      List<PromptJob> jobs,
      String runKey) {
    var origin =
        new ValueFile.Origin(
            model.identity().name(),
            model.identity().fingerprint(),
            model.vocabulary().size(),
            verifier.name(),
            options.maxTokens,
            jobs.size(),
            promptsHash(jobs),
            options.rollouts * jobs.size(),
            options.seed);
    return ValueFile.of(figures.study().fitted().value(), origin)
        .with("temperature", Double.toString(options.temperature))
        .with("stop", JsonText.line(options.settings().stopJson()))
        .with("run_key", runKey)
        .with("tool", Version.tool().toString())
        .with("fit", figures.study().settings().toString());
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
      console.print(JsonText.line(figures.json(record)));
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
