package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.ModelException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requirements on the header of a low-rank adapter (LoRA): it belongs to the model's architecture,
 * and its matrices come in pairs whose shapes fit a weight of the model. llama.cpp ignores what it
 * does not expect in some of these places, or ends the process.
 */
public final class AdapterCheck {
  private static final String A = ".lora_a";
  private static final String B = ".lora_b";
  private static final String ALPHA = "adapter.lora.alpha";
  private static final String EMBEDDING = "token_embd.weight";

  /** Types of intermediate results and of indices. */
  private static final Set<TensorType> NO_WEIGHTS =
      EnumSet.of(
          TensorType.Q8_1,
          TensorType.Q8_K,
          TensorType.I8,
          TensorType.I16,
          TensorType.I32,
          TensorType.I64,
          TensorType.F64);

  private AdapterCheck() {}

  /**
   * Whether a file states that it is an adapter.
   *
   * @param file header of a GGUF file
   */
  public static boolean isAdapter(GgufFile file) {
    return file.string("general.type").filter("adapter"::equals).isPresent();
  }

  /**
   * Refuses a file that is not a low-rank adapter of a model.
   *
   * @throws ModelException that names the invalid entry
   */
  public static void require(GgufFile adapter, GgufFile model) {
    GgufTypes.require(adapter);
    requireKeys(adapter, model);
    if (adapter.tensors().isEmpty()) {
      throw wrong(adapter, "it has no tensors");
    }
    Map<String, TensorInfo> weights = weights(model);
    Map<String, TensorInfo> own = byName(adapter);
    for (TensorInfo tensor : adapter.tensors()) {
      requirePair(adapter, tensor, own, weights);
    }
  }

  private static void requireKeys(GgufFile adapter, GgufFile model) {
    if (!isAdapter(adapter)) {
      throw new ModelException(
          adapter.path()
              + " is not an adapter (general.type is not \"adapter\"); give a LoRA adapter in GGUF,"
              + " as llama.cpp's convert_lora_to_gguf.py writes it");
    }
    if (adapter.string("adapter.type").filter("lora"::equals).isEmpty()) {
      throw new ModelException(
          adapter.path()
              + " is an adapter of another kind (adapter.type is not \"lora\"); give a LoRA adapter");
    }
    String wanted = model.architecture().orElse("");
    String found = adapter.architecture().orElse("");
    if (!found.equals(wanted)) {
      throw new ModelException(
          "%s is an adapter for models of the architecture '%s', and %s is '%s'; give one made for this model"
              .formatted(adapter.path(), shown(found), model.path(), wanted));
    }
    Object alpha = adapter.metadata().get(ALPHA);
    if (alpha != null && !(alpha instanceof Double number && Double.isFinite(number))) {
      throw wrong(adapter, ALPHA + " is not a finite number");
    }
    if (adapter.metadata().containsKey("adapter.alora.invocation_tokens")) {
      throw new ModelException(
          adapter.path()
              + " is an activated LoRA, which applies only behind certain tokens and is not"
              + " supported; give a plain LoRA adapter");
    }
  }

  /** The weights of a model, from all of its files. */
  private static Map<String, TensorInfo> weights(GgufFile model) {
    Map<String, TensorInfo> all = new HashMap<>();
    for (Path part : ModelParts.of(model)) {
      all.putAll(byName(part.equals(model.path()) ? model : GgufFile.read(part)));
    }
    return all;
  }

  private static Map<String, TensorInfo> byName(GgufFile file) {
    Map<String, TensorInfo> all = new HashMap<>();
    file.tensors().forEach(tensor -> all.put(tensor.name(), tensor));
    return all;
  }

  private static void requirePair(
      GgufFile adapter,
      TensorInfo tensor,
      Map<String, TensorInfo> own,
      Map<String, TensorInfo> weights) {
    String name = tensor.name();
    if (!name.endsWith(A) && !name.endsWith(B)) {
      throw wrong(
          adapter, "the tensor %s is not a matrix of a low-rank change".formatted(shown(name)));
    }
    String base = name.substring(0, name.length() - A.length());
    Optional<TensorInfo> a = Optional.ofNullable(own.get(base + A));
    Optional<TensorInfo> b = Optional.ofNullable(own.get(base + B));
    if (a.isEmpty() || b.isEmpty()) {
      throw wrong(adapter, "%s has only one of its two matrices".formatted(shown(base)));
    }
    Optional<TensorType> type = TensorType.ofId(tensor.typeId());
    if (type.isEmpty() || NO_WEIGHTS.contains(type.get())) {
      throw wrong(adapter, "the tensor %s has a storage type of no weights".formatted(shown(name)));
    }
    TensorInfo weight = weights.get(base);
    if (weight == null || weight.extents().size() < 2) {
      throw new ModelException(
          "%s changes %s, and the model has no such matrix; give an adapter made for this model"
              .formatted(adapter.path(), shown(base)));
    }
    if (name.endsWith(A) && !fits(base, a.get().extents(), b.get().extents(), weight.extents())) {
      throw new ModelException(
          "%s changes %s by matrices of the shapes %s and %s, which do not fit the model's %s; give an adapter made for this model"
              .formatted(
                  adapter.path(),
                  shown(base),
                  a.get().extents(),
                  b.get().extents(),
                  weight.extents()));
    }
  }

  /** Shapes as in GGUF, the extent that varies fastest first; further extents count experts. */
  private static boolean fits(String base, List<Long> a, List<Long> b, List<Long> weight) {
    if (a.size() != weight.size() || b.size() != weight.size()) {
      return false;
    }
    for (int i = 2; i < weight.size(); i++) {
      if (!a.get(i).equals(weight.get(i)) || !b.get(i).equals(weight.get(i))) {
        return false;
      }
    }
    // Rows of an embedding are looked up, so its A is stored transposed.
    return base.equals(EMBEDDING)
        ? a.get(1).equals(weight.get(1))
            && b.get(1).equals(weight.get(0))
            && a.getFirst().equals(b.getFirst())
        : a.getFirst().equals(weight.getFirst())
            && b.get(1).equals(weight.get(1))
            && a.get(1).equals(b.getFirst());
  }

  /** A text from the file, without control characters. */
  private static String shown(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  private static ModelException wrong(GgufFile adapter, String fault) {
    return new ModelException(
        "%s is damaged or not a LoRA adapter: %s; fetch the file again"
            .formatted(adapter.path(), fault));
  }
}
