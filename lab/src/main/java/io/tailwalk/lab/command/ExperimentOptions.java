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

/** The flags of every experiment, and what is done with its finding. */
final class ExperimentOptions {
  @Option(
      names = "--scale",
      paramLabel = "quick|full",
      defaultValue = "full",
      description = "How much is run; the claim speaks of the full scale. Default: full.")
  private String scale = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Same seed, same numbers, at any --threads. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Cores to use; never changes a number unless said above. Default: all cores.")
  private @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write report.html with its twins, and EXPERIMENT.json, into this folder.")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print the finding as JSON on stdout.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on stderr.")
  private boolean quiet;

  Scale scale() {
    return switch (scale.toLowerCase(Locale.ROOT)) {
      case "quick" -> Scale.QUICK;
      case "full" -> Scale.FULL;
      default -> throw new InputException("--scale takes quick or full, got '" + scale + "'");
    };
  }

  int threads() {
    int wanted = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Require.threads(wanted);
    return wanted;
  }

  /**
   * What an experiment is told, whose fields are called as the flags are; so its complaints begin
   * with the flag's name but for the dashes.
   */
  static <T> T settings(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new InputException("--" + e.getMessage(), e);
    }
  }

  /** What every experiment is told. */
  ExperimentSettings settings() {
    return new ExperimentSettings(scale(), seed, threads());
  }

  /** Whether progress is kept quiet. */
  boolean quiet() {
    return quiet;
  }

  /** The folder of the results, if they are to be written. */
  Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /** Refuses a folder that cannot be written to; it is made at the end. */
  void tryFolder() {
    if (folder != null) {
      OutputFolder.check(folder);
    }
  }

  /** Runs an experiment and shows what it found. */
  int run(Experiment experiment, Console console, List<String> words, Map<String, Object> params) {
    return run(experiment, console, words, params, "interrupted; nothing is written");
  }

  /** The same for one that tells something else when it is interrupted. */
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
