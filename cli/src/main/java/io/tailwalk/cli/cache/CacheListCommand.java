package io.tailwalk.cli.cache;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.runs.cache.Cache;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Command {@code cache list}: the folders of the cache with their sizes and ages. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the folders of the cache: content, size, days since the last use.")
public final class CacheListCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  /** Creates the command with output to the given console. */
  public CacheListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Cache cache = Cache.read(Instant.now());
    if (json) {
      cache.json().forEach(console::data);
      return ExitCode.OK;
    }
    int width = console.outIsTerminal() ? console.width() : Integer.MAX_VALUE;
    long bytes = cache.entries().stream().mapToLong(Cache.Entry::bytes).sum();
    console.print(cache.folder() + ": " + Cache.size(bytes));
    if (!cache.entries().isEmpty()) {
      console.out().print(cache.text(width, console.outIsTerminal()));
    }
    return ExitCode.OK;
  }
}
