package io.tailwalk.verifiers.spec;

import io.tailwalk.core.model.Prompt;
import java.util.Map;
import java.util.Optional;

/** Additional fields of the prompts file: answers, tests. */
@FunctionalInterface
public interface PromptFields {
  /** No prompts file. */
  PromptFields NONE = (prompt, field) -> Optional.empty();

  /** The text of a field of the row that a prompt came from, if there is one. */
  Optional<String> value(Prompt prompt, String field);

  /**
   * Checks a field before any work is done.
   *
   * @param given the value in the specification; only values that begin with {@code @} are fields
   * @throws IllegalArgumentException in one sentence if a row lacks it
   */
  default void require(String kind, String given) {}

  /** Where the texts of a field are, for messages: {@code the field "test" of rows.jsonl}. */
  default String place(String field) {
    return "the field \"" + field + "\" of the row";
  }

  /** A hash of a field's texts in all rows, in order; empty if there is no prompts file. */
  default Optional<String> hash(String field) {
    return Optional.empty();
  }

  /**
   * What a text of a specification depends on: the field's texts if it begins with {@code @}, see
   * {@link io.tailwalk.core.verify.Verifier#sources}.
   */
  default Map<String, String> sources(String given) {
    if (!given.startsWith("@")) {
      return Map.of();
    }
    String field = given.substring(1);
    return hash(field)
        .map(hash -> Map.of("field " + field + " of the prompts", hash))
        .orElse(Map.of());
  }

  /**
   * A text of a specification: literal, or per prompt if it begins with {@code @}.
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
                    + "\" in every row of --prompts"));
  }
}
