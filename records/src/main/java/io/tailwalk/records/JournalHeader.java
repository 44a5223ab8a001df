package io.tailwalk.records;

import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The first line of a journal: what its work depends on. */
final class JournalHeader {
  private static final String BEGINNING = "#journal 2 ";

  private JournalHeader() {}

  /** The line, with its line break. */
  static String of(Identity run) {
    return BEGINNING + JsonText.line(run.json()) + "\n";
  }

  /**
   * Refuses to resume if a part of what the work depends on has changed.
   *
   * @throws TableException naming the parts that have changed
   */
  static void refuseChange(JournalPlace place, Identity run, String header) {
    Identity before =
        read(header)
            .orElseThrow(() ->
                TableException.in(
                    place.target(),
                    "the unfinished run in "
                        + place.journal()
                        + " is of another version of this program",
                    "delete that file to start again"));
    Optional<String> change = run.changeSince(before);
    if (change.isPresent()) {
      throw TableException.in(
          place.target(),
          change.get(),
          "undo the change, or delete " + place.journal() + " to start again");
    }
  }

  private static Optional<Identity> read(String header) {
    try {
      return header.startsWith(BEGINNING)
          ? Identity.read(JsonText.parse(header.substring(BEGINNING.length())))
          : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
