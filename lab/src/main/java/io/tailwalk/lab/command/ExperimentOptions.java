package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Require;
import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.OutputFolder;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Block;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.ReportFiles;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that every experiment accepts, and the output of its finding. */
final class ExperimentOptions {
  @Option(
      names = "--scale",
      paramLabel = "quick|full",
      defaultValue = "full",
      description =
          "Size of the run; docs/claims.md lists what each claim was judged on. Default: full.")
  private String scale = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Random seed; the same seed gives the same numbers at any --threads. Default:"
              + " ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Number of threads; changes no number unless stated above. Default: number of cores.")
  private @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the results: the report (report.html and other formats) and EXPERIMENT.json.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print the finding as JSON on stdout.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print no progress to stderr.")
  private boolean quiet;

  Scale scale() {
    return switch (scale.toLowerCase(Locale.ROOT)) {
      case "quick" -> Scale.QUICK;
      case "full" -> Scale.FULL;
      default -> throw new InputException("--scale must be quick or full, got '" + scale + "'");
    };
  }

  int threads() {
    int wanted = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Require.threads(wanted);
    return wanted;
  }

  /**
   * Makes the settings of an experiment. Their fields have the names of the flags, so each of their
   * error messages begins with a flag name without the dashes.
   */
  static <T> T settings(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new InputException("--" + e.getMessage(), e);
    }
  }

  /** The settings that every experiment has. */
  ExperimentSettings settings() {
    return new ExperimentSettings(scale(), seed, threads());
  }

  /** Whether no progress is printed. */
  boolean quiet() {
    return quiet;
  }

  /** The folder for the results, if one was given. */
  Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /** Refuses an output folder that cannot be written to; it is created at the end. */
  void tryFolder() {
    if (folder != null) {
      OutputFolder.check(folder);
    }
  }

  /** Runs an experiment and prints its finding. */
  int run(Experiment experiment, Console console, List<String> words, Map<String, Object> params) {
    return run(experiment, console, words, params, "interrupted; no results were written");
  }

  /** Runs an experiment that prints its own message when it is interrupted. */
  int run(
      Experiment experiment,
      Console console,
      List<String> words,
      Map<String, Object> params,
      String interrupted) {
    tryFolder();
    Finding finding;
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "lab " + experiment.name(), quiet)) {
      finding = experiment.run(watch);
    } catch (CancellationException e) {
      console.tell(interrupted);
      return ExitCode.FAILED;
    }
    if (folder != null) {
      AtomicFiles.folder(folder);
      AtomicFiles.write(
          folder.resolve(experiment.name() + ".json"), JsonText.pretty(finding.json()));
      ReportFiles.write(finding.page(record(words, params)), folder, "report");
    }
    if (json) {
      console.data(JsonText.line(finding.json()));
    } else {
      show(finding, console);
    }
    return ExitCode.OK;
  }

  private RunRecord record(List<String> words, Map<String, Object> params) {
    return Provenance.record(words, List.of(), seed, params);
  }

  private void show(Finding finding, Console console) {
    int width = console.outIsTerminal() ? console.width() : Integer.MAX_VALUE;
    for (Section section : finding.sections()) {
      for (Block block : section.blocks()) {
        if (block instanceof Table table) {
          console.out().print(ConsoleTable.render(table, width, console.outIsTerminal()));
          console.print("");
        }
      }
    }
    console.print("claim: " + finding.claim());
    finding.summary().forEach(line -> console.print("  " + line));
    console.print("verdict: " + finding.verdict());
    if (folder != null) {
      console.print("written to " + folder + ": report.html, " + finding.experiment() + ".json");
    }
  }
}
