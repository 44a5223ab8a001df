package io.tailwalk.llama.gguf;

import io.tailwalk.llama.gguf.Architectures.Architecture;
import io.tailwalk.llama.gguf.Architectures.Rule;
import java.util.List;
import java.util.OptionalLong;

/** Sizes of attention heads and of their rotation that agree with each other. */
final class HeadCheck {
  private static final String HEADS = "attention.head_count";
  private static final String GROUPS = "attention.head_count_kv";

  private final GgufFile file;
  private final Architecture architecture;

  private HeadCheck(GgufFile file, Architecture architecture) {
    this.file = file;
    this.architecture = architecture;
  }

  static void require(GgufFile file, Architecture architecture, boolean ownLibrary) {
    if (architecture.has(Rule.PLAIN)) {
      return;
    }
    HeadCheck check = new HeadCheck(file, architecture);
    check.requireHeads();
    check.requireRotation();
    if (!ownLibrary) {
      check.requireForms();
    }
    if (architecture.has(Rule.WINDOW)) {
      OptionalLong window = file.hyperparameter("attention.sliding_window");
      check.require(window.isEmpty() || window.getAsLong() > 0, "attention.sliding_window", "is 0");
    }
  }

  private void requireHeads() {
    long width = file.hyperparameter("embedding_length").orElseThrow();
    long layers = file.hyperparameter("block_count").orElseThrow();
    List<Long> heads = perLayer(HEADS, layers);
    require(!heads.isEmpty(), HEADS, "is missing");
    List<Long> groups = perLayer(GROUPS, layers);
    boolean ownSize = file.hyperparameter("attention.key_length").isPresent();
    // Some layers of a "deci" have no attention.
    boolean some = heads.size() > 1 && heads.stream().anyMatch(count -> count > 0);
    for (int layer = 0; layer < heads.size(); layer++) {
      long count = heads.get(layer);
      require(count > 0 || some, HEADS, "is 0");
      require(
          count == 0 || (count <= width && (ownSize || width % count == 0)),
          HEADS,
          "is %d with an embedding length of %d".formatted(count, width));
      if (!groups.isEmpty()) {
        long shared = groups.get(Math.min(layer, groups.size() - 1));
        require(
            shared == 0 || count % shared == 0,
            GROUPS,
            "is %d with %d heads".formatted(shared, count));
      }
    }
  }

  /** One number for all layers, or one for each; empty if the key is missing. */
  private List<Long> perLayer(String key, long layers) {
    Object value = file.metadata().get(architecture.name() + "." + key);
    if (value instanceof GgufArray array) {
      require(
          array.length() == layers,
          key,
          "has %d numbers for %d layers".formatted(array.length(), layers));
      return array.values();
    }
    return value instanceof Long number ? List.of(number) : List.of();
  }

  private long size(String key) {
    OptionalLong own = file.hyperparameter(key);
    long layers = file.hyperparameter("block_count").orElseThrow();
    long count = perLayer(HEADS, layers).getFirst();
    return own.isPresent() || count == 0
        ? own.orElse(0)
        : file.hyperparameter("embedding_length").orElseThrow() / count;
  }

  private void requireRotation() {
    long key = size("attention.key_length");
    OptionalLong rotated = file.hyperparameter("rope.dimension_count");
    if (rotated.isPresent() && key > 0) {
      require(
          rotated.getAsLong() <= key && rotated.getAsLong() % 2 == 0,
          "rope.dimension_count",
          "is %d with heads of %d numbers".formatted(rotated.getAsLong(), key));
    }
  }

  /** What the code of the embedded library asserts. */
  private void requireForms() {
    long key = size("attention.key_length");
    long value = size("attention.value_length");
    require(
        !architecture.has(Rule.EQUAL) || key == value,
        "attention.value_length",
        "is %d with keys of %d numbers".formatted(value, key));
    long rotated = file.hyperparameter("rope.dimension_count").orElse(key);
    require(
        !architecture.has(Rule.WHOLE) || rotated == key,
        "rope.dimension_count",
        "is %d with heads of %d numbers".formatted(rotated, key));
  }

  private void require(boolean valid, String key, String fault) {
    if (!valid) {
      throw GgufCheck.wrong(file, architecture.name() + "." + key, fault);
    }
  }
}
