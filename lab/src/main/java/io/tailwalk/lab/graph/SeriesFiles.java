package io.tailwalk.lab.graph;

import io.tailwalk.builtin.graph.GraphExample;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.builtin.graph.GraphVocabulary;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.JsonText;
import io.tailwalk.train.gguf.GgufExport;
import io.tailwalk.train.gguf.GgufTokenizer;
import io.tailwalk.train.model.Transformer;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the checkpoints of fine-tuning as GGUF files, and held-out responses to score. */
final class SeriesFiles {
  private SeriesFiles() {}

  /** Writes {@code step-N.gguf} for every snapshot. */
  static void writeModels(Path folder, GraphPlan plan, List<Snapshot> snapshots) {
    GgufTokenizer words = words(plan.fineTuning().task());
    try (Transformer model = Transformer.of(plan.model(), snapshots.getFirst().values())) {
      for (Snapshot snapshot : snapshots) {
        model.setValues(snapshot.values());
        GgufExport.write(folder.resolve(snapshot.name() + ".gguf"), model, words);
      }
    }
  }

  /** Responses never contain the token before them, which can therefore mark their end. */
  private static GgufTokenizer words(GraphTask task) {
    List<String> words =
        new GraphVocabulary(task.shape()).texts().stream().map(String::strip).toList();
    return GgufTokenizer.words(words, task.shape().answer());
  }

  /**
   * Writes held-out prompts with their right paths in the format of {@code tailwalk score}.
   *
   * @param seed seed of the prompts
   */
  static void writeHeldOut(Path file, GraphTask task, int prompts, long seed) {
    var vocabulary = new GraphVocabulary(task.shape());
    var text = new StringBuilder();
    for (int number = 0; number < prompts; number++) {
      GraphExample example = task.example(seed, number);
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      row.put("id", "graph-" + number);
      row.put("prompt", vocabulary.decode(example.prompt()).strip());
      row.put("completion", vocabulary.decode(example.response()));
      text.append(JsonText.line(row)).append('\n');
    }
    AtomicFiles.write(file, text.toString());
  }
}
