package io.tailwalk.cli;

import io.tailwalk.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A command line run in this process, with what it left. */
public record CliRun(int code, String out, String err) {

  /**
   * Runs a command with its usual flags, each followed by its value, but for those that are given
   * otherwise: a flag counts once.
   */
  public static CliRun of(List<String> usual, String... more) {
    List<String> given = List.of(more);
    List<String> args = new ArrayList<>();
    for (int i = 0; i < usual.size(); i++) {
      if (usual.get(i).startsWith("-") && given.contains(usual.get(i))) {
        i++;
      } else {
        args.add(usual.get(i));
      }
    }
    args.addAll(given);
    return of(args.toArray(String[]::new));
  }

  /** Runs the real command line. */
  public static CliRun of(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            100,
            false,
            false);
    int code = Tailwalk.run(args, console);
    console.flush();
    return new CliRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
