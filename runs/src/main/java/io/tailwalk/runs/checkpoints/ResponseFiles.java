package io.tailwalk.runs.checkpoints;

import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.ResponseOptions;
import java.util.List;
import java.util.function.UnaryOperator;

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

  /** With the files changed, as by choosing columns. */
  public ResponseFiles with(UnaryOperator<List<Input>> change) {
    return new ResponseFiles(change.apply(inputs), reading);
  }
}
