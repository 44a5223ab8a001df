package io.tailwalk.runs.checkpoints;

import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.ResponseOptions;
import java.util.List;

/**
 * Files of given responses.
 *
 * @param inputs the files
 * @param reading how they are read
 */
public record ResponseFiles(List<Input> inputs, ResponseOptions reading) {
  /** Keeps an immutable copy. */
  public ResponseFiles {
    inputs = List.copyOf(inputs);
  }
}
