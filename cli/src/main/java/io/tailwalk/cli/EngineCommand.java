package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.runs.models.EngineList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Command {@code engine}: llama.cpp libraries next to the embedded one. */
@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Install, list and remove llama.cpp libraries that are newer than the embedded one or"
            + " compute on a GPU.")
final class EngineCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private EngineCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The command with its subcommands. */
  static CommandLine of(Console console) {
    return new CommandLine(new EngineCommand())
        .addSubcommand(new Install(console))
        .addSubcommand(new ListLibraries(console))
        .addSubcommand(new Remove(console));
  }

  /** Command {@code engine install}. */
  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      description = {
        "Fetch a prebuilt llama.cpp library through your npm, check its hash, and keep it in your"
            + " cache for --lib.",
        "Without a kind: cpu. Nothing else is run or changed; the embedded library remains the"
            + " default."
      })
  static final class Install implements Callable<Integer> {
    private final Console console;

    @Parameters(
        arity = "0..1",
        paramLabel = "cpu|cuda|vulkan|metal",
        defaultValue = "cpu",
        description =
            "What the library computes on; the name for --lib. Default: ${DEFAULT-VALUE}.")
    private String kind = "cpu";

    @Option(
        names = "--from",
        paramLabel = "FILE",
        description =
            "Package (.tgz of npm, .whl or .zip of pip), folder or library file to install instead"
                + " of the package that npm fetches.")
    private @Nullable Path from;

    Install(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      List<String> sentences =
          EngineList.install(EngineList.requireKind(kind), Optional.ofNullable(from));
      sentences.forEach(console.out()::println);
      return ExitCode.OK;
    }
  }

  /** Command {@code engine list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the llama.cpp libraries that --lib accepts by name.")
  static final class ListLibraries implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    ListLibraries(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      EngineList list = EngineList.ofUser();
      if (json) {
        list.json().forEach(console::data);
      } else {
        console.out().print(list.text(console.outIsTerminal()));
      }
      return ExitCode.OK;
    }
  }

  /** Command {@code engine remove}. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Remove an installed llama.cpp library.")
  static final class Remove implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "cpu|cuda|vulkan|metal", description = "Name of the library.")
    private String kind = "";

    Remove(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      EngineList.remove(kind);
      console.out().println("removed " + kind);
      return ExitCode.OK;
    }
  }
}
