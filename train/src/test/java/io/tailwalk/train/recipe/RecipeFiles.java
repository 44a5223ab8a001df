package io.tailwalk.train.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Recipes with their data. */
final class RecipeFiles {
  private RecipeFiles() {}

  /** Writes a recipe for a few hundred bytes of text per line; its output goes to {@code out}. */
  static Path write(Path folder, String optimizer, int steps) throws IOException {
    Files.createDirectories(folder);
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i ->
                "{\"prompt\":\"%d+%d=\",\"completion\":\"%d\"}\n".formatted(i, i % 7, i + i % 7))
            .collect(Collectors.joining());
    Files.writeString(folder.resolve("train.jsonl"), rows);
    Files.writeString(
        folder.resolve("held-out.jsonl"), rows.lines().limit(9).collect(Collectors.joining("\n")));
    return Files.writeString(folder.resolve("run.yaml"), text(optimizer, steps));
  }

  static String text(String optimizer, int steps) {
    return """
    tokenizer: {kind: bytes}
    model: {shape: gpt2, context: 12, layers: 2, heads: 2, embedding: 16}
    data: {file: train.jsonl, format: pairs}
    optimizer: {name: %s, learning_rate: 0.01, schedule: cosine, warm_up: 3}
    training: {steps: %d, batch: 8, seed: 4, threads: 1, checkpoint_every: 10, metrics_every: 1}
    evaluation: {file: held-out.jsonl, format: pairs}
    output: {folder: out, gguf: true}
    """
        .formatted(optimizer, steps);
  }
}
