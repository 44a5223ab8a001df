package io.tailwalk.llama.tiny;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A low-rank adapter of a {@link TinyLlama} with seeded matrices, for an attention, an output of
 * the attention and two matrices of the feed-forward part.
 *
 * @param seed of the matrices
 * @param rank number of rows of A
 * @param alpha the adapter's alpha; 0 for none in the file
 */
public record TinyLora(long seed, int rank, float alpha) {
  @SuppressWarnings("ArrayRecordComponent")
  private record Change(String name, int in, int out, float[] a, float[] b) {}

  private List<Change> changes() {
    SplittableRandom random = new SplittableRandom(seed);
    return List.of(
        change(random, "blk.0.attn_q.weight", TinyLlama.WIDTH, TinyLlama.WIDTH),
        change(random, "blk.1.attn_output.weight", TinyLlama.WIDTH, TinyLlama.WIDTH),
        change(random, "blk.0.ffn_up.weight", TinyLlama.WIDTH, TinyLlama.HIDDEN),
        change(random, "blk.1.ffn_down.weight", TinyLlama.HIDDEN, TinyLlama.WIDTH));
  }

  private Change change(SplittableRandom random, String name, int in, int out) {
    return new Change(name, in, out, matrix(random, in, rank), matrix(random, rank, out));
  }

  private static float[] matrix(SplittableRandom random, int columns, int rows) {
    float[] values = new float[columns * rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(columns));
    }
    return values;
  }

  /** The adapter as llama.cpp's converter writes it. */
  public GgufWriter file() {
    GgufWriter writer =
        new GgufWriter()
            .text("general.type", "adapter")
            .text("general.architecture", "llama")
            .text("adapter.type", "lora");
    if (alpha != 0) {
      writer.float32("adapter.lora.alpha", alpha);
    }
    for (Change change : changes()) {
      writer
          .tensor(change.name + ".lora_a", change.a, change.in, rank)
          .tensor(change.name + ".lora_b", change.b, rank, change.out);
    }
    return writer;
  }

  /** Adds the change to the weights: W + scale (alpha / rank) B A, without alpha W + scale B A. */
  public void mergeInto(TinyLlama model, double scale) {
    double factor = alpha == 0 ? scale : scale * alpha / rank;
    for (Change change : changes()) {
      float[] weight = model.weight(change.name);
      for (int row = 0; row < change.out; row++) {
        for (int column = 0; column < change.in; column++) {
          double sum = 0;
          for (int r = 0; r < rank; r++) {
            sum += (double) change.b[row * rank + r] * change.a[r * change.in + column];
          }
          weight[row * change.in + column] += (float) (factor * sum);
        }
      }
    }
  }
}
