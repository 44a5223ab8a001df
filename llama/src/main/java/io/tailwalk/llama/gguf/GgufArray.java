package io.tailwalk.llama.gguf;

/**
 * An array in a GGUF header; its contents stay in the file.
 *
 * @param elementType GGUF type number of the elements
 * @param length number of elements
 */
public record GgufArray(int elementType, long length) {}
