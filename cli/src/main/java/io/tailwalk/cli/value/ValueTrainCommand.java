package io.tailwalk.cli.value;

import io.tailwalk.cli.generate.PromptChoice;
import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.ModelOptions;
import io.tailwalk.console.flags.Resumed;
import io.tailwalk.runs.Session;
import io.tailwalk.runs.value.ValueOutcome;
import io.tailwalk.runs.value.ValueTraining;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.Study;
import java.nio.file.Path;
import java.util.List;
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
    IfExists mode = Resumed.of(resume, overwrite);
    ValueTraining.check(out, mode);
    if (report != null) {
      Study.checkFolder(report);
    }
    ValueOutcome outcome;
    try (Session session = modelOptions.session();
        ConsoleWatch watch = ConsoleWatch.steps(console, "value", quiet)) {
      outcome =
          prompts
              .of(session)
              .verifier(options.verifier)
              .command(words)
              .watch(watch)
              .learnValue(options.settings(), out, mode);
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
        show(outcome.study().orElseThrow());
        yield ExitCode.OK;
      }
    };
  }

  private void show(Study study) {
    if (report != null) {
      study.write(report);
    }
    if (json) {
      console.data(study.json());
      return;
    }
    console.show(study);
  }
}
