package io.tailwalk.convert.architecture;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.records.TableException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The architectures that can be converted. */
public enum Family {
  /** Llama and what has its form: SmolLM2, TinyLlama, Yi, DeepSeek LLM. */
  LLAMA("LlamaForCausalLM", "llama"),
  /** Mistral: Llama's form, sometimes with a sliding window. */
  MISTRAL("MistralForCausalLM", "llama"),
  /** Qwen 2 and 2.5: biases on queries, keys and values. */
  QWEN2("Qwen2ForCausalLM", "qwen2"),
  /** Qwen 3: norms on queries and keys. */
  QWEN3("Qwen3ForCausalLM", "qwen3"),
  /** SmolLM3: every fourth layer without rotation. */
  SMOLLM3("SmolLM3ForCausalLM", "smollm3"),
  /** Gemma 1. */
  GEMMA("GemmaForCausalLM", "gemma"),
  /** Gemma 2: soft caps, and a sliding window in every other layer. */
  GEMMA2("Gemma2ForCausalLM", "gemma2"),
  /** Gemma 3, text only: a sliding window in five of six layers. */
  GEMMA3("Gemma3ForCausalLM", "gemma3");

  private final String className;
  private final String gguf;

  Family(String className, String gguf) {
    this.className = className;
    this.gguf = gguf;
  }

  /**
   * The architecture that a {@code config.json} names.
   *
   * @throws ModelException that names the architecture if it is another one
   */
  public static Family of(JsonObject config) {
    List<JsonNode> names = config.list("architectures");
    String name = names.size() == 1 ? names.getFirst().asString("") : "";
    if (names.size() != 1) {
      throw config.wrong("architectures", "does not name one architecture");
    }
    return Arrays.stream(values())
        .filter(family -> family.className.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ModelException(
                "%s names the architecture %s, which cannot be converted (only %s); use a GGUF file of this model"
                    .formatted(
                        config.file(),
                        TableException.quoted(name),
                        Arrays.stream(values())
                            .map(family -> family.className)
                            .collect(Collectors.joining(", ")))));
  }

  /** The name of llama.cpp. */
  public String gguf() {
    return gguf;
  }

  /** The name of the class in Transformers. */
  public String className() {
    return className;
  }

  /** Whether this is one of the three generations of Gemma. */
  boolean isGemma() {
    return this == GEMMA || this == GEMMA2 || this == GEMMA3;
  }

  /** Whether llama.cpp turns neighbouring pairs of features, so that rows change places. */
  boolean turnsPairs() {
    return this == LLAMA || this == MISTRAL || this == SMOLLM3;
  }

  /** Whether the output layer is the embedding if the configuration does not state it. */
  boolean isTiedByDefault() {
    return isGemma() || this == SMOLLM3;
  }

  /** Whether queries and keys are normalised. */
  boolean hasHeadNorms() {
    return this == QWEN3 || this == GEMMA3;
  }

  /** Whether attention and feed-forward results are normalised too. */
  boolean hasPostNorms() {
    return this == GEMMA2 || this == GEMMA3;
  }
}
