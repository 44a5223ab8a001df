package io.tailwalk.tables.scores;

import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file, and the model's name if the user gave one with it.
 *
 * @param model the name before {@code =}
 * @param input the file
 */
record NamedInput(Optional<String> model, Input input) {
  /** The files of several names; only a name that no file has is split at {@code =}. */
  static List<NamedInput> of(List<String> names) {
    List<NamedInput> inputs = new ArrayList<>();
    for (String name : names) {
      int equals = name.indexOf('=');
      try {
        Input.named(name).forEach(input -> inputs.add(new NamedInput(Optional.empty(), input)));
      } catch (TableException e) {
        if (equals < 1 || name.lastIndexOf('/', equals) >= 0) {
          throw e;
        }
        Optional<String> model = Optional.of(name.substring(0, equals));
        Input.named(name.substring(equals + 1))
            .forEach(input -> inputs.add(new NamedInput(model, input)));
      }
    }
    return inputs;
  }
}
