package io.tailwalk.cli.generate;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.ModelOptions;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.SamplerOptions;
import io.tailwalk.console.flags.StudyOptions;
import io.tailwalk.runs.Session;
import io.tailwalk.runs.work.Study;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Estimates how probable passing is under the model itself. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Estimate the probability that the model's own completion passes, prompt by prompt, and"
          + " predict pass@k from it far past what can be drawn; plain draws beside it measure what"
          + " they can.",
      "For a verifier with graded rewards the number is the mean reward, from which no pass@k"
          + " follows."
    })
public final class TailCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Mixin private final SamplerOptions sampler = new SamplerOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(
      names = "--measure-tokens",
      paramLabel = "N",
      description =
          "Model tokens a prompt for plain draws that measure pass@k. Default: as --budget-tokens.")
  private @Nullable Long measureTokens;

  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Shows on the given console.
   *
   * @param words the command line, for the record
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
    Study result;
    try (Session session = modelOptions.session();
        ConsoleWatch watch = ConsoleWatch.tokens(console, "tail", study.quiet())) {
      result =
          sampling
              .of(sampler.of(prompts.of(session)))
              .command(words)
              .watch(watch)
              .tailStudy(
                  measureTokens == null ? OptionalLong.empty() : OptionalLong.of(measureTokens));
    } catch (CancellationException e) {
      console.tell("interrupted; nothing is written");
      return ExitCode.FAILED;
    }
    study.show(console, result);
    return ExitCode.OK;
  }
}
