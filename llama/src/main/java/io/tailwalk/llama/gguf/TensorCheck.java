package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.ModelException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Storage types that llama.cpp computes with, and an embedding that agrees with the header. Names
 * and shapes of all tensors it checks itself, with a sentence.
 */
final class TensorCheck {
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

  private static final String EMBEDDING = "token_embd.weight";

  private TensorCheck() {}

  /**
   * Refuses a file with a tensor that ends the process.
   *
   * @param known whether its architecture is in the table, so that all tensors are weights
   */
  static void require(GgufFile file, boolean known) {
    if (!known) {
      return;
    }
    for (TensorInfo tensor : file.tensors()) {
      TensorType.ofId(tensor.typeId()).ifPresent(type -> requireType(file, tensor, type));
    }
    Optional<TensorInfo> embedding =
        file.tensors().stream().filter(tensor -> tensor.name().equals(EMBEDDING)).findFirst();
    embedding.ifPresent(tensor -> requireEmbedding(file, tensor));
    boolean split = file.metadata().get("split.count") instanceof Long count && count > 1;
    if (embedding.isEmpty() && !split) {
      throw wrong(file, EMBEDDING, "is missing");
    }
  }

  private static void requireType(GgufFile file, TensorInfo tensor, TensorType type) {
    boolean vector = tensor.extents().size() == 1 || tensor.name().endsWith("_norm.weight");
    if (NO_WEIGHTS.contains(type) || (vector && type != TensorType.F32)) {
      throw wrong(
          file, tensor.name(), "has the storage type %s, which it cannot have".formatted(type));
    }
  }

  private static void requireEmbedding(GgufFile file, TensorInfo tensor) {
    long width = file.hyperparameter("embedding_length").orElseThrow();
    List<Long> extents = tensor.extents();
    if (extents.size() != 2 || extents.getFirst() != width) {
      throw wrong(
          file,
          EMBEDDING,
          "has the shape %s with an embedding length of %d".formatted(extents, width));
    }
    long tokens =
        file.metadata().get("tokenizer.ggml.tokens") instanceof GgufArray list
            ? list.length()
            : file.hyperparameter("vocab_size").orElse(extents.getLast());
    if (extents.getLast() != tokens) {
      throw wrong(
          file, EMBEDDING, "has %d rows for %d tokens".formatted(extents.getLast(), tokens));
    }
  }

  private static ModelException wrong(GgufFile file, String tensor, String fault) {
    return new ModelException(
        "%s is damaged: the tensor %s %s; fetch the file again"
            .formatted(file.path(), tensor, fault));
  }
}
