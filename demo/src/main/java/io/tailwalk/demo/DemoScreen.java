package io.tailwalk.demo;

import io.tailwalk.console.Console;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.Numbers;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Table;
import io.tailwalk.runs.sample.PromptResult;
import java.nio.file.Path;
import java.util.List;

/** The output of the demonstration on the console. */
final class DemoScreen {
  private static final int PLAIN_WIDTH = 120;

  private final Console console;

  DemoScreen(Console console) {
    this.console = console;
  }

  /** Prints the samplers at the same budget. */
  void show(List<SamplerScore> scores) {
    console.print(
        "Continue "
            + scores.getFirst().results().size()
            + " prompts by 60 to 80 characters without the letter e.");
    console.print(
        "Model "
            + DemoSetup.MODEL
            + ", verifier "
            + DemoSetup.VERIFIER
            + ", a budget of "
            + Numbers.count(DemoSetup.BUDGET_TOKENS)
            + " model tokens per prompt for each sampler.");
    console.print("");
    print(DemoTables.samplers(scores));
    console.print(Estimate.LEGEND);
    console.print("");
    console.print("vgb-momentum wrote, for example:");
    for (PromptResult result : scores.getLast().results().subList(0, 4)) {
      result.sampling().draws().stream()
          .findFirst()
          .ifPresent(draw ->
              console.print(
                  "  "
                      + ((Prompt.Text) result.job().prompt()).text()
                      + "| "
                      + Printable.indented(draw.text(), "    ")));
    }
    console.print("");
  }

  /** Prints the checkpoints. */
  void show(CheckpointFigures checkpoints) {
    console.print(checkpoints.question());
    console.print("");
    print(checkpoints.table());
    console.print(checkpoints.sentence());
    console.print("");
  }

  private void print(Table table) {
    int width = console.outIsTerminal() ? console.width() : PLAIN_WIDTH;
    console.out().print(ConsoleTable.render(table, width, console.outIsTerminal()));
  }

  /**
   * Prints the output files and suggested next commands.
   *
   * @param scored whether the checkpoints were scored
   */
  void end(Path folder, boolean scored) {
    console.print("written to " + folder + ":");
    console.print(
        "  report.html    open it in a browser (report.md and report.json have the same content)");
    console.print("  samples.jsonl  every completion with its log-probabilities and cost");
    if (scored) {
      console.print("  scores.jsonl   every held-out answer under every checkpoint");
    }
    console.print("  summary.json   every number above, prompt by prompt");
    console.print("next:");
    console.print(
        "  ./tailwalk generate --model builtin:austen --prompts "
            + folder.resolve("prompts.jsonl")
            + " --verifier avoid:aeiou --n 4");
    if (scored) {
      console.print(
          "  ./tailwalk select --scores " + folder.resolve("scores.jsonl") + " --n 2,4,8");
    }
    console.print("  scripts/fetch-model && ./tailwalk models    a real model; any GGUF works");
  }
}
