package io.tailwalk.lab.command;

import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.SamplerOptions;
import io.tailwalk.core.Plural;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.lab.tree.TreeFile;
import io.tailwalk.lab.tree.TreeResult;
import io.tailwalk.lab.tree.TreeRun;
import io.tailwalk.records.Json;
import io.tailwalk.records.JsonText;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Numbers;
import io.tailwalk.report.Table;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.sampling.Sampler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a sampler on the user's own tree and compares with the exact distribution. */
@Command(
    name = "tree",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run a sampler on a finite tree and compare with the exact distribution and the exact success"
          + " probability Z.",
      "FILE.json: {\"bound\":1,\"nodes\":[{\"id\",\"parent\",\"pi\",\"value\",\"tau\"}...]}; pi is"
          + " conditional on the parent; tau is on leaves only, up to 1e300; bound is the largest"
          + " tau that the verifier can return (default: the largest tau of the leaves).",
      "Distribution, Z and cost are means over --repeats. The 95%% interval of Z is that of a"
          + " single run; with several runs, its ends are chosen by rank among the ends of the"
          + " runs. --json also reports covered, the share of runs whose own interval contains Z,"
          + " and"
          + " open_ends, the share of runs whose interval has an open end."
    })
final class TreeCommand implements Callable<Integer> {
  private static final int SHOWN = 40;

  private final Console console;

  @Parameters(paramLabel = "FILE.json", description = "File with the tree.")
  private Path file = Path.of("");

  @Mixin private final SamplerOptions samplerOptions = new SamplerOptions();

  @Option(
      names = "--budget-steps",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Maximum number of steps per run; without it, a run on a small tree that is already known"
              + " exactly would not end. Default: ${DEFAULT-VALUE}.")
  private long steps;

  @Option(
      names = "--budget-nodes",
      paramLabel = "N",
      description = "Maximum number of nodes that a run expands. Default: no limit.")
  private @Nullable Long nodes;

  @Option(
      names = "--tours",
      paramLabel = "N",
      description = "Number of tours of a walk; the same as --param tours=N.")
  private @Nullable Integer tours;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of independent runs. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Random seed; the same seed gives the same numbers. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  TreeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Require.atLeast("--repeats", repeats, 1);
    Sampler sampler = sampler();
    Budget budget = budget();
    FiniteTree tree = TreeFile.read(file);
    TreeResult result;
    try {
      result = new TreeRun(tree, sampler, budget, repeats, seed).run();
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage(), e);
    }
    if (json) {
      console.data(JsonText.line(result.json()));
    } else {
      show(result, sampler.name());
    }
    return ExitCode.OK;
  }

  private Sampler sampler() {
    if (tours == null) {
      return samplerOptions.sampler();
    }
    Require.atLeast("--tours", tours, 1);
    return samplerOptions.sampler("--tours", "tours", tours.toString());
  }

  private Budget budget() {
    Require.atLeast("--budget-steps", steps, 1);
    Budget budget = Budget.UNLIMITED.withSteps(steps);
    if (nodes == null) {
      return budget;
    }
    Require.atLeast("--budget-nodes", nodes, 1);
    return budget.withNodes(nodes);
  }

  private void show(TreeResult result, String sampler) {
    NumberStyle style = NumberStyle.significant(4);
    List<String> leaves = result.exactDistribution().keySet().stream().limit(SHOWN).toList();
    Table table =
        Table.of("Distribution of the leaves", leaves)
            .text("leaf", leaf -> leaf)
            .number(
                "target distribution",
                style,
                leaf -> result.exactDistribution().getOrDefault(leaf, 0.0))
            .number(sampler, style, leaf -> result.distribution().getOrDefault(leaf, 0.0))
            .build();
    console.out().print(ConsoleTable.render(table, console.width(), console.outIsTerminal()));
    if (result.exactDistribution().size() > SHOWN) {
      int more = result.exactDistribution().size() - SHOWN;
      console.print("and " + Plural.of(more, "more leaf", "more leaves") + "; --json prints all");
    }
    console.print("total variation  " + style.format(result.totalVariation()));
    console.print("Z exact          " + style.format(result.exactMass()));
    console.print(
        "Z estimated      "
            + result
                .mass()
                .map(estimate -> Numbers.interval(estimate, style))
                .orElse("not estimated by this sampler"));
    if (repeats > 1) {
      console.print("covering Z       " + style.format(result.covered()));
      console.print("with an open end " + style.format(result.openEnds()));
    }
    Json.of(result.meanCost())
        .forEachEntry((name, value) ->
            console.print(
                String.format("%-16s ", name.replace('_', ' '))
                    + style.format(value.doubleValue())));
  }
}
