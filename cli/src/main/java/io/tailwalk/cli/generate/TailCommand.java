package io.tailwalk.cli.generate;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.flags.ChatFlags;
import io.tailwalk.console.flags.ModelOptions;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.RowColumns;
import io.tailwalk.console.flags.SamplerOptions;
import io.tailwalk.runs.Request;
import io.tailwalk.runs.Session;
import io.tailwalk.runs.work.StudyOutcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code tail}: estimates the success probability of the model itself. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Estimate for each prompt the probability that the model's own completion passes, and"
          + " predict pass@k from it far beyond the number of draws; plain draws also measure"
          + " pass@k as far as they reach.",
      "For a verifier with graded rewards, the estimate is the mean reward, and pass@k is not"
          + " predicted."
    })
public final class TailCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Mixin private final RowColumns columns = new RowColumns();

  @Mixin private final SamplerOptions sampler = new SamplerOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();
  @Mixin private final ChatFlags chat = new ChatFlags();

  @Option(
      names = "--measure-tokens",
      paramLabel = "N",
      description =
          "Limit of model tokens per prompt for the plain draws that measure pass@k. Default: the"
              + " value of --budget-tokens.")
  private @Nullable Long measureTokens;

  @Mixin private final ResumableStudy study = new ResumableStudy();

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public TailCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    if (measureTokens != null) {
      Require.atLeast("--measure-tokens", measureTokens, 1);
    }
    study.prepare();
    StudyOutcome result;
    OptionalLong measure =
        measureTokens == null ? OptionalLong.empty() : OptionalLong.of(measureTokens);
    try (Session session = modelOptions.session();
        ConsoleWatch watch = ConsoleWatch.tokens(console, "tail", study.quiet())) {
      Request request =
          sampling
              .of(sampler.of(chat.of(prompts.of(session, columns))))
              .command(words)
              .watch(watch);
      result =
          study.run(
              (folder, resume) -> request.tailStudy(measure, folder, resume),
              () -> request.tailStudy(measure));
      session
          .device()
          .filter(_ -> !study.quiet())
          .ifPresent(device -> console.tell("computed with " + device));
    }
    return study.show(console, result);
  }
}
