package io.tailwalk.llama.gguf;

/**
 * Location of a tensor in a GGUF file.
 *
 * @param name its name
 * @param elements number of elements
 * @param typeId ggml number of its storage type
 * @param offset first byte, counted from the start of the tensor data
 * @param bytes size in bytes; -1 if the storage type is unknown
 */
public record TensorInfo(String name, long elements, int typeId, long offset, long bytes) {}
