package io.tailwalk.cli.value;

import io.tailwalk.cli.generate.PromptChoice;
import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.ChatFlags;
import io.tailwalk.console.flags.ModelOptions;
import io.tailwalk.console.flags.ReasoningFlag;
import io.tailwalk.console.flags.ResumeFlags;
import io.tailwalk.console.flags.RowColumns;
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

/** Command {@code value train}: learns a value of prefixes from rollouts. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learn a value of prefixes: draw completions from the model, label them with the verifier,"
          + " fit a perceptron to the labels of their prefixes, and evaluate it on held-out"
          + " completions and in a pilot.",
      "Refuse a value that is not better than its baseline, which knows only the number of tokens,"
          + " or that makes the sampler worse; --resume --force writes it from the same completions.",
      "Continue an interrupted run with --resume."
    })
public final class ValueTrainCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Mixin private final RowColumns columns = new RowColumns();
  @Mixin private final ChatFlags chat = new ChatFlags();

  @Mixin private final ReasoningFlag reasoning = new ReasoningFlag();
  @Mixin private final ValueTrainOptions options = new ValueTrainOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "Output file of the value (safetensors), to be used with --value of other commands.")
  private Path out = Path.of("");

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Folder for report.html, the same report as Markdown and JSON, and value.json.")
  private @Nullable Path report;

  @Option(names = "--json", description = "Print the results as JSON to stdout.")
  private boolean json;

  @Mixin private final ResumeFlags existing = new ResumeFlags();

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress progress on stderr.")
  private boolean quiet;

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public ValueTrainCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    options.check();
    IfExists mode = existing.mode();
    ValueTraining.check(out, mode);
    if (report != null) {
      Study.checkFolder(report);
    }
    ValueOutcome outcome;
    try (Session session = modelOptions.session();
        ConsoleWatch watch = ConsoleWatch.steps(console, "value", quiet)) {
      outcome =
          reasoning
              .of(chat.of(prompts.of(session, columns)))
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
        console.tell("interrupted; continue with the same command and --resume");
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
