package io.tailwalk.convert.architecture;

import io.tailwalk.convert.weights.Change;
import java.util.ArrayList;
import java.util.List;

/** The tensors of a model: llama.cpp's names, Transformers' names and shapes. */
public final class TensorPlan {
  private final ModelConfig config;
  private final List<PlannedTensor> tensors = new ArrayList<>();

  private TensorPlan(ModelConfig config) {
    this.config = config;
  }

  /** All tensors of a model, in the order in which they are written. */
  public static List<PlannedTensor> of(ModelConfig config) {
    TensorPlan plan = new TensorPlan(config);
    plan.add(
        "token_embd.weight", "model.embed_tokens.weight", config.vocabulary(), config.embedding());
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.attention("blk." + layer + ".", "model.layers." + layer + ".");
      plan.feedForward("blk." + layer + ".", "model.layers." + layer + ".");
    }
    plan.norm("output_norm.weight", "model.norm.weight", config.embedding());
    if (!config.tied()) {
      plan.add("output.weight", "lm_head.weight", config.vocabulary(), config.embedding());
    }
    return List.copyOf(plan.tensors);
  }

  private void attention(String to, String from) {
    int width = config.headWidth();
    int wide = config.heads() * width;
    int narrow = config.groups() * width;
    int embedding = config.embedding();
    String self = from + "self_attn.";
    Change turned = config.family().turnsPairs() ? Change.pairs(width) : Change.NONE;
    norm(to + "attn_norm.weight", from + "input_layernorm.weight", embedding);
    add(to + "attn_q.weight", self + "q_proj.weight", List.of(wide, embedding), turned);
    add(to + "attn_k.weight", self + "k_proj.weight", List.of(narrow, embedding), turned);
    add(to + "attn_v.weight", self + "v_proj.weight", narrow, embedding);
    add(to + "attn_output.weight", self + "o_proj.weight", embedding, wide);
    if (config.attentionBias()) {
      add(to + "attn_q.bias", self + "q_proj.bias", List.of(wide), turned);
      add(to + "attn_k.bias", self + "k_proj.bias", List.of(narrow), turned);
      add(to + "attn_v.bias", self + "v_proj.bias", narrow);
      // Qwen 2 has no bias there.
      if (config.family() == Family.LLAMA) {
        add(to + "attn_output.bias", self + "o_proj.bias", embedding);
      }
    }
    if (config.family().hasHeadNorms()) {
      norm(to + "attn_q_norm.weight", self + "q_norm.weight", width);
      norm(to + "attn_k_norm.weight", self + "k_norm.weight", width);
    }
    if (config.family().hasPostNorms()) {
      norm(to + "post_attention_norm.weight", from + "post_attention_layernorm.weight", embedding);
    }
  }

  private void feedForward(String to, String from) {
    int embedding = config.embedding();
    int wide = config.feedForward();
    String perceptron = from + "mlp.";
    boolean post = config.family().hasPostNorms();
    norm(
        to + "ffn_norm.weight",
        from + (post ? "pre_feedforward_layernorm.weight" : "post_attention_layernorm.weight"),
        embedding);
    add(to + "ffn_gate.weight", perceptron + "gate_proj.weight", wide, embedding);
    add(to + "ffn_up.weight", perceptron + "up_proj.weight", wide, embedding);
    add(to + "ffn_down.weight", perceptron + "down_proj.weight", embedding, wide);
    if (config.feedForwardBias()) {
      add(to + "ffn_gate.bias", perceptron + "gate_proj.bias", wide);
      add(to + "ffn_up.bias", perceptron + "up_proj.bias", wide);
      add(to + "ffn_down.bias", perceptron + "down_proj.bias", embedding);
    }
    if (post) {
      norm(to + "post_ffw_norm.weight", from + "post_feedforward_layernorm.weight", embedding);
    }
  }

  private void norm(String to, String from, int size) {
    add(to, from, List.of(size), config.family().isGemma() ? Change.PLUS_ONE : Change.NONE);
  }

  private void add(String to, String from, Integer... shape) {
    add(to, from, List.of(shape), Change.NONE);
  }

  private void add(String to, String from, List<Integer> shape, Change change) {
    tensors.add(new PlannedTensor(to, from, shape, change));
  }
}
