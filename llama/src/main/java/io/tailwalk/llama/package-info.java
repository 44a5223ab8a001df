/**
 * GGUF models in process: the language model on top of llama.cpp, with a KV cache kept along the
 * tree of prefixes. Native calls live in {@code ffi}, the file format in {@code gguf}.
 */
@NullMarked
package io.tailwalk.llama;

import org.jspecify.annotations.NullMarked;
