package io.tailwalk.cli.cache;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.cache.Cache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code cache clean}: deletes folders of the cache. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Delete folders of the cache. Without names: those that are made again when they are"
            + " needed, not what you have installed.")
public final class CacheCleanCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 36_500;

  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Names of folders as 'tailwalk cache list' prints them.")
  private List<String> names = List.of();

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      defaultValue = "0",
      description = "Delete only folders not used for so many days. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(names = "--dry-run", description = "Print what would be deleted, and delete nothing.")
  private boolean dryRun;

  /** Creates the command with output to the given console. */
  public CacheCleanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Require.between("--older-than", days, 0, MOST_DAYS);
    Cache cache = Cache.read(Instant.now());
    List<Cache.Entry> chosen = cache.chosen(names, Duration.ofDays(days));
    List<String> left = dryRun ? List.of() : cache.delete(chosen);
    long bytes = 0;
    for (Cache.Entry entry : chosen) {
      boolean deleted = !left.contains(entry.name());
      bytes += deleted ? entry.bytes() : 0;
      console.print(
          (dryRun ? "would delete " : deleted ? "deleted " : "in use, not deleted: ")
              + entry.name()
              + ", "
              + Cache.size(entry.bytes()));
    }
    console.print(
        chosen.isEmpty()
            ? "nothing to delete"
            : (dryRun ? "would free " : "freed ") + Cache.size(bytes));
    return left.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }
}
