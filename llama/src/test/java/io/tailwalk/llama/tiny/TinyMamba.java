package io.tailwalk.llama.tiny;

import java.util.SplittableRandom;

/** A recurrent model (Mamba, 2 layers) with seeded weights: it cannot roll back. */
public final class TinyMamba {
  private static final int LAYERS = 2;
  private static final int WIDTH = 32;
  private static final int INNER = 2 * WIDTH;
  private static final int STATE = 8;
  private static final int RANK = 2;
  private static final int KERNEL = 4;

  private TinyMamba() {}

  public static GgufWriter file(long seed, int vocabulary) {
    SplittableRandom random = new SplittableRandom(seed);
    GgufWriter writer =
        new GgufWriter()
            .text("general.architecture", "mamba")
            .uint32("mamba.context_length", 256)
            .uint32("mamba.embedding_length", WIDTH)
            .uint32("mamba.feed_forward_length", 0)
            .uint32("mamba.attention.head_count", 0)
            .uint32("mamba.block_count", LAYERS)
            .uint32("mamba.ssm.conv_kernel", KERNEL)
            .uint32("mamba.ssm.inner_size", INNER)
            .uint32("mamba.ssm.state_size", STATE)
            .uint32("mamba.ssm.time_step_rank", RANK)
            .float32("mamba.attention.layer_norm_rms_epsilon", 1e-5f)
            .uint32("mamba.vocab_size", vocabulary)
            .text("tokenizer.ggml.model", "no_vocab")
            .tensor("token_embd.weight", noise(random, WIDTH * vocabulary, 1), WIDTH, vocabulary)
            .tensor("output_norm.weight", ones(WIDTH), WIDTH)
            .tensor("output.weight", noise(random, WIDTH * vocabulary, 0.4), WIDTH, vocabulary);
    for (int l = 0; l < LAYERS; l++) {
      layer(writer, "blk." + l + ".", random);
    }
    return writer;
  }

  private static void layer(GgufWriter writer, String prefix, SplittableRandom random) {
    int projections = RANK + 2 * STATE;
    float[] decay = new float[STATE * INNER];
    for (int i = 0; i < decay.length; i++) {
      decay[i] = -(1 + i % STATE);
    }
    writer
        .tensor(prefix + "attn_norm.weight", ones(WIDTH), WIDTH)
        .tensor(prefix + "ssm_in.weight", noise(random, WIDTH * 2 * INNER, 0.3), WIDTH, 2 * INNER)
        .tensor(prefix + "ssm_conv1d.weight", noise(random, KERNEL * INNER, 0.5), KERNEL, INNER)
        .tensor(prefix + "ssm_conv1d.bias", noise(random, INNER, 0.1), INNER)
        .tensor(
            prefix + "ssm_x.weight", noise(random, INNER * projections, 0.3), INNER, projections)
        .tensor(prefix + "ssm_dt.weight", noise(random, RANK * INNER, 0.5), RANK, INNER)
        .tensor(prefix + "ssm_dt.bias", noise(random, INNER, 0.5), INNER)
        .tensor(prefix + "ssm_a", decay, STATE, INNER)
        .tensor(prefix + "ssm_d", ones(INNER), INNER)
        .tensor(prefix + "ssm_out.weight", noise(random, INNER * WIDTH, 0.3), INNER, WIDTH);
  }

  private static float[] noise(SplittableRandom random, int size, double scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  private static float[] ones(int size) {
    float[] values = new float[size];
    java.util.Arrays.fill(values, 1f);
    return values;
  }
}
