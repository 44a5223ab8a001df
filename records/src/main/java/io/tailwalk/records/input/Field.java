package io.tailwalk.records.input;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a column can mean, with the names under which other tools write it. The first name is ours.
 * Help and documentation print this table.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of cannot change
public enum Field {
  EXAMPLE("example_id", "a held-out response", "example", "sample_id", "response_id", "id"),
  PROMPT_ID(
      "prompt_id", "its prompt", "question_id", "problem_id", "task_id", "doc_id", "prompt_uid"),
  MODEL("model", "the model that scored it", "model_name", "checkpoint", "ckpt"),
  LOG_PROB(
      "log_prob",
      "log-probability of the response, nats",
      "logprob",
      "logp",
      "log_likelihood",
      "loglikelihood",
      "sum_logprob",
      "sum_logprobs",
      "score"),
  LOG_PROBS(
      "log_probs",
      "list of the log-probabilities of its tokens, nats",
      "logprobs",
      "token_logprobs",
      "token_log_probs"),
  TOKENS(
      "tokens",
      "number of tokens of the response",
      "num_tokens",
      "n_tokens",
      "token_count",
      "length",
      "completion_tokens"),
  REFERENCE(
      "reference_log_prob",
      "log-probability under the reference distribution, nats",
      "reference_logprob",
      "ref_log_prob",
      "ref_logprob"),
  TASK(
      "task_id",
      "id of the prompt of a graded sample",
      "prompt_id",
      "problem_id",
      "question_id",
      "doc_id",
      "id"),
  TASK_TEXT(
      "prompt",
      "text of the prompt of a graded sample; the task where no id stands",
      "input",
      "question",
      "query"),
  PASS("passed", "whether a sample passes", "correct", "is_correct", "pass", "success", "solved"),
  REWARD("reward", "reward of a sample", "score", "rewards");

  private final String column;
  private final String meaning;
  private final List<String> aliases;

  Field(String column, String meaning, String... aliases) {
    this.column = column;
    this.meaning = meaning;
    this.aliases = List.of(aliases);
  }

  /** Our name of the column. */
  public String column() {
    return column;
  }

  /** The meaning in a few words. */
  public String meaning() {
    return meaning;
  }

  /** Other names, most specific first. */
  public List<String> aliases() {
    return aliases;
  }

  /** Whether a column of this name can hold the field; upper and lower case do not matter. */
  public boolean matches(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return column.equals(plain) || aliases.contains(plain);
  }

  /** Our names of the fields that a column of this name can hold. */
  public static List<String> meaningsOf(String column) {
    return Stream.of(values())
        .filter(field -> field.matches(column))
        .map(Field::column)
        .distinct()
        .toList();
  }

  /** The field with one of our names. */
  public static Optional<Field> named(String column) {
    for (Field field : values()) {
      if (field.column.equals(column)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
