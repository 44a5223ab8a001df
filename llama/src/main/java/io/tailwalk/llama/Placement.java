package io.tailwalk.llama;

import io.tailwalk.llama.ffi.Device;
import io.tailwalk.llama.ffi.NativeModel;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a model is computed.
 *
 * @param offloaded layers on GPUs, the output layer counted as one; 0 if the processor computes
 *     everything
 * @param layers layers of the model, the output layer counted as one; 0 if {@code offloaded} is
 * @param devices the devices of the library, GPUs and others
 * @param library what the library says about itself
 */
public record Placement(int offloaded, int layers, List<Device> devices, String library) {
  /** Copies the list. */
  public Placement {
    devices = List.copyOf(devices);
  }

  static Placement of(NativeModel model) {
    return new Placement(
        model.offloadedLayers(),
        model.layers(),
        model.library().devices(),
        model.library().build().words());
  }

  /** Whether a GPU computes a part of the model. */
  public boolean isOnGpu() {
    return offloaded > 0;
  }

  /** One line, for example {@code 31 of 31 layers on CUDA0 (NVIDIA H200)}, or the processor. */
  public String words() {
    return isOnGpu()
        ? offloaded + " of " + layers + " layers on " + names(true)
        : names(false).isEmpty() ? "the processor" : names(false);
  }

  private String names(boolean gpus) {
    return devices.stream()
        .filter(device -> device.isGpu() == gpus)
        .map(Device::words)
        .collect(Collectors.joining(", "));
  }
}
