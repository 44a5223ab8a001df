package io.tailwalk.records.input;

import io.tailwalk.records.TableException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which column holds which field: the user's choice, otherwise our name, otherwise an alias (upper
 * and lower case do not matter). Two aliases of one field in one file are ambiguous and refused.
 *
 * @param chosen the user's choices
 */
public record ColumnMap(Map<Field, String> chosen) {
  /** No choices. */
  public static final ColumnMap NONE = new ColumnMap(Map.of());

  /** Keeps an immutable copy. */
  public ColumnMap {
    chosen = Map.copyOf(chosen);
  }

  /**
   * Parses choices, each {@code FIELD=COLUMN}.
   *
   * @throws IllegalArgumentException if a field is unknown
   */
  public static ColumnMap parse(Map<String, String> choices) {
    Map<Field, String> chosen = new EnumMap<>(Field.class);
    choices.forEach((field, column) ->
        chosen.put(
            Field.named(field)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "unknown field "
                            + TableException.quoted(field)
                            + "; the fields are "
                            + String.join(
                                ", ",
                                List.of(Field.values()).stream()
                                    .map(Field::column)
                                    .distinct()
                                    .toList()))),
            column));
    return new ColumnMap(chosen);
  }

  /** With one more choice. */
  public ColumnMap with(Field field, String column) {
    Map<Field, String> more = new EnumMap<>(Field.class);
    more.putAll(chosen);
    more.put(field, column);
    return new ColumnMap(more);
  }

  /**
   * The column of a field.
   *
   * @param input the file, for the message
   * @param columns the columns of the file
   * @throws TableException if the chosen column is missing, or two columns qualify
   */
  public Optional<String> find(Input input, Collection<String> columns, Field field) {
    String wanted = chosen.get(field);
    if (wanted != null) {
      if (!columns.contains(wanted)) {
        throw input.error(
            "there is no column " + TableException.quoted(wanted),
            "its columns are " + names(columns));
      }
      return Optional.of(wanted);
    }
    if (columns.contains(field.column())) {
      return Optional.of(field.column());
    }
    List<String> found =
        columns.stream()
            .filter(column -> !chosen.containsValue(column))
            .filter(field::matches)
            .toList();
    if (found.size() > 1) {
      throw input.error(
          "the columns %s can all be \"%s\"".formatted(names(found), field.column()),
          "choose one with --columns " + field.column() + "=NAME");
    }
    return found.stream().findFirst();
  }

  /** The same for a field that must exist. */
  public String require(Input input, Collection<String> columns, Field field) {
    return find(input, columns, field)
        .orElseThrow(() ->
            input.error(
                "there is no column for \"%s\" (%s)".formatted(field.column(), field.meaning()),
                "its columns are %s; name one with --columns %s=NAME"
                    .formatted(names(columns), field.column())));
  }

  /** Names of columns for a sentence, at most ten. */
  public static String names(Collection<String> columns) {
    String shown =
        String.join(", ", columns.stream().limit(10).map(TableException::quoted).toList());
    return columns.size() > 10 ? shown + " and " + (columns.size() - 10) + " more" : shown;
  }
}
