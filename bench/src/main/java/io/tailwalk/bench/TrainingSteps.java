package io.tailwalk.bench;

import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingSettings;
import io.tailwalk.train.torch.TorchEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The trainer's side of {@code bench/pytorch/compare.py}: steps on demand, timed. */
public final class TrainingSteps {
  private static final int VOCABULARY = 128;
  private static final int CONTEXT = 64;

  private TrainingSteps() {}

  /**
   * Reads numbers of steps, one a line, and answers each with the seconds they took.
   *
   * @param args sequences in a batch; threads
   */
  public static void main(String[] args) throws IOException {
    int batch = Integer.parseInt(args[0]);
    TorchEngine.useThreads(Integer.parseInt(args[1]));
    try (Transformer model =
            Transformer.create(TransformerConfig.llama(VOCABULARY, CONTEXT, 4, 4, 128), 1);
        Adam adam =
            new Adam(
                LearningRate.fixed(1e-3), Adam.Constants.adamW(0.01), model.layout().decayed())) {
      var trainer =
          new Trainer(
              model,
              adam,
              TrainingData.fresh(step -> examples(step, batch), "random"),
              TrainingSettings.standard().perToken());
      System.out.println(model.layout().size());
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        long start = System.nanoTime();
        trainer.run(trainer.step() + Integer.parseInt(line.strip()));
        System.out.println((System.nanoTime() - start) / 1e9);
      }
    }
  }

  private static List<Example> examples(long step, int batch) {
    RandomGenerator random = Streams.of(1, step);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      examples.add(
          new Example(
              random.ints(1, 0, VOCABULARY).toArray(),
              random.ints(CONTEXT, 0, VOCABULARY).toArray()));
    }
    return examples;
  }
}
