package io.tailwalk.convert.architecture;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.core.model.ModelException;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code config.json} says, checked: everything in it is converted, known to be harmless, or
 * refused.
 *
 * @param family the architecture
 * @param embedding numbers of a token's vector
 * @param feedForward width of the feed-forward layers
 * @param layers number of layers
 * @param heads number of attention heads
 * @param groups number of heads of keys and values
 * @param headWidth numbers of a head
 * @param vocabulary rows of the embedding
 * @param context longest sequence in tokens
 * @param epsilon added to variances by the norms
 * @param tied whether the output layer is the embedding
 * @param attentionBias whether queries, keys, values and the attention's output have biases
 * @param feedForwardBias whether the feed-forward layers have biases
 * @param rotation rotary positions
 * @param attention sliding window and soft caps
 */
public record ModelConfig(
    Family family,
    int embedding,
    int feedForward,
    int layers,
    int heads,
    int groups,
    int headWidth,
    int vocabulary,
    int context,
    double epsilon,
    boolean tied,
    boolean attentionBias,
    boolean feedForwardBias,
    Rotation rotation,
    Attention attention) {

  /** Far above every model, and few enough to plan. */
  private static final int MOST_LAYERS = 4096;

  /** Entries about training, saving and generating, not about what the model computes. */
  private static final Set<String> HARMLESS =
      Set.of(
          "_attn_implementation_autoset",
          "_name_or_path",
          "architectures",
          "attention_dropout",
          "auto_map",
          "bos_token_id",
          "cache_implementation",
          "chunk_size_feed_forward",
          "dtype",
          "eos_token_id",
          "hidden_dropout",
          "id2label",
          "initializer_range",
          "label2id",
          "max_new_tokens",
          "max_window_layers",
          "model_type",
          "no_rope_layer_interval",
          "output_attentions",
          "output_hidden_states",
          "pad_token_id",
          "pretraining_tp",
          "return_dict",
          "rms_norm_upcast",
          "tokenizer_class",
          "torch_dtype",
          "transformers_version",
          "transformers.js_config",
          "unsloth_fixed",
          "unsloth_version",
          "use_cache");

  /**
   * Reads a configuration.
   *
   * @throws ModelException in one sentence about an entry that is missing, malformed or not
   *     supported
   */
  public static ModelConfig of(JsonObject json) {
    Family family = Family.of(json);
    json.object("quantization_config")
        .ifPresent(quantized -> {
          throw json.unsupported(
              "quantization_config",
              "states that the weights are quantized"
                  + quantized.text("quant_method").map(" by %s"::formatted).orElse(""));
        });
    requireActivation(json, family);
    int embedding = json.size("hidden_size");
    int heads = json.size("num_attention_heads");
    int groups = family == Family.LLAMA ? json.whole("num_key_value_heads").orElse(heads) : 0;
    groups = groups > 0 ? groups : json.size("num_key_value_heads");
    boolean ownWidth = family.isGemma() || family == Family.QWEN3;
    int headWidth = ownWidth ? json.size("head_dim") : json.whole("head_dim").orElse(0);
    if (headWidth == 0) {
      headWidth = embedding / heads;
      if (embedding % heads != 0) {
        throw json.wrong("hidden_size", "is not a multiple of num_attention_heads");
      }
    }
    if (heads % groups != 0) {
      throw json.wrong("num_key_value_heads", "does not divide num_attention_heads");
    }
    if (headWidth % 2 != 0) {
      throw json.wrong("head_dim", "is odd");
    }
    int layers = json.size("num_hidden_layers");
    if (layers > MOST_LAYERS) {
      throw json.wrong("num_hidden_layers", "is above " + MOST_LAYERS);
    }
    int context = json.size("max_position_embeddings");
    Attention attention = Attention.of(json, family, layers, headWidth, embedding / heads);
    ModelConfig config =
        new ModelConfig(
            family,
            embedding,
            json.size("intermediate_size"),
            layers,
            heads,
            groups,
            headWidth,
            json.size("vocab_size"),
            attention.limit().isPresent()
                ? Math.min(context, attention.limit().getAsInt())
                : context,
            json.number("rms_norm_eps").orElseThrow(() -> json.wrong("rms_norm_eps", "is missing")),
            json.flag("tie_word_embeddings", family.isTiedByDefault()),
            attentionBias(json, family),
            feedForwardBias(json, family),
            Rotation.of(json, family, context, headWidth),
            attention);
    if (family.isGemma() && !config.tied) {
      throw json.unsupported("tie_word_embeddings", "is false in a Gemma");
    }
    json.requireOnly(HARMLESS);
    return config;
  }

  private static void requireActivation(JsonObject json, Family family) {
    if (!family.isGemma()) {
      String activation = json.text("hidden_act").orElse("silu");
      if (!activation.equals("silu")) {
        throw json.unsupported("hidden_act", "is " + activation + " instead of silu");
      }
      return;
    }
    // Gemma 1 was published with "gelu", which Transformers reads as its approximation by tanh.
    Optional<String> old = json.text("hidden_act").filter(name -> !name.equals("gelu"));
    String activation = json.text("hidden_activation").or(() -> old).orElse("gelu_pytorch_tanh");
    if (!activation.equals("gelu_pytorch_tanh")) {
      throw json.unsupported(
          "hidden_activation", "is " + activation + " instead of gelu_pytorch_tanh");
    }
  }

  private static boolean attentionBias(JsonObject json, Family family) {
    boolean bias = json.flag("attention_bias", family == Family.QWEN2);
    if (bias && family != Family.LLAMA && family != Family.QWEN2) {
      throw json.unsupported("attention_bias", "is true in a " + family.className());
    }
    return bias;
  }

  private static boolean feedForwardBias(JsonObject json, Family family) {
    boolean bias = json.flag("mlp_bias", false);
    if (bias && family != Family.LLAMA) {
      throw json.unsupported("mlp_bias", "is true in a " + family.className());
    }
    return bias;
  }
}
