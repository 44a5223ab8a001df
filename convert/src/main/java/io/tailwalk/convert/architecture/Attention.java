package io.tailwalk.convert.architecture;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.llama.gguf.GgufWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Sliding windows and soft caps of the attention.
 *
 * @param window tokens that a layer with a sliding window sees, if llama.cpp computes it
 * @param limit longest context in which a sliding window that llama.cpp does not compute has no
 *     effect
 * @param scoreCap soft cap of the attention's scores
 * @param logitCap soft cap of the logits
 */
public record Attention(
    OptionalInt window, OptionalInt limit, OptionalDouble scoreCap, OptionalDouble logitCap) {
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";
  private static final String WINDOW = "sliding_window";
  private static final String TYPES = "layer_types";

  /** Gemma 2 of 27 billion parameters, whose scale differs, is known by its layers. */
  private static final int LAYERS_OF_GEMMA2_27B = 46;

  private static final int LAYERS_OF_GEMMA3_27B = 62;

  static Attention of(JsonObject json, Family family, int layers, int headWidth, int share) {
    if (family == Family.GEMMA2 || family == Family.GEMMA3) {
      return gemma(json, family, layers, headWidth, share);
    }
    if (family == Family.GEMMA && json.flag("use_bidirectional_attention", false)) {
      throw json.unsupported("use_bidirectional_attention", "is true");
    }
    if (family == Family.SMOLLM3) {
      requireNoRope(json, layers);
    }
    OptionalInt window = json.whole(WINDOW);
    boolean slides =
        family == Family.MISTRAL
            ? window.isPresent()
            : json.flag("use_sliding_window", false) || types(json).contains(SLIDING);
    if (family == Family.MISTRAL && !types(json).isEmpty()) {
      slides = types(json).contains(SLIDING);
    }
    requireTypes(json, List.of());
    if (slides && window.isEmpty()) {
      throw json.wrong(WINDOW, "is missing");
    }
    return new Attention(
        OptionalInt.empty(),
        slides ? OptionalInt.of(json.size(WINDOW)) : OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static List<String> types(JsonObject json) {
    return json.list(TYPES).stream().map(type -> type.asString("")).toList();
  }

  private static void requireTypes(JsonObject json, List<String> expected) {
    List<String> types = types(json);
    if (!types.stream().allMatch(type -> type.equals(FULL) || type.equals(SLIDING))) {
      throw json.unsupported(TYPES, "has a type other than full and sliding attention");
    }
    if (!expected.isEmpty() && !types.isEmpty() && !types.equals(expected)) {
      throw json.unsupported(TYPES, "is not the order of layers that llama.cpp computes");
    }
  }

  private static void requireNoRope(JsonObject json, int layers) {
    List<Integer> rotated = json.wholes("no_rope_layers");
    List<Integer> expected = new ArrayList<>();
    for (int layer = 1; layer <= layers; layer++) {
      expected.add(layer % 4 == 0 ? 0 : 1);
    }
    boolean byInterval = json.whole("no_rope_layer_interval").orElse(4) == 4;
    if (rotated.isEmpty() ? !byInterval : !rotated.equals(expected)) {
      throw json.unsupported("no_rope_layers", "is not every fourth layer");
    }
  }

  private static Attention gemma(
      JsonObject json, Family family, int layers, int headWidth, int share) {
    int every = family == Family.GEMMA2 ? 2 : 6;
    List<String> expected = new ArrayList<>();
    for (int layer = 1; layer <= layers; layer++) {
      expected.add(layer % every == 0 ? FULL : SLIDING);
    }
    requireTypes(json, expected);
    for (String key : List.of("sliding_window_pattern", "_sliding_window_pattern")) {
      if (json.whole(key).orElse(every) != every) {
        throw json.unsupported(key, "is not " + every);
      }
    }
    if (json.flag("use_bidirectional_attention", false)) {
      throw json.unsupported("use_bidirectional_attention", "is true");
    }
    int large = family == Family.GEMMA2 ? LAYERS_OF_GEMMA2_27B : LAYERS_OF_GEMMA3_27B;
    int scale = layers == large ? share : headWidth;
    if (json.number("query_pre_attn_scalar").orElse(256) != scale) {
      throw json.unsupported(
          "query_pre_attn_scalar",
          "is not %d, as llama.cpp assumes for %d layers".formatted(scale, layers));
    }
    return new Attention(
        OptionalInt.of(json.size(WINDOW)),
        OptionalInt.empty(),
        cap(json, "attn_logit_softcapping", family),
        cap(json, "final_logit_softcapping", family));
  }

  /** llama.cpp caps both in Gemma 2 and neither in Gemma 3. */
  private static OptionalDouble cap(JsonObject json, String key, Family family) {
    OptionalDouble cap = json.number(key);
    if (cap.isPresent() != (family == Family.GEMMA2)) {
      throw json.unsupported(
          key, (cap.isPresent() ? "is set" : "is missing") + " in a " + family.className());
    }
    return cap;
  }

  /** Adds the entries of an architecture. */
  public void addTo(GgufWriter writer, String prefix) {
    window.ifPresent(size -> writer.uint32(prefix + "attention.sliding_window", size));
    scoreCap.ifPresent(cap -> writer.float32(prefix + "attn_logit_softcapping", cap));
    logitCap.ifPresent(cap -> writer.float32(prefix + "final_logit_softcapping", cap));
  }
}
