package io.tailwalk.cli.generate;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.StudyOptions;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunState;
import io.tailwalk.runs.work.Study;
import io.tailwalk.runs.work.StudyOutcome;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Output flags of studies that keep their results in --out while they run. */
final class ResumableStudy {
  @Mixin private final StudyOptions study = new StudyOptions();

  @Option(
      names = "--resume",
      description = "Resume the interrupted run of --out, which keeps the result of each prompt.")
  private boolean resume;

  /** Runs a study into a folder. */
  interface IntoFolder {
    StudyOutcome run(Path folder, boolean resume);
  }

  /** Whether to suppress progress. */
  boolean quiet() {
    return study.quiet();
  }

  /** Checks the flags and the folder before the work begins. */
  void prepare() {
    if (resume && study.folder().isEmpty()) {
      throw new InputException("--resume requires --out; give --out DIR");
    }
    study.prepare();
  }

  /** Runs a study into the folder of --out, or without one. */
  StudyOutcome run(IntoFolder intoFolder, Supplier<Study> without) {
    Optional<Path> folder = study.folder();
    if (folder.isPresent()) {
      return intoFolder.run(folder.get(), resume);
    }
    try {
      return new StudyOutcome(RunState.FINISHED, 0, Optional.of(without.get()));
    } catch (CancellationException e) {
      return new StudyOutcome(RunState.UNFINISHED, 0, Optional.empty());
    }
  }

  /** Prints the outcome and returns the exit code. */
  int show(Console console, StudyOutcome outcome) {
    return switch (outcome.state()) {
      case WAS_FINISHED -> {
        if (!study.quiet()) {
          console.tell(study.folder().orElseThrow() + " is complete; nothing to do");
        }
        yield ExitCode.OK;
      }
      case UNFINISHED -> {
        console.tell(
            outcome.kept() == 0
                ? "interrupted; no file was written"
                : "interrupted; "
                    + outcome.progress()
                    + " are stored; continue with the same command and --resume");
        yield ExitCode.FAILED;
      }
      case FINISHED -> {
        Study shown = outcome.study().orElseThrow();
        study.showWritten(console, shown);
        shown.warnings().forEach(console::tell);
        yield ExitCode.OK;
      }
    };
  }
}
