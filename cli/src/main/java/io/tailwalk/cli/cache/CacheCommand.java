package io.tailwalk.cli.cache;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Command {@code cache}: what Tailwalk keeps in the user's cache. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "List and clean what Tailwalk keeps in your cache: unpacked libraries and marks.")
public final class CacheCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private CacheCommand() {}

  /** Creates the command with its subcommands. */
  public static CommandLine of(Console console) {
    return new CommandLine(new CacheCommand())
        .addSubcommand(new CacheListCommand(console))
        .addSubcommand(new CacheCleanCommand(console));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
