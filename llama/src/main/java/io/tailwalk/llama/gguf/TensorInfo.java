package io.tailwalk.llama.gguf;

import java.util.List;

/**
 * Location of a tensor in a GGUF file.
 *
 * @param name its name
 * @param extents its shape, the extent that varies fastest first
 * @param elements number of elements
 * @param typeId ggml number of its storage type
 * @param offset first byte, counted from the start of the tensor data
 * @param bytes size in bytes; -1 if the storage type is unknown
 */
public record TensorInfo(
    String name, List<Long> extents, long elements, int typeId, long offset, long bytes) {
  /** Keeps an immutable copy. */
  public TensorInfo {
    extents = List.copyOf(extents);
  }

  /** A tensor of one dimension. */
  public TensorInfo(String name, long elements, int typeId, long offset, long bytes) {
    this(name, List.of(elements), elements, typeId, offset, bytes);
  }
}
