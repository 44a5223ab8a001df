package io.tailwalk.records.input;

import io.tailwalk.records.TableException;
import java.util.List;
import java.util.Optional;

/**
 * The files of one word of a command line, {@code FILE} or {@code NAME=FILE}.
 *
 * @param name the name that the user gave them; empty if none
 * @param pattern the name or pattern of the files
 * @param files the files
 */
public record NamedFiles(Optional<String> name, String pattern, List<Input> files) {
  /** Keeps an immutable copy. */
  public NamedFiles {
    files = List.copyOf(files);
  }

  /**
   * Finds the files of a word; only a word that no file has as its name is split at {@code =}.
   *
   * @throws TableException if there is no such file
   */
  public static NamedFiles of(String word) {
    int equals = word.indexOf('=');
    try {
      return new NamedFiles(Optional.empty(), word, Input.named(word));
    } catch (TableException e) {
      if (equals < 1 || word.lastIndexOf('/', equals) >= 0) {
        throw e;
      }
      String pattern = word.substring(equals + 1);
      return new NamedFiles(Optional.of(word.substring(0, equals)), pattern, Input.named(pattern));
    }
  }

  /** The given name, or the last part of the pattern without extensions. */
  public String nameOrStem() {
    return name.orElseGet(
        () -> pattern.equals(Input.STANDARD_INPUT) ? files.getFirst().stem() : Input.stem(pattern));
  }
}
