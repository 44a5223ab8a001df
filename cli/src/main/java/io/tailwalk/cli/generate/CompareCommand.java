package io.tailwalk.cli.generate;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.flags.ChatFlags;
import io.tailwalk.console.flags.ModelOptions;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.RowColumns;
import io.tailwalk.runs.Request;
import io.tailwalk.runs.Session;
import io.tailwalk.runs.compare.SamplerSpecs;
import io.tailwalk.runs.work.StudyOutcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code compare}: compares samplers on the same prompts. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compare samplers on the same prompts, each with the same number of model tokens"
            + " (--budget-tokens): accuracy, diversity, distance to the target distribution, cost.")
public final class CompareCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOptions modelOptions = new ModelOptions();

  @ArgGroup(multiplicity = "1")
  private final PromptChoice prompts = new PromptChoice();

  @Mixin private final RowColumns columns = new RowColumns();
  @Mixin private final ChatFlags chat = new ChatFlags();

  @Option(
      names = "--samplers",
      paramLabel = "SPEC",
      split = ";",
      defaultValue = SamplerSpecs.DEFAULT,
      description =
          "Samplers with their parameters, separated by semicolons, for example"
              + " \"auto;vgb:walks=1,calibrate=0\". Default: ${DEFAULT-VALUE}.")
  private List<String> specs = List.of();

  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(
      names = "--exact-nodes",
      paramLabel = "N",
      description =
          "Limit of prefixes to examine for the exact target distribution of a prompt; 0 skips it."
              + " Default: 5000 with builtin models, otherwise 0.")
  private @Nullable Long exactNodes;

  @Mixin private final ResumableStudy study = new ResumableStudy();

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public CompareCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    if (exactNodes != null) {
      Require.atLeast("--exact-nodes", exactNodes, 0);
    }
    study.prepare();
    StudyOutcome result;
    OptionalLong nodes = exactNodes == null ? OptionalLong.empty() : OptionalLong.of(exactNodes);
    try (Session session = modelOptions.session();
        ConsoleWatch watch = ConsoleWatch.tokens(console, "compare", study.quiet())) {
      Request request =
          sampling.of(chat.of(prompts.of(session, columns))).command(words).watch(watch);
      result =
          study.run(
              (folder, resume) -> request.compareStudy(specs, nodes, folder, resume),
              () -> request.compareStudy(specs, nodes));
      session
          .device()
          .filter(_ -> !study.quiet())
          .ifPresent(device -> console.tell("computed with " + device));
    }
    return study.show(console, result);
  }
}
