package io.tailwalk.tables.scores;

import io.tailwalk.records.TableException;
import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which columns of a file hold the fields of a score table. */
record ScoreColumns(
    Optional<String> example,
    Optional<String> prompt,
    Optional<String> model,
    Optional<String> logProb,
    Optional<String> logProbs,
    Optional<String> tokens,
    Optional<String> reference) {
  /** What a score table has, for messages. */
  static final String NEEDED =
      "a score table has example_id, prompt_id, model, log_prob and tokens, or example_id and one"
          + " column of log-probabilities for each model";

  static ScoreColumns of(
      Input input, Collection<String> columns, ColumnMap chosen, Reference reference) {
    return new ScoreColumns(
        chosen.find(input, columns, Field.EXAMPLE),
        chosen.find(input, columns, Field.PROMPT_ID),
        chosen.find(input, columns, Field.MODEL),
        chosen.find(input, columns, Field.LOG_PROB),
        chosen.find(input, columns, Field.LOG_PROBS),
        chosen.find(input, columns, Field.TOKENS),
        reference instanceof Reference.Named(String name)
            ? Optional.of(name).filter(columns::contains)
            : chosen.find(input, columns, Field.REFERENCE));
  }

  boolean isScored() {
    return logProb.isPresent() || logProbs.isPresent();
  }

  /** The columns that hold none of the fields. */
  List<String> others(Collection<String> columns) {
    Set<String> used = new HashSet<>();
    Stream.of(example, prompt, model, logProb, logProbs, tokens, reference)
        .forEach(column -> column.ifPresent(used::add));
    return columns.stream().filter(column -> !used.contains(column)).toList();
  }

  /** The error about a column that a score table needs. */
  static TableException missing(Input input, Collection<String> columns, Field field) {
    String shown =
        String.join(", ", columns.stream().limit(10).map(TableException::quoted).toList());
    return input.error(
        "there is no column for \"%s\" (%s) among %s%s"
            .formatted(
                field.column(),
                field.meaning(),
                shown,
                columns.size() > 10 ? " and " + (columns.size() - 10) + " more" : ""),
        NEEDED + "; name a column with --columns " + field.column() + "=NAME");
  }

  /** Whether prompts and references are in both or in neither. */
  boolean sameFields(ScoreColumns other) {
    return prompt.isPresent() == other.prompt.isPresent()
        && reference.isPresent() == other.reference.isPresent();
  }
}
