package io.tailwalk.llama.ffi;

/**
 * A device that a library can compute on.
 *
 * @param name llama.cpp's name, for example {@code CUDA0} or {@code CPU}
 * @param description the name of the hardware
 * @param isGpu whether layers of a model can be offloaded to it
 * @param memoryBytes its memory, or the share of it that may be used; 0 if unknown
 */
public record Device(String name, String description, boolean isGpu, long memoryBytes) {
  /** Name and hardware on one line. */
  public String words() {
    String shown = description.strip().replaceAll("\\p{C}", " ");
    return shown.isEmpty() || shown.equals(name) ? name : name + " (" + shown + ")";
  }
}
