package io.tailwalk.train.huggingface;

import io.tailwalk.records.AtomicFiles;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.SafeTensors;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a trained model as a folder that Transformers and vLLM read: {@code model.safetensors} in
 * 32-bit numbers, {@code config.json}, {@code generation_config.json} and the tokenizer.
 */
public final class HuggingFaceExport {
  private static final JsonMapper JSON = JsonMapper.shared();

  private HuggingFaceExport() {}

  /**
   * Writes a folder completely or not at all.
   *
   * @param folder replaced if it exists
   * @throws LearningException if it cannot be written
   */
  public static void write(Path folder, Transformer model, TokenizerFiles tokenizer) {
    Path parent = folder.toAbsolutePath().getParent();
    Path part = folder.resolveSibling(folder.getFileName() + ".part");
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
      delete(part);
      Files.createDirectory(part);
      TransformerConfig config = model.config();
      Map<String, byte[]> files = new LinkedHashMap<>(tokenizer.files());
      files.put("config.json", JSON.writeValueAsBytes(config(config, tokenizer)));
      files.put("generation_config.json", JSON.writeValueAsBytes(generation(tokenizer)));
      files.forEach((name, bytes) ->
          AtomicFiles.writeBytes(
              part.resolve(name), out -> Channels.newOutputStream(out).write(bytes)));
      new SafeTensors(Map.of("format", "pt"), tensors(model))
          .write(part.resolve("model.safetensors"));
      delete(folder);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LearningException(
          "cannot write the folder " + folder + ": " + e.getMessage() + "; choose another", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static Map<String, Object> generation(TokenizerFiles tokenizer) {
    Map<String, Object> generation = new LinkedHashMap<>();
    generation.put("_from_model_config", true);
    tokenizer.begin().ifPresent(id -> generation.put("bos_token_id", id));
    tokenizer.end().ifPresent(id -> generation.put("eos_token_id", id));
    return generation;
  }

  private static Map<String, Object> config(TransformerConfig config, TokenizerFiles tokenizer) {
    Map<String, Object> entries = new LinkedHashMap<>();
    boolean llama = config.architecture() == Architecture.LLAMA;
    entries.put("architectures", List.of(llama ? "LlamaForCausalLM" : "GPT2LMHeadModel"));
    entries.put("model_type", llama ? "llama" : "gpt2");
    entries.put("vocab_size", config.vocabulary());
    if (llama) {
      entries.put("hidden_size", config.embedding());
      entries.put("intermediate_size", config.feedForward());
      entries.put("num_hidden_layers", config.layers());
      entries.put("num_attention_heads", config.heads());
      entries.put("num_key_value_heads", config.heads());
      entries.put("max_position_embeddings", config.context());
      entries.put("rms_norm_eps", config.normEpsilon());
      entries.put("rope_theta", config.ropeTheta());
      entries.put("hidden_act", "silu");
      entries.put("attention_bias", false);
      entries.put("mlp_bias", false);
    } else {
      entries.put("n_embd", config.embedding());
      entries.put("n_inner", config.feedForward());
      entries.put("n_layer", config.layers());
      entries.put("n_head", config.heads());
      entries.put("n_positions", config.context());
      entries.put("n_ctx", config.context());
      entries.put("layer_norm_epsilon", config.normEpsilon());
      entries.put("activation_function", "gelu_new");
    }
    entries.put("tie_word_embeddings", config.tied());
    entries.put("torch_dtype", "float32");
    entries.put(
        "bos_token_id", tokenizer.begin().isPresent() ? tokenizer.begin().getAsInt() : null);
    entries.put("eos_token_id", tokenizer.end().isPresent() ? tokenizer.end().getAsInt() : null);
    return entries;
  }

  private static Map<String, SafeTensors.Tensor> tensors(Transformer model) {
    float[] values = model.values();
    TransformerConfig config = model.config();
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec parameter : model.layout().parameters()) {
      if (config.architecture() == Architecture.LLAMA) {
        LlamaNames.add(tensors, parameter, values, config);
      } else {
        Gpt2Names.add(tensors, parameter, values);
      }
    }
    return tensors;
  }
}
