package io.tailwalk.train;

import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.TransformerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Models and data that are small enough for tests. */
public final class TinyModels {
  private TinyModels() {}

  /** A shape with 7 tokens, 12 positions, 2 layers of 2 heads and 8 features. */
  public static TransformerConfig config(Architecture architecture) {
    return architecture == Architecture.GPT2
        ? TransformerConfig.gpt2(7, 12, 2, 2, 8)
        : TransformerConfig.llama(7, 12, 2, 2, 8);
  }

  /** Examples of different lengths over 7 tokens. */
  public static List<Example> examples(int count, long seed) {
    RandomGenerator random = Streams.of(seed);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(
          new Example(
              random.ints(1 + random.nextInt(4), 0, 7).toArray(),
              random.ints(1 + random.nextInt(5), 0, 7).toArray()));
    }
    return examples;
  }
}
