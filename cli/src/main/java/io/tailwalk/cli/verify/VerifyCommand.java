package io.tailwalk.cli.verify;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.FileNames;
import io.tailwalk.console.flags.ReasoningFlag;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.ResumeFlags;
import io.tailwalk.console.flags.RowColumns;
import io.tailwalk.runs.verify.Judgement;
import io.tailwalk.runs.verify.Verification;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code verify}: judges given texts with a verifier, without a model. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Judge given texts with a verifier, without a model: as a grader, or as a reward for training"
          + " in any language.",
      "Prints how many pass, and why the first ones fail. With --json or --out, each response has a"
          + " JSON line with id, reward, passed and reason."
    })
public final class VerifyCommand implements Callable<Integer> {
  /** Failing responses that are shown without --json. */
  private static final int SHOWN = 10;

  private static final int LONGEST_ID = 80;

  private final Console console;
  private final List<String> words;

  @Option(
      names = "--verifier",
      required = true,
      paramLabel = "SPEC",
      description =
          "Verifier, as for generate (docs/verifiers.md). @FIELD in it is a field of the response's"
              + " own row.")
  private String verifier = "";

  @Option(
      names = "--samples",
      arity = "1..*",
      required = true,
      paramLabel = "FILE",
      description =
          "Responses: files, patterns such as 'logs/*.jsonl', or - for stdin; JSON lines, a JSON"
              + " array, CSV, TSV or Parquet, also .gz and .zst. A row has \"completion\", with or"
              + " without \"prompt\", {\"messages\"} ending with the assistant's message, or another"
              + " form of docs/formats.md; \"id\" is optional.")
  private List<String> samples = new ArrayList<>();

  @Mixin private final ReasoningFlag reasoning = new ReasoningFlag();
  @Mixin private final RowColumns columns = new RowColumns();

  @Option(
      names = "--threshold",
      paramLabel = "X",
      defaultValue = "1",
      description = "Smallest reward that passes, above 0. Default: ${DEFAULT-VALUE}.")
  private double threshold;

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      description =
          "File for the verdicts, one JSON line each; FILE.run.json next to it records how it was"
              + " made. A device, a pipe or - (stdout) gets the lines only.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print the verdicts as JSON lines to stdout.")
  private boolean json;

  @Mixin private final ResumeFlags existing = new ResumeFlags();

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress progress and notes on stderr.")
  private boolean quiet;

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public VerifyCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    IfExists mode = existing.mode();
    Require.that(
        threshold > 0 && Double.isFinite(threshold),
        "--threshold must be finite and above 0, got " + threshold);
    Require.that(!json || out == null, "--json prints what --out writes; give one of them");
    Require.that(
        out != null || mode == IfExists.REFUSE,
        "--resume and --overwrite are about --out; give it");
    var work =
        new Verification(
            columns.of(FileNames.of("--samples", samples)),
            verifier,
            threshold,
            reasoning.tags(),
            words);
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "judging", quiet)) {
      return out == null ? print(work, watch) : write(work, out, mode, watch);
    }
  }

  private int print(Verification work, ConsoleWatch watch) {
    List<Judgement> failing = new ArrayList<>();
    Verification.Outcome outcome;
    try {
      outcome = work.each(judgement -> take(judgement, failing), watch);
    } catch (CancellationException e) {
      tell("interrupted; --out keeps what is judged, and --resume continues");
      return ExitCode.FAILED;
    }
    watch.close();
    outcome.remarks().forEach(this::tell);
    if (json) {
      return ExitCode.OK;
    }
    console.print(outcome.summary());
    failing.forEach(each -> console.print("  " + shown(each.id()) + "  " + why(each)));
    int more = outcome.judged() - outcome.passed() - failing.size();
    if (more > 0) {
      console.print("  and " + more + " more; --json prints every one");
    }
    return ExitCode.OK;
  }

  private void take(Judgement judgement, List<Judgement> failing) {
    if (json) {
      console.data(judgement.line());
    } else if (!judgement.passed() && failing.size() < SHOWN) {
      failing.add(judgement);
    }
  }

  private static String shown(String id) {
    String line = id.replaceAll("\\R", " ");
    return line.length() <= LONGEST_ID ? line : line.substring(0, LONGEST_ID) + "…";
  }

  private static String why(Judgement judgement) {
    String reason = judgement.reason().isEmpty() ? "no reason known" : judgement.reason();
    return judgement.reward() > 0
        ? String.format(Locale.ROOT, "reward %.3g; %s", judgement.reward(), reason)
        : reason;
  }

  private int write(Verification work, Path file, IfExists mode, ConsoleWatch watch) {
    Verification.Outcome outcome = work.write(file, mode, watch);
    watch.close();
    outcome.remarks().forEach(this::tell);
    return switch (outcome.state()) {
      case WAS_FINISHED -> {
        tell(file + " is complete; nothing to do");
        yield ExitCode.OK;
      }
      case UNFINISHED -> {
        tell(
            outcome.progress()
                + (OutputFile.isStream(file)
                    ? ""
                    : "; continue with the same command and --resume"));
        yield ExitCode.FAILED;
      }
      case FINISHED -> {
        tell("wrote " + OutputFile.shown(file) + ": " + outcome.summary());
        yield ExitCode.OK;
      }
    };
  }

  private void tell(String line) {
    if (!quiet) {
      console.tell(line);
    }
  }
}
