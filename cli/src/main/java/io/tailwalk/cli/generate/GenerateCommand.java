package io.tailwalk.cli.generate;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.ChatFlags;
import io.tailwalk.console.flags.ModelOptions;
import io.tailwalk.console.flags.RowColumns;
import io.tailwalk.console.flags.SamplerOptions;
import io.tailwalk.runs.Request;
import io.tailwalk.runs.Session;
import io.tailwalk.runs.sample.Answer;
import io.tailwalk.runs.sample.GenerateOutcome;
import io.tailwalk.runs.sample.GenerateOutput;
import io.tailwalk.runs.work.OutputFile;
import io.tailwalk.runs.work.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Command {@code generate}: draws completions that pass a verifier. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Draw completions that pass a verifier, and report the cost and the uncertainty.")
public final class GenerateCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Mixin private final RowColumns columns = new RowColumns();
  @Mixin private final ChatFlags chat = new ChatFlags();

  @Mixin private final SamplerOptions sampler = new SamplerOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public GenerateCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    GenerateOutput target = output.target();
    target.check();
    GenerateOutcome outcome;
    try (Session session = modelOptions.session();
        ConsoleWatch watch = ConsoleWatch.tokens(console, "sampling", output.quiet)) {
      Request request =
          sampling
              .of(sampler.of(chat.of(prompts.of(session, columns))))
              .command(words)
              .watch(watch);
      outcome = request.generate(target, target.file().isPresent() ? this::keep : this::print);
      session.device().ifPresent(device -> tell("computed with " + device));
    }
    return finish(target, outcome);
  }

  private void keep(Answer answer) {
    if (output.json) {
      answer.json().forEach(console::data);
    }
  }

  private void print(Answer answer) {
    if (output.json) {
      answer.json().forEach(console::data);
    } else {
      answer.transcript().forEach(console::print);
    }
    console.out().flush();
  }

  private int finish(GenerateOutput target, GenerateOutcome outcome) {
    boolean finished = outcome.state() != RunState.UNFINISHED;
    if (!finished) {
      tell("interrupted");
    }
    target.file().ifPresent(file -> tellOf(file, outcome));
    target
        .replay()
        .ifPresent(page ->
            tell(
                outcome.replayed()
                    ? "wrote " + page + "; open it in a browser"
                    : "there were no steps to replay"));
    if (outcome.answered() > 0 && (finished || target.file().isEmpty())) {
      tell(outcome.summary());
    }
    if (outcome.withoutCompletion() > 0 && (finished || target.file().isEmpty())) {
      console.tell("tailwalk: " + withoutCompletion(outcome));
      return ExitCode.FAILED;
    }
    return finished ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String withoutCompletion(GenerateOutcome outcome) {
    String what = outcome.ofPrompts(outcome.withoutCompletion()) + " got no completion that passes";
    String none = "none that the model can write within --max-tokens passes";
    if (outcome.impossible() == outcome.withoutCompletion()) {
      return what
          + ", because "
          + none
          + "; change --verifier, raise --max-tokens, or relax what else limits the model (--top-k,"
          + " --top-p, --min-p, --stop)";
    }
    String some =
        outcome.impossible() == 0 ? "" : " (for " + outcome.impossible() + " of them " + none + ")";
    String more = outcome.memoryAdvice().orElse("raise --budget-tokens");
    return what
        + some
        + "; "
        + more
        + ", check that --max-tokens is enough for --verifier, or use another sampler";
  }

  private void tellOf(Path file, GenerateOutcome outcome) {
    switch (outcome.state()) {
      case WAS_FINISHED -> tell(file + " is complete; nothing to do");
      case UNFINISHED ->
          tell(
              outcome.ofPrompts(outcome.kept())
                  + (OutputFile.isStream(file)
                      ? " were written"
                      : " are stored; continue with the same command and --resume"));
      case FINISHED ->
          tell(
              "wrote "
                  + file
                  + (OutputFile.isStream(file)
                      ? ""
                      : " and " + GenerateOutput.record(file).getFileName()));
    }
  }

  private void tell(String line) {
    if (!output.quiet) {
      console.tell(line);
    }
  }
}
