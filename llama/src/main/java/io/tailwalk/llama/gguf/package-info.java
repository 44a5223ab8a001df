/** The GGUF file format, read and checked in Java before any native code sees a file. */
@NullMarked
package io.tailwalk.llama.gguf;

import org.jspecify.annotations.NullMarked;
