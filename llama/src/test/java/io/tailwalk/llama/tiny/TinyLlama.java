package io.tailwalk.llama.tiny;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A llama of 2 layers with seeded weights, without tokenizer or with a small one. */
public final class TinyLlama {
  public static final int LAYERS = 2;
  public static final int WIDTH = 64;
  public static final int HEADS = 4;
  public static final int HIDDEN = 172;
  public static final int CONTEXT = 512;
  public static final float EPSILON = 1e-5f;

  /** Weights of a layer, row-major with the input index fastest. */
  @SuppressWarnings("ArrayRecordComponent")
  record Layer(
      float[] attentionNorm,
      float[] query,
      float[] key,
      float[] value,
      float[] output,
      float[] hiddenNorm,
      float[] gate,
      float[] up,
      float[] down) {}

  final int vocabulary;
  final float[] embedding;
  final float[] outputNorm;
  final float[] output;
  final List<Layer> layers = new ArrayList<>();

  public TinyLlama(long seed, int vocabulary) {
    this.vocabulary = vocabulary;
    SplittableRandom random = new SplittableRandom(seed);
    embedding = matrix(random, WIDTH, vocabulary, 1.0);
    outputNorm = norm(random);
    output = matrix(random, WIDTH, vocabulary, 2.0 / Math.sqrt(WIDTH));
    double scale = 1 / Math.sqrt(WIDTH);
    for (int l = 0; l < LAYERS; l++) {
      layers.add(
          new Layer(
              norm(random),
              matrix(random, WIDTH, WIDTH, 2 * scale),
              matrix(random, WIDTH, WIDTH, 2 * scale),
              matrix(random, WIDTH, WIDTH, scale),
              matrix(random, WIDTH, WIDTH, scale),
              norm(random),
              matrix(random, WIDTH, HIDDEN, scale),
              matrix(random, WIDTH, HIDDEN, scale),
              matrix(random, HIDDEN, WIDTH, 1 / Math.sqrt(HIDDEN))));
    }
  }

  /** The weights that adapters of the tests change, by their names in the file. */
  float[] weight(String name) {
    Layer layer = layers.get(name.charAt("blk.".length()) - '0');
    return switch (name.substring("blk.0.".length())) {
      case "attn_q.weight" -> layer.query;
      case "attn_output.weight" -> layer.output;
      case "ffn_up.weight" -> layer.up;
      case "ffn_down.weight" -> layer.down;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The file without a tokenizer. */
  public GgufWriter withoutTokenizer() {
    return weights(header())
        .text("tokenizer.ggml.model", "no_vocab")
        .uint32("llama.vocab_size", vocabulary);
  }

  /** The file with a tokenizer of single bytes and a few words; see {@link TinyTokenizer}. */
  public GgufWriter withTokenizer(String chatTemplate) {
    GgufWriter writer = weights(header());
    TinyTokenizer.addTo(writer);
    return chatTemplate.isEmpty() ? writer : writer.text("tokenizer.chat_template", chatTemplate);
  }

  private GgufWriter header() {
    return new GgufWriter()
        .text("general.architecture", "llama")
        .text("general.name", "tiny")
        .uint32("llama.context_length", CONTEXT)
        .uint32("llama.embedding_length", WIDTH)
        .uint32("llama.block_count", LAYERS)
        .uint32("llama.feed_forward_length", HIDDEN)
        .uint32("llama.attention.head_count", HEADS)
        .uint32("llama.attention.head_count_kv", HEADS)
        .uint32("llama.rope.dimension_count", WIDTH / HEADS)
        .float32("llama.attention.layer_norm_rms_epsilon", EPSILON);
  }

  private GgufWriter weights(GgufWriter writer) {
    writer.tensor("token_embd.weight", embedding, WIDTH, vocabulary);
    writer.tensor("output_norm.weight", outputNorm, WIDTH);
    writer.tensor("output.weight", output, WIDTH, vocabulary);
    for (int l = 0; l < LAYERS; l++) {
      Layer layer = layers.get(l);
      String prefix = "blk." + l + ".";
      writer
          .tensor(prefix + "attn_norm.weight", layer.attentionNorm, WIDTH)
          .tensor(prefix + "attn_q.weight", layer.query, WIDTH, WIDTH)
          .tensor(prefix + "attn_k.weight", layer.key, WIDTH, WIDTH)
          .tensor(prefix + "attn_v.weight", layer.value, WIDTH, WIDTH)
          .tensor(prefix + "attn_output.weight", layer.output, WIDTH, WIDTH)
          .tensor(prefix + "ffn_norm.weight", layer.hiddenNorm, WIDTH)
          .tensor(prefix + "ffn_gate.weight", layer.gate, WIDTH, HIDDEN)
          .tensor(prefix + "ffn_up.weight", layer.up, WIDTH, HIDDEN)
          .tensor(prefix + "ffn_down.weight", layer.down, HIDDEN, WIDTH);
    }
    return writer;
  }

  private static float[] matrix(SplittableRandom random, int columns, int rows, double scale) {
    float[] values = new float[columns * rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  private static float[] norm(SplittableRandom random) {
    float[] values = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      values[i] = (float) (1 + 0.1 * random.nextGaussian());
    }
    return values;
  }
}
