package io.tailwalk.verifiers.spec;

import io.tailwalk.core.model.Prompt;
import java.util.Optional;

/** What stands beside the prompts in their file: answers, tests. */
@FunctionalInterface
public interface PromptFields {
  /** Where there is no prompts' file. */
  PromptFields NONE = (prompt, field) -> Optional.empty();

  /** The text of a field of the row that a prompt came from, if there is one. */
  Optional<String> value(Prompt prompt, String field);

  /**
   * Makes sure of a field before any work is done.
   *
   * @param given as a specification gives it; only what begins with {@code @} is a field
   * @throws IllegalArgumentException in one sentence if a row lacks it
   */
  default void require(String kind, String given) {}

  /**
   * A text that a specification gives outright, or per prompt where it begins with {@code @}.
   *
   * @param kind the verifier's kind, for messages
   * @throws IllegalArgumentException naming the field if the prompt's row lacks it
   */
  default String text(String kind, String given, Prompt prompt) {
    if (!given.startsWith("@")) {
      return given;
    }
    String field = given.substring(1);
    return value(prompt, field)
        .orElseThrow(() ->
            new IllegalArgumentException(
                kind
                    + ":"
                    + given
                    + " needs a text or number \""
                    + field
                    + "\" in every row of --prompts (rows with a \"task_id\" may carry it)"));
  }
}
