package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.Failures;
import io.tailwalk.console.Program;
import io.tailwalk.console.StrictLine;
import io.tailwalk.console.config.ConfigPlaces;
import io.tailwalk.console.config.ConfiguredLine;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: the list of all commands and their common options. */
@Command(
    name = "tailwalk",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Draw verified text from language models by walking the tree of partial generations,",
      "and report the cost and the uncertainty."
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 the run failed or found no result; 2 the command line or an input is"
          + " invalid; 3 'watch' found that coverage has turned (see its --exit-code); 141 the reader of the"
          + " output has gone (as in '| head').",
      "Start with: tailwalk demo"
    })
public final class Tailwalk implements Program {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean debug;

  private Tailwalk() {}

  @Override
  public boolean debug() {
    return debug;
  }

  /**
   * Runs a command line; of files with flags, only one that it names is read.
   *
   * @param args the arguments, without the name of the program
   * @param console the output streams
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(String[] args, Console console) {
    return run(args, console, ConfigPlaces.NONE);
  }

  /**
   * Runs a command line.
   *
   * @param args the arguments, without the name of the program
   * @param console the output streams
   * @param places where a file with flags is looked for
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(String[] args, Console console, ConfigPlaces places) {
    boolean debug = List.of(args).contains("--debug");
    int code = guarded(console, debug, () -> configured(args, console, places));
    // Results may fail to be written as late as here, which is a failure of the command.
    int flushed =
        guarded(
            console,
            debug,
            () -> {
              console.flush();
              return ExitCode.OK;
            });
    return flushed == ExitCode.OK ? code : flushed;
  }

  private static int configured(String[] args, Console console, ConfigPlaces places) {
    if (!ConfiguredLine.readsFile(args, places)) {
      return execute(line(console, args, Commands.named(args), Map.of()), args);
    }
    CommandLine complete = line(console, args, _ -> true, Map.of());
    ConfiguredLine.Words all =
        ConfiguredLine.of(complete, args, places, notice -> console.tell("tailwalk: " + notice));
    String[] words = all.words().toArray(String[]::new);
    return Arrays.equals(words, args)
        ? execute(complete, args)
        : execute(line(console, words, Commands.named(words), all.origins()), words);
  }

  private static int execute(CommandLine line, String[] args) {
    if (args.length == 0) {
      line.usage(line.getOut());
      return ExitCode.OK;
    }
    return line.execute(args);
  }

  private static int guarded(Console console, boolean debug, IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (RuntimeException | Error e) {
      return Failures.tell(e, console, debug);
    }
  }

  /** The program, in which some commands have their flags, see {@link Commands#addTo}. */
  private static CommandLine line(
      Console console, String[] args, Predicate<String> named, Map<String, String> origins) {
    var line = new CommandLine(new Tailwalk());
    ConfiguredLine.addFlags(line);
    new Commands(console, words(args)).addTo(line, named);
    return StrictLine.of(line, origins)
        .setOut(new PrintWriter(new Unflushed(console.out()), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(Math.clamp(console.width(), 60, 100));
  }

  /** Leaves the flushing, and with it the failures, to the end: picocli would print a trace. */
  private static final class Unflushed extends FilterOutputStream {
    Unflushed(PrintStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void flush() {
      // The console is flushed when the command is done.
    }
  }

  private static List<String> words(String[] args) {
    List<String> words = new ArrayList<>(List.of("tailwalk"));
    words.addAll(List.of(args));
    return words;
  }
}
