package io.tailwalk.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.coverage.NGrid;
import io.tailwalk.train.TinyModels;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.optim.NormalisedSgd;
import io.tailwalk.train.optim.VectorOptimizer;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  @TempDir private Path folder;

  @Test
  void metrics_ofAResumedRun_areThoseOfAStraightOne() throws IOException {
    Path straight = folder.resolve("straight.jsonl");
    run(straight, 0, 10, folder.resolve("straight.safetensors"));
    Path resumed = folder.resolve("resumed.jsonl");
    Path checkpoint = folder.resolve("resumed.safetensors");
    run(resumed, 0, 5, checkpoint);
    // What a killed run had written after its checkpoint, the last line cut short.
    Files.writeString(
        resumed, "{\"step\":6,\"loss\":1}\n{\"step\":7,\"lo", StandardOpenOption.APPEND);
    run(resumed, 5, 10, checkpoint);
    List<String> lines = Files.readAllLines(straight);
    assertThat(Files.readAllLines(resumed)).isEqualTo(lines);
    assertThat(lines).hasSize(5 + 3);
    assertThat(lines.getFirst())
        .startsWith("{\"step\":0,\"cross_entropy\":")
        .contains("\"coverage\":{\"2\":", "\"2.5\":", "\"pass\":{\"3\":");
    assertThat(lines.get(1)).startsWith("{\"step\":2,\"loss\":").contains("\"gradient_norm\":");
  }

  /** The bytes of version 0.1. */
  @Test
  void lines_haveTheNamesAndOrderOfTheFile() throws IOException {
    Path metrics = folder.resolve("metrics.jsonl");
    try (MetricsFile file = MetricsFile.open(metrics, 0, 1)) {
      file.add(
          new CoverageReport(
              3,
              1.5,
              0.25,
              NGrid.of(2, 2.5),
              List.of(0.5, 1e-9),
              List.of(8),
              List.of(0.75),
              List.of()));
      file.add(
          new CoverageReport(
              4, 1, 0, NGrid.of(1e16), List.of(1.0), List.of(), List.of(), List.of()));
      file.addCrossEntropy(5, 2.5, 0.125);
    }
    assertThat(metrics)
        .hasContent(
            """
            {"step":3,"cross_entropy":1.5,"kl":0.25,"coverage":{"2":0.5,"2.5":1.0E-9},"pass":{"8":0.75}}
            {"step":4,"cross_entropy":1.0,"kl":0.0,"coverage":{"1.0E16":1.0}}
            {"step":5,"cross_entropy":2.5,"cross_entropy_per_token":0.125}
            """);
  }

  private static void run(Path metrics, long from, long to, Path checkpoint) {
    List<HeldOutPrompt> heldOut =
        TinyModels.examples(5, 3).stream()
            .map(e -> new HeldOutPrompt(List.of(new HeldOutResponse(e, -1, 1, true))))
            .toList();
    var evaluation = new CoverageEvaluation(heldOut, NGrid.of(2, 2.5), List.of(3));
    try (Transformer model = Transformer.create(TinyModels.config(Architecture.GPT2), 1);
        VectorOptimizer optimizer = new NormalisedSgd(LearningRate.fixed(0.1), 0.1);
        MetricsFile file = MetricsFile.open(metrics, from, 2)) {
      TrainingData data = TrainingData.shuffled(TinyModels.examples(30, 2), 4, 7);
      var trainer = new Trainer(model, optimizer, data, TrainingSettings.standard());
      trainer.listen(file).listen(CoverageListener.every(5, evaluation, file::add));
      if (from > 0) {
        Checkpoint.read(checkpoint).restore(trainer);
      }
      trainer.run(to);
      Checkpoint.write(trainer, checkpoint);
    }
  }
}
