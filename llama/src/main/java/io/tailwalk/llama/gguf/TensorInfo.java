package io.tailwalk.llama.gguf;

/**
 * Where a tensor of a GGUF file lies.
 *
 * @param name its name
 * @param elements how many numbers it holds
 * @param typeId ggml number of its storage type
 * @param offset first byte, counted from the start of the tensor data
 * @param bytes how many bytes it takes; -1 when the storage type is not known here
 */
public record TensorInfo(String name, long elements, int typeId, long offset, long bytes) {}
