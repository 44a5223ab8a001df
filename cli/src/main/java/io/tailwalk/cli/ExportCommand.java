package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.runs.files.Export;
import io.tailwalk.runs.work.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code export}: results for other tools. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Print results of profile, select, passk, tail, compare and watch in a form for other tools.",
      "jsonl: one flat JSON object per checkpoint, run or sampler, with the number at the end of its"
          + " name as step, for trackers such as Weights & Biases. markdown: a table with intervals"
          + " per result, for a pull request."
    })
public final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "RESULT",
      description =
          "Folders of --out, files such as profile.json, files with the output of --json, or"
              + " patterns; - is standard input.")
  private List<String> results = new ArrayList<>();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORM",
      description = "Form of the output: jsonl or markdown.")
  private String form = "";

  /** Creates the command with output to the given console. */
  public ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    switch (form) {
      case "jsonl" -> Export.of(results).jsonLines().forEach(console::data);
      case "markdown" -> console.out().print(Export.of(results).markdown());
      default -> throw new InputException("--to accepts jsonl or markdown, got '" + form + "'");
    }
    return ExitCode.OK;
  }
}
