package io.tailwalk.convert.architecture;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.records.TableException;
import java.util.Optional;
import java.util.Set;

/**
 * Rotary positions: feature pair i of a head turns by its position times theta^(-2 i / width), with
 * a change for longer contexts.
 *
 * @param theta the base
 * @param scaling the change
 */
public record Rotation(double theta, Scaling scaling) {
  private static final double LOCAL_THETA = 10_000;

  /** How the frequencies are changed for longer contexts. */
  public sealed interface Scaling {
    /** No change. */
    record None() implements Scaling {}

    /** All positions are divided by a factor. */
    record Linear(double factor) implements Scaling {}

    /** YaRN (Peng et al. 2023) with its default constants. */
    record Yarn(double factor, int originalContext) implements Scaling {}

    /** Llama 3.1's change of each frequency, as factors by which they are divided. */
    record Factors(java.util.List<Float> factors) implements Scaling {
      /** Keeps an immutable copy. */
      public Factors {
        factors = java.util.List.copyOf(factors);
      }
    }
  }

  /**
   * Reads {@code rope_parameters} of Transformers 5, or {@code rope_theta} and {@code rope_scaling}
   * of the versions before.
   */
  static Rotation of(JsonObject json, Family family, int context, int headWidth) {
    Optional<JsonObject> parameters = json.object("rope_parameters");
    Optional<JsonObject> old = json.object("rope_scaling");
    if (json.has("partial_rotary_factor")
        && json.number("partial_rotary_factor").orElseThrow() != 1) {
      throw json.unsupported("partial_rotary_factor", "is not 1");
    }
    if (family == Family.GEMMA3) {
      requireLocal(json, parameters);
      parameters =
          parameters.map(both ->
              both.object("full_attention")
                  .orElseThrow(() -> both.wrong("full_attention", "is missing")));
    }
    double theta =
        parameters.isPresent() && parameters.get().has("rope_theta")
            ? parameters.get().number("rope_theta").orElseThrow()
            : json.number("rope_theta").orElse(byDefault(family));
    if (theta <= 1) {
      throw json.wrong("rope_theta", "is not above 1");
    }
    // The newer form wins where a file has both, as in Transformers.
    json.number("rope_theta");
    Optional<JsonObject> source = parameters.or(() -> old);
    return new Rotation(
        theta,
        source.isPresent()
            ? scaling(source.get(), family, context, theta, headWidth)
            : new Scaling.None());
  }

  private static double byDefault(Family family) {
    return switch (family) {
      case GEMMA3 -> 1_000_000;
      case SMOLLM3 -> 2_000_000;
      default -> 10_000;
    };
  }

  /** The layers of Gemma 3 with a sliding window turn at a base that llama.cpp fixes. */
  private static void requireLocal(JsonObject json, Optional<JsonObject> parameters) {
    double theta = json.number("rope_local_base_freq").orElse(LOCAL_THETA);
    Optional<JsonObject> local = parameters.flatMap(both -> both.object("sliding_attention"));
    if (local.isPresent()) {
      theta = local.get().number("rope_theta").orElse(theta);
      if (!local.get().text("rope_type").orElse("default").equals("default")) {
        throw local.get().unsupported("rope_type", "is not default");
      }
      local.get().requireOnly(Set.of());
    }
    if (theta != LOCAL_THETA) {
      throw json.unsupported(
          "rope_local_base_freq (the base of the layers with a sliding window)",
          "is " + theta + " instead of 10000");
    }
    parameters.ifPresent(both -> {
      both.node("full_attention");
      both.requireOnly(Set.of());
    });
  }

  private static Scaling scaling(
      JsonObject json, Family family, int context, double theta, int headWidth) {
    String type = json.text("rope_type").or(() -> json.text("type")).orElse("default");
    json.text("type");
    if (json.number("partial_rotary_factor").orElse(1) != 1) {
      throw json.unsupported("partial_rotary_factor", "is not 1");
    }
    json.number("rope_theta");
    Scaling scaling =
        switch (type) {
          case "default" -> new Scaling.None();
          case "linear" -> new Scaling.Linear(factor(json));
          case "yarn" -> yarn(json, family, context);
          case "llama3" -> factors(json, family, context, theta, headWidth);
          default ->
              throw json.unsupported(
                  "rope_type", "is " + TableException.quoted(type) + ", a scaling of positions");
        };
    json.requireOnly(Set.of());
    return scaling;
  }

  private static double factor(JsonObject json) {
    double factor = json.number("factor").orElseThrow(() -> json.wrong("factor", "is missing"));
    if (factor < 1) {
      throw json.wrong("factor", "is below 1");
    }
    return factor;
  }

  private static Scaling yarn(JsonObject json, Family family, int context) {
    if (family.isGemma()) {
      throw json.unsupported("rope_type", "is yarn in a " + family.className());
    }
    double factor = factor(json);
    double attention = json.number("attention_factor").orElse(0.1 * Math.log(factor) + 1);
    if (json.number("beta_fast").orElse(32) != 32
        || json.number("beta_slow").orElse(1) != 1
        || Math.abs(attention - 0.1 * Math.log(factor) - 1) > 1e-6
        || json.has("mscale")
        || json.has("mscale_all_dim")
        || !json.flag("truncate", true)) {
      throw json.unsupported("rope_type", "is yarn with constants other than the default ones");
    }
    return new Scaling.Yarn(factor, json.whole("original_max_position_embeddings").orElse(context));
  }

  /**
   * The factors of Llama 3.1: waves shorter than the original context by {@code high_freq_factor}
   * keep their frequency, those longer than by {@code low_freq_factor} are slowed by {@code
   * factor}, those between change smoothly (Transformers, {@code _compute_llama3_parameters}).
   */
  private static Scaling factors(
      JsonObject json, Family family, int context, double theta, int headWidth) {
    if (family != Family.LLAMA && family != Family.MISTRAL) {
      throw json.unsupported("rope_type", "is llama3 in a " + family.className());
    }
    double factor = factor(json);
    double low = json.number("low_freq_factor").orElse(1);
    double high = json.number("high_freq_factor").orElse(4);
    double original = json.whole("original_max_position_embeddings").orElse(context);
    if (low <= 0 || high <= low) {
      throw json.wrong("high_freq_factor", "is not above low_freq_factor");
    }
    java.util.List<Float> factors = new java.util.ArrayList<>();
    for (int i = 0; i < headWidth / 2; i++) {
      double wave = 2 * Math.PI * Math.pow(theta, 2.0 * i / headWidth);
      double smooth = Math.clamp((original / wave - low) / (high - low), 0, 1);
      factors.add((float) (1 / ((1 - smooth) / factor + smooth)));
    }
    return new Scaling.Factors(factors);
  }

  /** Adds the entries of an architecture. */
  public void addTo(GgufWriter writer, String prefix, int headWidth) {
    writer.uint32(prefix + "rope.dimension_count", headWidth);
    writer.float32(prefix + "rope.freq_base", theta);
    switch (scaling) {
      case Scaling.None _, Scaling.Factors _ -> {}
      case Scaling.Linear(double factor) -> {
        writer.text(prefix + "rope.scaling.type", "linear");
        writer.float32(prefix + "rope.scaling.factor", factor);
      }
      case Scaling.Yarn(double factor, int original) -> {
        writer.text(prefix + "rope.scaling.type", "yarn");
        writer.float32(prefix + "rope.scaling.factor", factor);
        writer.uint32(prefix + "rope.scaling.original_context_length", original);
      }
    }
  }
}
