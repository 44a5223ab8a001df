package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.ModelException;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Requirements on a header so that llama.cpp loads the model and does not abort the process:
 * consistent sizes of the architecture.
 */
public final class GgufCheck {
  private static final long MAX_SIZE = 1L << 28;
  private static final long MAX_LAYERS = 512;
  private static final Set<Long> GEMMA2_LAYERS = Set.of(26L, 42L, 46L);

  private GgufCheck() {}

  /**
   * Refuses a file whose header contradicts itself, or whose model does not predict a next token.
   *
   * @throws ModelException that names the invalid entry
   */
  public static void requireUsable(GgufFile file) {
    GgufTypes.require(file);
    String architecture =
        file.architecture()
            .orElseThrow(() ->
                new ModelException(
                    file.path()
                        + " does not name its architecture (general.architecture), so it is not a"
                        + " language model; fetch another file"));
    GgufPurpose.requireNextToken(file, architecture);
    if (file.tensors().isEmpty()) {
      throw new ModelException(
          file.path() + " has a header for " + architecture + " but no weights; download it again");
    }
    requireSize(file, "context_length", MAX_SIZE);
    requireSize(file, "embedding_length", MAX_SIZE);
    requireSize(file, "block_count", MAX_LAYERS);
    requireOptionalSize(file, "feed_forward_length", MAX_SIZE);
    requireHeads(file);
    requireNumbers(file, architecture + ".");
    requireTokenizer(file);
    if (architecture.equals("gemma2")) {
      requireGemma2Layers(file);
    }
  }

  /**
   * The scale of its attention depends on its size, which llama.cpp tells by the number of layers.
   */
  private static void requireGemma2Layers(GgufFile file) {
    long layers = requireSize(file, "block_count", MAX_LAYERS);
    if (!GEMMA2_LAYERS.contains(layers)) {
      throw new ModelException(
          "%s is a gemma2 of %d layers, and llama.cpp supports only those of 26, 42 and 46; use another model"
              .formatted(file.path(), layers));
    }
  }

  private static long requireSize(GgufFile file, String key, long max) {
    OptionalLong value = file.hyperparameter(key);
    if (value.isEmpty() || value.getAsLong() < 1 || value.getAsLong() > max) {
      throw contradiction(file, key, value);
    }
    return value.getAsLong();
  }

  private static void requireOptionalSize(GgufFile file, String key, long max) {
    OptionalLong value = file.hyperparameter(key);
    if (value.isPresent() && (value.getAsLong() < 0 || value.getAsLong() > max)) {
      throw contradiction(file, key, value);
    }
  }

  private static void requireHeads(GgufFile file) {
    long width = requireSize(file, "embedding_length", MAX_SIZE);
    OptionalLong heads = file.hyperparameter("attention.head_count");
    if (heads.isEmpty() || heads.getAsLong() == 0) {
      return;
    }
    boolean ownHeadSize = file.hyperparameter("attention.key_length").isPresent();
    if (heads.getAsLong() < 0
        || heads.getAsLong() > width
        || (!ownHeadSize && width % heads.getAsLong() != 0)) {
      throw contradiction(file, "attention.head_count", heads);
    }
    OptionalLong groups = file.hyperparameter("attention.head_count_kv");
    if (groups.isPresent()
        && (groups.getAsLong() < 0
            || (groups.getAsLong() > 0 && heads.getAsLong() % groups.getAsLong() != 0))) {
      throw contradiction(file, "attention.head_count_kv", groups);
    }
    requireOptionalSize(file, "attention.key_length", MAX_SIZE);
    requireOptionalSize(file, "attention.value_length", MAX_SIZE);
    requireOptionalSize(file, "rope.dimension_count", MAX_SIZE);
  }

  /** The computation ends the process at a negative epsilon, and knows no probability after NaN. */
  private static void requireNumbers(GgufFile file, String prefix) {
    file.metadata()
        .forEach((key, value) -> {
          if (!key.startsWith(prefix)) {
            return;
          }
          boolean epsilon = key.endsWith("epsilon");
          boolean valid =
              switch (value) {
                case Double number -> Double.isFinite(number) && !(epsilon && number < 0);
                default -> !epsilon;
              };
          if (!valid) {
            throw new ModelException(
                "%s is damaged: %s is %s, not a %s; fetch the file again"
                    .formatted(
                        file.path(),
                        key,
                        value instanceof Double ? value : "of another type",
                        epsilon ? "small positive number" : "number"));
          }
        });
  }

  private static void requireTokenizer(GgufFile file) {
    if (file.tokenizer().filter("bert"::equals).isPresent()) {
      throw new ModelException(
          file.path()
              + " has a WordPiece tokenizer (tokenizer.ggml.model is \"bert\"), which only encoders"
              + " have, and they predict no next token; fetch another file");
    }
    if (!(file.metadata().get("tokenizer.ggml.tokens") instanceof GgufArray tokens)) {
      return;
    }
    for (String key : new String[] {"scores", "token_type"}) {
      if (file.metadata().get("tokenizer.ggml." + key) instanceof GgufArray array
          && array.length() != tokens.length()) {
        throw new ModelException(
            file.path()
                + " is damaged: "
                + tokens.length()
                + " tokens but "
                + array.length()
                + " entries in tokenizer.ggml."
                + key
                + "; fetch the file again");
      }
    }
  }

  private static ModelException contradiction(GgufFile file, String key, OptionalLong value) {
    return new ModelException(
        file.path()
            + " is damaged or not a language model: "
            + file.architecture().orElse("")
            + "."
            + key
            + " is "
            + (value.isPresent() ? Long.toString(value.getAsLong()) : "missing")
            + "; fetch the file again");
  }
}
