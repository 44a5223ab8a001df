package io.tailwalk.llama.tiny;

import io.tailwalk.llama.tiny.RawGguf.Tensor;
import io.tailwalk.llama.tiny.RawGguf.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A tiny model of each architecture that the embedded library knows, with seeded weights, except
 * chameleon, which has fixed token ids, and two newer forms of RWKV.
 */
public final class TinyArchitectures {
  public static final int TOKENS = 64;
  private static final Set<String> EXPERTS =
      Set.of("dbrx", "qwen2moe", "olmoe", "granitemoe", "grok", "phimoe", "arctic");
  private static final Set<String> LOW_RANK = Set.of("deepseek2", "minicpm3");
  private static final Set<String> PLAIN = Set.of("mamba", "rwkv6", "rwkv6qwen2");

  private TinyArchitectures() {}

  /** The tensors of each: lines of names and extents. */
  private static Map<String, List<String>> shapes() {
    Map<String, List<String>> shapes = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(TinyArchitectures.class.getResourceAsStream("architectures.txt"))) {
      List<String> current = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.startsWith("model ")) {
          current = new ArrayList<>();
          shapes.put(line.substring(6), current);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          current.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return shapes;
  }

  /** The names of the architectures. */
  public static List<String> names() {
    return List.copyOf(shapes().keySet());
  }

  public static int layers(String name) {
    return switch (name) {
      case "gemma2" -> 26;
      case "baichuan" -> 32;
      case "gemma3" -> 6;
      case "cohere2" -> 4;
      default -> 1;
    };
  }

  /** The model without a tokenizer. */
  public static RawGguf file(String name) {
    RawGguf file = new RawGguf();
    file.entries.put("general.architecture", Value.text(name));
    header(file, name);
    file.entries.put("tokenizer.ggml.model", Value.text("no_vocab"));
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (String line : Objects.requireNonNull(shapes().get(name), name)) {
      String[] words = line.split(" ", -1);
      long[] extents = Stream.of(words).skip(1).mapToLong(Long::parseLong).toArray();
      int repeats = words[0].contains(".N.") ? layers(name) : 1;
      for (int layer = 0; layer < repeats; layer++) {
        file.tensors.add(
            new Tensor(
                words[0].replace(".N.", "." + layer + "."),
                extents,
                0,
                noise(random, extents),
                -1));
      }
    }
    return file;
  }

  private static byte[] noise(SplittableRandom random, long[] extents) {
    int count = (int) java.util.Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    ByteBuffer data = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      data.putFloat((float) (0.3 * random.nextGaussian()));
    }
    return data.array();
  }

  private static void header(RawGguf file, String name) {
    whole(file, name, "context_length", 64);
    whole(file, name, "embedding_length", 32);
    whole(file, name, "block_count", layers(name));
    whole(file, name, "feed_forward_length", 32);
    whole(file, name, "vocab_size", TOKENS);
    whole(file, name, "attention.head_count", PLAIN.contains(name) ? 0 : 2);
    whole(file, name, "attention.head_count_kv", PLAIN.contains(name) ? 0 : 2);
    number(file, name, "attention.layer_norm_rms_epsilon", 1e-5);
    number(file, name, "attention.layer_norm_epsilon", 1e-5);
    whole(file, name, "rope.dimension_count", LOW_RANK.contains(name) ? 8 : 16);
    number(file, name, "rope.freq_base", 10_000);
    if (EXPERTS.contains(name)) {
      whole(file, name, "expert_count", 2);
      whole(file, name, "expert_used_count", 1);
    }
    switch (name) {
      case "minicpm", "granite", "granitemoe" -> {
        number(file, name, "embedding_scale", 2);
        number(file, name, "residual_scale", 0.5);
        number(file, name, "logit_scale", 2);
        number(file, name, "attention.scale", 0.25);
      }
      case "minicpm3" -> lowRank(file, name);
      case "deepseek", "deepseek2" -> {
        lowRank(file, name);
        whole(file, name, "leading_dense_block_count", 1);
        whole(file, name, "expert_feed_forward_length", 32);
        whole(file, name, "expert_shared_count", 1);
        number(file, name, "expert_weights_scale", 1);
        number(file, name, "rope.scaling.yarn_log_multiplier", 0.1);
      }
      case "mpt", "jais" -> {
        number(file, name, "attention.max_alibi_bias", 8);
        number(file, name, "attention.clamp_kqv", 8);
      }
      case "dbrx", "olmo" -> number(file, name, "attention.clamp_kqv", 8);
      case "qwen2vl" ->
          file.entries.put(name + ".rope.dimension_sections", Value.array(Value.number(5, 2), 4));
      case "gemma2", "gemma3", "phi3" -> whole(file, name, "attention.sliding_window", 16);
      case "command-r", "cohere2" -> {
        number(file, name, "logit_scale", 0.5);
        whole(file, name, "attention.sliding_window", 16);
      }
      case "gptneox" -> file.entries.put(name + ".use_parallel_residual", Value.number(7, 1));
      case "qwen2moe" -> {
        whole(file, name, "expert_feed_forward_length", 32);
        whole(file, name, "expert_shared_feed_forward_length", 32);
      }
      case "mamba" -> {
        whole(file, name, "ssm.conv_kernel", 4);
        whole(file, name, "ssm.inner_size", 64);
        whole(file, name, "ssm.state_size", 8);
        whole(file, name, "ssm.time_step_rank", 2);
      }
      case "rwkv6", "rwkv6qwen2" -> {
        whole(file, name, "wkv.head_size", 16);
        whole(file, name, "time_mix_extra_dim", 8);
        whole(file, name, "time_decay_extra_dim", 8);
        whole(file, name, "token_shift_count", name.equals("rwkv6") ? 2 : 1);
      }
      default -> {
        return;
      }
    }
  }

  private static void lowRank(RawGguf file, String name) {
    whole(file, name, "attention.q_lora_rank", 8);
    whole(file, name, "attention.kv_lora_rank", 8);
    whole(file, name, "attention.key_length", 16);
    whole(file, name, "attention.value_length", 16);
  }

  private static void whole(RawGguf file, String name, String key, int value) {
    file.entries.put(name + "." + key, Value.number(4, value));
  }

  private static void number(RawGguf file, String name, String key, double value) {
    file.entries.put(name + "." + key, Value.number(6, value));
  }
}
