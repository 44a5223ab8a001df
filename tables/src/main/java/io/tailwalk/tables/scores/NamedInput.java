package io.tailwalk.tables.scores;

import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.NamedFiles;
import java.util.List;
import java.util.Optional;

/**
 * A file, and the model's name if the user gave one with it.
 *
 * @param model the name before {@code =}
 * @param input the file
 */
record NamedInput(Optional<String> model, Input input) {
  /** The files of several words, each {@code FILE} or {@code MODEL=FILE}. */
  static List<NamedInput> of(List<String> names) {
    return names.stream()
        .map(NamedFiles::of)
        .flatMap(named -> named.files().stream().map(input -> new NamedInput(named.name(), input)))
        .toList();
  }
}
