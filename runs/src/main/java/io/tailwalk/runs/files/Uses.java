package io.tailwalk.runs.files;

import io.tailwalk.core.Plural;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.records.PromptLayout;
import io.tailwalk.records.PromptReader;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import io.tailwalk.records.input.Rows;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.records.scores.ResponseOptions;
import io.tailwalk.records.scores.ResponseReader;
import io.tailwalk.runs.checkpoints.PassOptions;
import io.tailwalk.runs.checkpoints.PassRun;
import io.tailwalk.runs.checkpoints.WatchedFiles;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Asks the reader of each command what it makes of a file. */
final class Uses {
  private Uses() {}

  static List<Inspection.Use> of(Input input) {
    List<Inspection.Use> uses = new ArrayList<>();
    uses.add(use(input, "select, profile: --scores", () -> scores(input)));
    uses.add(use(input, "watch: a file in its folder", () -> watched(input)));
    uses.add(use(input, "passk: --samples", () -> samples(input)));
    uses.add(use(input, "score, select --race: --data", () -> responses(input)));
    uses.add(use(input, "generate, tail, compare, value: --prompts", () -> prompts(input)));
    return uses;
  }

  private static Inspection.Use use(Input input, String command, Supplier<String> reader) {
    try {
      return new Inspection.Use(command, true, reader.get());
    } catch (TableException | InputException e) {
      // Standard input is known to the user by its name, not by its copy.
      String message = String.valueOf(e.getMessage());
      return new Inspection.Use(
          command, false, message.replace(input.file().toString(), input.name().toString()));
    }
  }

  private static String watched(Input input) {
    Kind kind = Kind.of(Rows.first(input, 1).getFirst());
    if (!WatchedFiles.TABLES.contains(kind)) {
      throw input.error("no score table (" + kind.words() + ")", "write one with 'tailwalk score'");
    }
    return kind.words();
  }

  private static String scores(Input input) {
    try (ScoreTable table =
        ScoreTable.open(List.of(input.file().toString()), new Reference.IfPresent())) {
      long[] sizes = table.promptsOfSize();
      AtomicLong examples = new AtomicLong();
      table.forEach(_ -> examples.incrementAndGet());
      long prompts = 0;
      for (long count : sizes) {
        prompts += count;
      }
      String models = Plural.of(table.models().size(), "model");
      return "%s of %s under %s: %s%s%s"
          .formatted(
              Plural.of(examples.get(), "example"),
              Plural.of(prompts, "prompt"),
              models,
              names(table.models()),
              table.hasReference() ? "; with a reference" : "",
              remarks(table));
    }
  }

  private static String remarks(ScoreTable table) {
    List<String> all = new ArrayList<>(table.remarks());
    all.addAll(table.warnings());
    return all.isEmpty() ? "" : "; " + String.join("; ", all);
  }

  private static String samples(Input input) {
    List<String> runs = new ArrayList<>();
    for (PassRun run : PassRun.read(List.of(input), input.stem(), PassOptions.NONE)) {
      runs.add(
          run.name()
              + ": "
              + run.counted()
                  .or(run::rewarded)
                  .map(Uses::counts)
                  .orElse("success probabilities of its run record")
              + (run.counted().isEmpty() && run.rewarded().isPresent()
                  ? "; graded rewards, of which --threshold says what passes"
                  : ""));
    }
    return String.join("; ", runs);
  }

  private static String counts(RunCurves counted) {
    long least = counted.fewestSamples();
    return "%s, at least %s each"
        .formatted(Plural.of(counted.prompts(), "task"), Plural.of(least, "sample"));
  }

  private static String responses(Input input) {
    ResponseReader.Responses read = ResponseReader.read(List.of(input), ResponseOptions.DEFAULT);
    long prompts = read.responses().stream().map(GivenResponse::promptId).distinct().count();
    String remarks = read.remarks().isEmpty() ? "" : "; " + String.join("; ", read.remarks());
    return "%s to %s%s"
        .formatted(
            Plural.of(read.responses().size(), "response"), Plural.of(prompts, "prompt"), remarks);
  }

  private static String prompts(Input input) {
    AtomicLong prompts = new AtomicLong();
    PromptReader.forEach(List.of(input), PromptLayout.ANY, _ -> prompts.incrementAndGet());
    return Plural.of(prompts.get(), "prompt");
  }

  private static String names(List<String> models) {
    String shown = String.join(", ", models.stream().limit(5).map(TableException::quoted).toList());
    return models.size() > 5 ? shown + " and " + (models.size() - 5) + " more" : shown;
  }
}
