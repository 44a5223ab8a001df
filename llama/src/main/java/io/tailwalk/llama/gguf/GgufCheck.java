package io.tailwalk.llama.gguf;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.engine.Engines;
import io.tailwalk.llama.gguf.Architectures.Architecture;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Requirements on a header so that llama.cpp loads the model and does not end the process: the keys
 * and tensors that it reads have the right types and ranges, and the sizes of the architecture are
 * consistent.
 */
public final class GgufCheck {
  private GgufCheck() {}

  /**
   * Refuses a file whose header contradicts itself, whose model does not predict a next token, or
   * whose architecture the embedded library does not know.
   *
   * @throws ModelException that names the invalid entry
   */
  public static void requireUsable(GgufFile file) {
    requireUsable(file, false);
  }

  /**
   * The same for a library that may be newer than the embedded one, if {@code ownLibrary}: it may
   * know more architectures, and more forms of those in the table.
   *
   * @throws ModelException that names the invalid entry
   */
  public static void requireUsable(GgufFile file, boolean ownLibrary) {
    GgufTypes.require(file);
    if (AdapterCheck.isAdapter(file)) {
      throw new ModelException(
          file.path()
              + " is an adapter, not a model; open the model that it changes, with the adapter added"
              + " (--lora, or LlamaOptions.withAdapters)");
    }
    String name =
        file.architecture()
            .orElseThrow(() ->
                new ModelException(
                    file.path()
                        + " does not name its architecture (general.architecture), so it is not a"
                        + " language model; fetch another file"));
    GgufPurpose.requireNextToken(file, name);
    if (file.tensors().isEmpty()) {
      throw new ModelException(
          file.path() + " has a header for " + name + " but no weights; download it again");
    }
    Architecture architecture = Architectures.KNOWN.models().get(name);
    if (architecture == null && !ownLibrary) {
      throw new ModelException(
          "llama.cpp cannot load %s: unknown model architecture '%s' in the embedded library; a newer library may know it: %s"
              .formatted(file.path(), name, Engines.newer()));
    }
    if (architecture != null) {
      requireLayers(file, architecture);
      requireKeys(file, architecture);
      HeadCheck.require(file, architecture, ownLibrary);
      requireExperts(file);
    }
    TokenizerCheck.require(file);
    TensorCheck.require(file, architecture != null);
  }

  private static void requireKeys(GgufFile file, Architecture architecture) {
    String prefix = architecture.name() + ".";
    for (Map.Entry<String, KeyRule> entry : Architectures.KNOWN.keys().entrySet()) {
      Object value = file.metadata().get(prefix + entry.getKey());
      if (value == null && architecture.required().contains(entry.getKey())) {
        throw wrong(file, prefix + entry.getKey(), "is missing");
      }
      Optional<String> fault = value == null ? Optional.empty() : entry.getValue().fault(value);
      if (fault.isPresent()) {
        throw wrong(file, prefix + entry.getKey(), fault.get());
      }
    }
  }

  /** The scale of some attentions depends on the size, which llama.cpp tells by the layers. */
  private static void requireLayers(GgufFile file, Architecture architecture) {
    long layers = file.hyperparameter("block_count").orElse(0);
    if (layers > 0 && !architecture.layers().isEmpty() && !architecture.layers().contains(layers)) {
      throw new ModelException(
          "%s is a %s of %d layers, and llama.cpp supports only those of %s; use another model"
              .formatted(file.path(), architecture.name(), layers, listed(architecture)));
    }
    if (layers > 0 && layers < architecture.least()) {
      throw new ModelException(
          "%s is a %s of %d %s, and llama.cpp supports only those of %d and more; use another model"
              .formatted(
                  file.path(),
                  architecture.name(),
                  layers,
                  Plural.noun(layers, "layer"),
                  architecture.least()));
    }
    OptionalLong dense = file.hyperparameter("leading_dense_block_count");
    if (layers > 0 && dense.isPresent() && dense.getAsLong() > layers) {
      throw wrong(
          file,
          architecture.name() + ".leading_dense_block_count",
          "is %d of %d layers".formatted(dense.getAsLong(), layers));
    }
  }

  private static String listed(Architecture architecture) {
    String all =
        new TreeSet<>(architecture.layers())
            .stream().map(String::valueOf).collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " and " + all.substring(last + 2);
  }

  private static void requireExperts(GgufFile file) {
    long experts = file.hyperparameter("expert_count").orElse(0);
    long used = file.hyperparameter("expert_used_count").orElse(0);
    if (used > experts || (used == 0) != (experts == 0)) {
      throw wrong(
          file,
          file.architecture().orElseThrow() + ".expert_used_count",
          "is %d of %d experts".formatted(used, experts));
    }
  }

  /** A sentence about an entry. */
  static ModelException wrong(GgufFile file, String key, String fault) {
    return new ModelException(
        "%s is damaged or not a language model: %s %s; fetch the file again"
            .formatted(file.path(), key, fault));
  }
}
