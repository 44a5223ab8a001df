package io.tailwalk.llama;

import java.nio.file.Path;

/**
 * A low-rank adapter (LoRA, arXiv 2106.09685) of a GGUF model: a GGUF file of the type {@code
 * adapter} whose matrices {@code A} and {@code B} change weights {@code W} to {@code W + scale
 * (alpha / rank) B A}; without an {@code alpha} in the file, to {@code W + scale B A}.
 *
 * @param file the adapter's file
 * @param scale factor of the change, finite; 1 for the adapter as trained
 */
public record LoraAdapter(Path file, double scale) {
  /** Refuses a scale that is not finite as a float, which llama.cpp computes with. */
  public LoraAdapter {
    if (!Float.isFinite((float) scale)) {
      throw new IllegalArgumentException(
          "the scale of the adapter " + file + " must be a finite number, got " + scale);
    }
  }
}
