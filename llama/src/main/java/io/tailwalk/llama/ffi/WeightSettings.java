package io.tailwalk.llama.ffi;

import java.util.List;

/**
 * Settings of loaded weights. Those of GPUs are written only for a library that has one.
 *
 * @param memoryMap whether the file is mapped instead of read
 * @param gpuLayers layers that are offloaded to GPUs, at least 0; 0 keeps every computation on the
 *     processor
 * @param mainGpu place of the GPU that has all layers if {@code splitMode} is 0
 * @param splitMode llama.cpp's number of the way in which GPUs share a model
 * @param tensorSplit shares of the GPUs; empty for the library's choice by memory
 */
public record WeightSettings(
    boolean memoryMap, int gpuLayers, int mainGpu, int splitMode, List<Float> tensorSplit) {
  /** Copies the list. */
  public WeightSettings {
    tensorSplit = List.copyOf(tensorSplit);
  }

  /** Everything on the processor. */
  public static WeightSettings onProcessor(boolean memoryMap) {
    return new WeightSettings(memoryMap, 0, 0, 1, List.of());
  }
}
