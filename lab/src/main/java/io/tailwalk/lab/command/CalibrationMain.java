package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.StrictLine;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * Entry point of {@code lab calibration} alone, for machines that only measure: it does not use
 * PyTorch, DuckDB or llama.cpp, so their jars can be left out of the class path.
 */
public final class CalibrationMain {
  private CalibrationMain() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    Console console = Console.ofProcess();
    List<String> words = new ArrayList<>(List.of("tailwalk", "lab", "calibration"));
    words.addAll(List.of(args));
    int code = StrictLine.of(new CommandLine(new CalibrationCommand(console, words))).execute(args);
    console.flush();
    System.exit(code);
  }
}
