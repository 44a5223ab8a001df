package io.tailwalk.tables.scores;

import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.LogProbRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the place of an error that a pass over the table has detected: slow, and run only then. */
final class ScoreFaults {
  private final Duck duck;
  private final List<String> models;

  ScoreFaults(Duck duck, List<String> models) {
    this.duck = duck;
    this.models = models;
  }

  private record Place(String file, long row, String detail) {
    TableException fault(String problem, String fix) {
      return TableException.at(Path.of(file), row, problem, fix);
    }
  }

  /** The first row without a model, example or prompt. */
  TableException unnamed() {
    for (String column : List.of("example_id", "prompt_id", "model")) {
      Optional<Place> place = where(column + " IS NULL OR trim(" + column + ") = ''", "''");
      if (place.isPresent()) {
        return place.get().fault("\"" + column + "\" is missing", "name it in every row");
      }
    }
    return unplaced();
  }

  /** The first error of any kind. */
  TableException first(boolean referenceColumn, Optional<String> referenceModel) {
    Optional<Place> unnamed =
        where("example_id IS NULL OR prompt_id IS NULL OR model IS NULL", "''");
    if (unnamed.isPresent()) {
      return unnamed();
    }
    return number("log_prob", "true")
        .or(() -> lengths())
        .or(() -> referenceColumn ? reference("true", "reference", "the reference") : none())
        .or(() -> referenceModel.flatMap(this::referenceByModel))
        .or(this::duplicate)
        .or(this::missing)
        .or(this::differentPrompts)
        .or(this::differentReferences)
        .orElseGet(ScoreFaults::unplaced);
  }

  private static Optional<TableException> none() {
    return Optional.empty();
  }

  private Optional<TableException> referenceByModel(String model) {
    return reference("model = " + Duck.text(model), "log_prob", "the reference model");
  }

  private Optional<TableException> number(String column, String condition) {
    return where(
            "%2$s AND (%1$s IS NULL OR isnan(%1$s) OR %1$s > %3$s)"
                .formatted(column, condition, LogProbRange.TOLERATED),
            column)
        .map(place -> {
          if (place.detail().isEmpty()) {
            return place.fault("\"" + column + "\" is missing", "give a number");
          }
          double value = parse(place.detail());
          return place.fault(LogProbRange.problem(column, value), LogProbRange.fix(value));
        });
  }

  private Optional<TableException> reference(String condition, String column, String what) {
    return number(column, condition)
        .or(() ->
            where(condition + " AND " + column + " = '-inf'::DOUBLE", column)
                .map(place ->
                    place.fault(
                        what + " gives the response probability zero (-inf)",
                        "a response drawn from the reference cannot have it")));
  }

  private Optional<TableException> lengths() {
    return where("tokens IS NULL OR (tokens < 0 AND tokens <> " + ScoreRow.UNKNOWN + ")", "tokens")
        .map(place ->
            place.fault(
                place.detail().isEmpty()
                    ? "\"tokens\" is missing"
                    : "\"tokens\" is " + place.detail(),
                "give the response length, 0 or more"));
  }

  private Optional<TableException> duplicate() {
    return secondScore("example_id")
        .map(place ->
            place.fault(
                "a second score of example %s under model %s"
                    .formatted(
                        TableException.quoted(place.detail()),
                        TableException.quoted(secondScore("model").orElseThrow().detail())),
                "keep one score per example and model"));
  }

  /** The first row whose example its model has scored before, with one of its columns. */
  private Optional<Place> secondScore(String column) {
    return find(
        """
        SELECT file, row, %s FROM
          (SELECT *, row_number() OVER (PARTITION BY example_id, model ORDER BY file, row) AS k
           FROM scores)
        WHERE k = 2 ORDER BY file, row LIMIT 1
        """
            .formatted(column));
  }

  private Optional<TableException> missing() {
    for (String model : models) {
      Optional<Place> place =
          find(
              """
              SELECT min(file), arg_min(row, (file, row)), example_id FROM scores
              GROUP BY example_id HAVING count(*) FILTER (model = %s) = 0
              ORDER BY min(file), arg_min(row, (file, row)) LIMIT 1
              """
                  .formatted(Duck.text(model)));
      if (place.isPresent()) {
        return place.map(p ->
            p.fault(
                "example %s has no score under model %s"
                    .formatted(TableException.quoted(p.detail()), TableException.quoted(model)),
                "score every example under every model"));
      }
    }
    return Optional.empty();
  }

  private Optional<TableException> differentPrompts() {
    return differing("prompt_id")
        .map(place ->
            place.fault(
                "example " + TableException.quoted(place.detail()) + " has a different prompt_id",
                "give one example the same prompt under all models"));
  }

  private Optional<TableException> differentReferences() {
    return differing("reference")
        .map(place ->
            place.fault(
                "example "
                    + TableException.quoted(place.detail())
                    + " has a different reference log-probability",
                "give one example the same reference under all models"));
  }

  private Optional<Place> differing(String column) {
    return find(
        """
        SELECT file, row, example_id FROM
          (SELECT *, first_value(%1$s) OVER (PARTITION BY example_id ORDER BY file, row) AS one
           FROM scores)
        WHERE %1$s IS DISTINCT FROM one ORDER BY file, row LIMIT 1
        """
            .formatted(column));
  }

  private Optional<Place> where(String condition, String detail) {
    return find(
        "SELECT file, row, coalesce((%s)::VARCHAR, '') FROM scores WHERE %s ORDER BY file, row LIMIT 1"
            .formatted(detail, condition));
  }

  private Optional<Place> find(String sql) {
    List<Place> places =
        duck.query(
            sql,
            rows -> {
              List<Place> found = new ArrayList<>();
              while (rows.next()) {
                found.add(new Place(rows.getString(1), rows.getLong(2), rows.getString(3)));
              }
              return found;
            });
    return places.stream().findFirst();
  }

  private static double parse(String value) {
    return switch (value) {
      case "nan", "NaN", "-nan" -> Double.NaN;
      case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(value);
    };
  }

  private static TableException unplaced() {
    return new TableException("the score table is inconsistent; check ids, models and numbers.");
  }

  @Override
  public String toString() {
    return models.stream().collect(Collectors.joining(", ", "ScoreFaults[", "]"));
  }
}
