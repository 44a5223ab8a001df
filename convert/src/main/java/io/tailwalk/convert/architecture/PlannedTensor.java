package io.tailwalk.convert.architecture;

import io.tailwalk.convert.weights.Change;
import java.util.List;

/**
 * A tensor of the file to be written.
 *
 * @param name its name in llama.cpp
 * @param source its name in the checkpoint
 * @param shape its extents, the last varies fastest
 * @param change how its numbers are changed
 */
public record PlannedTensor(String name, String source, List<Integer> shape, Change change) {
  /** Keeps an immutable copy of the shape. */
  public PlannedTensor {
    shape = List.copyOf(shape);
  }
}
