package io.tailwalk.records.scores;

/**
 * How responses are read.
 *
 * @param allChoices whether every choice of a multiple-choice document is a response; otherwise
 *     only the right one
 * @param rejected whether the rejected response of a preference pair is read; otherwise the chosen
 * @param keepBlanks whether blanks at the end of a text prompt stay there, as {@code generate}
 *     leaves them; otherwise they are scored as the beginning of the response
 * @param recorded whether log-probabilities that the rows themselves have are read
 * @param promptsOptional whether a row with a completion needs no prompt; it is then empty
 */
public record ResponseOptions(
    boolean allChoices,
    boolean rejected,
    boolean keepBlanks,
    boolean recorded,
    boolean promptsOptional) {
  /** The right choice, the chosen response, blanks moved, nothing recorded. */
  public static final ResponseOptions DEFAULT =
      new ResponseOptions(false, false, false, false, false);

  /** With every choice of a multiple-choice document, or only the right one. */
  public ResponseOptions withAllChoices(boolean all) {
    return new ResponseOptions(all, rejected, keepBlanks, recorded, promptsOptional);
  }

  /** With the rejected or the chosen response of preference pairs. */
  public ResponseOptions withRejected(boolean wanted) {
    return new ResponseOptions(allChoices, wanted, keepBlanks, recorded, promptsOptional);
  }

  /** With blanks at the end of prompts kept there, or moved. */
  public ResponseOptions withBlanksKept(boolean kept) {
    return new ResponseOptions(allChoices, rejected, kept, recorded, promptsOptional);
  }

  /** With the log-probabilities that the rows have, or without. */
  public ResponseOptions withRecorded(boolean wanted) {
    return new ResponseOptions(allChoices, rejected, keepBlanks, wanted, promptsOptional);
  }

  /** With rows that need no prompt. */
  public ResponseOptions withoutPrompts() {
    return new ResponseOptions(allChoices, rejected, keepBlanks, recorded, true);
  }
}
