package io.tailwalk.train.gguf;

import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.llama.gguf.TensorType;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.ParameterLayout;
import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a trained model as a GGUF file that llama.cpp runs. The same parameters give the same
 * bytes.
 *
 * <p>Log-probabilities from 32-bit files agree with those of {@link Transformer} up to rounding for
 * Llama's shape. For GPT-2's shape, llama.cpp computes its activation with a half-precision table,
 * which changes them by about 1e-4, and more in models with large activations.
 */
public final class GgufExport {
  private GgufExport() {}

  /**
   * Writes a model with 32-bit parameters.
   *
   * @param file replaced if it exists
   * @throws LearningException if the tokenizer and the model have different numbers of tokens
   */
  public static void write(Path file, Transformer model, GgufTokenizer tokenizer) {
    write(file, "tailwalk", model, tokenizer, GgufNumbers.F32);
  }

  /**
   * Writes a model.
   *
   * @param file replaced if it exists
   * @param name the name of the model in the file
   * @throws LearningException if the tokenizer and the model have different numbers of tokens
   */
  public static void write(
      Path file, String name, Transformer model, GgufTokenizer tokenizer, GgufNumbers numbers) {
    TransformerConfig config = model.config();
    if (tokenizer.size() != config.vocabulary()) {
      throw new LearningException(
          "the tokenizer has "
              + tokenizer.size()
              + " tokens and the model "
              + config.vocabulary()
              + "; they must be the same");
    }
    var writer = new GgufWriter();
    header(writer, name, config, numbers);
    tokenizer.addTo(writer);
    float[] values = model.values();
    for (ParameterSpec parameter : model.layout().parameters()) {
      tensors(writer, parameter, values, config, numbers);
    }
    if (config.architecture() == Architecture.GPT2) {
      // Older llama.cpp, including ours, do not know that GPT-2's output layer is the embedding.
      ParameterSpec embedding = model.layout().parameter("token_embd.weight");
      add(writer, "output.weight", embedding.shape(), values, embedding.offset(), numbers);
    }
    AtomicFiles.writeBytes(file, writer::writeTo);
  }

  private static void header(
      GgufWriter writer, String name, TransformerConfig config, GgufNumbers numbers) {
    String prefix = config.architecture().id() + ".";
    writer.text("general.architecture", config.architecture().id());
    writer.text("general.name", name);
    writer.uint32("general.file_type", numbers.type().id());
    writer.uint32(prefix + "vocab_size", config.vocabulary());
    writer.uint32(prefix + "context_length", config.context());
    writer.uint32(prefix + "embedding_length", config.embedding());
    writer.uint32(prefix + "block_count", config.layers());
    writer.uint32(prefix + "feed_forward_length", config.feedForward());
    writer.uint32(prefix + "attention.head_count", config.heads());
    writer.uint32(prefix + "attention.head_count_kv", config.heads());
    if (config.architecture() == Architecture.LLAMA) {
      writer.float32(prefix + "attention.layer_norm_rms_epsilon", config.normEpsilon());
      writer.uint32(prefix + "rope.dimension_count", config.embedding() / config.heads());
      writer.float32(prefix + "rope.freq_base", config.ropeTheta());
    } else {
      writer.float32(prefix + "attention.layer_norm_epsilon", config.normEpsilon());
    }
  }

  /**
   * A parameter under the names of llama.cpp. Its Llama turns neighbouring pairs, as ours does, so
   * that queries and keys need no new order.
   */
  private static void tensors(
      GgufWriter writer,
      ParameterSpec parameter,
      float[] values,
      TransformerConfig config,
      GgufNumbers numbers) {
    GgufNumbers type =
        parameter.shape().size() > 1 && !parameter.name().startsWith("position_embd")
            ? numbers
            : GgufNumbers.F32;
    List<String> names = names(parameter.name(), config.architecture());
    List<Integer> shape = new ArrayList<>(parameter.shape());
    shape.set(0, shape.getFirst() / names.size());
    int size = parameter.size() / names.size();
    for (int i = 0; i < names.size(); i++) {
      add(writer, names.get(i), shape, values, parameter.offset() + i * size, type);
    }
  }

  private static void add(
      GgufWriter writer,
      String name,
      List<Integer> shape,
      float[] values,
      int from,
      GgufNumbers numbers) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    TensorType type = numbers.type();
    writer.tensor(name, shape, type, new GgufFloats(values, from, size, type));
  }

  /** Parameters that are stacked in {@link ParameterLayout} but not in the file. */
  private static List<String> names(String name, Architecture architecture) {
    if (architecture == Architecture.GPT2) {
      return List.of(name);
    }
    for (String stack : List.of("attn_qkv:attn_q,attn_k,attn_v", "ffn_gate_up:ffn_gate,ffn_up")) {
      String whole = stack.substring(0, stack.indexOf(':'));
      if (name.contains(whole)) {
        return java.util.Arrays.stream(stack.substring(whole.length() + 1).split(","))
            .map(part -> name.replace(whole, part))
            .toList();
      }
    }
    return List.of(name);
  }
}
