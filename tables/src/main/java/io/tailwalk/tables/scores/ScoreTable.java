package io.tailwalk.tables.scores;

import io.tailwalk.core.Plural;
import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.Accuracy;
import io.tailwalk.records.scores.LogProbRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Score tables: one row per (example, model) with {@code example_id}, {@code prompt_id}, {@code
 * model}, {@code log_prob} (nats, sum over response tokens, or a list that is summed), {@code
 * tokens} and optionally a reference; or one row per example and one column per model; or samples
 * of lm-evaluation-harness. JSON, separated values or Parquet, several files and globs. Every
 * example must be scored once under every model.
 *
 * <p>Tables whose numbers fit into the given share of the heap are grouped there by {@link
 * ScorePivot}; larger ones by DuckDB, which spills to disk. Both return the same rows.
 */
public final class ScoreTable implements AutoCloseable {
  private final Duck duck;
  private final List<String> models;
  private final Optional<String> referenceModel;
  private final boolean referenceColumn;
  private final long heap;
  private final ScoreSource source;
  private @Nullable ScorePivot gathered;
  private @Nullable ScoreScan scan;
  private long tolerated;

  private ScoreTable(
      Duck duck,
      ScoreSource source,
      List<String> models,
      Optional<String> referenceModel,
      boolean referenceColumn,
      long heap) {
    this.duck = duck;
    this.source = source;
    this.models = models;
    this.referenceModel = referenceModel;
    this.referenceColumn = referenceColumn;
    this.heap = heap;
  }

  /**
   * Opens tables with the usual columns.
   *
   * @param files files or globs
   * @param reference the source of the reference distribution's log-probabilities
   * @throws TableException that names the file if one cannot be read or lacks a column
   */
  public static ScoreTable open(List<String> files, Reference reference) {
    return open(ScoreFiles.of(files), reference);
  }

  /**
   * Opens tables.
   *
   * @param files the files and how they are to be read
   * @param reference the source of the reference distribution's log-probabilities
   * @throws TableException that names the file, and the row if there is one, if one cannot be read
   */
  public static ScoreTable open(ScoreFiles files, Reference reference) {
    return open(files, reference, Runtime.getRuntime().maxMemory() / 2);
  }

  /** With a limit on the bytes of heap for the numbers. */
  static ScoreTable open(ScoreFiles files, Reference reference, long heap) {
    if (files.names().isEmpty()) {
      throw new TableException("no score file is given; give at least one file or pattern.");
    }
    Duck duck = new Duck();
    try {
      ScoreSource source = new ScoreSource(duck, files, reference);
      boolean column = source.layOut();
      // Rows carry their place, and none of the statistics depends on their order. With order,
      // DuckDB collects every result in full before it hands on the first row.
      duck.run("SET preserve_insertion_order = false");
      List<String> all = distinctModels(duck);
      if (all.isEmpty()) {
        throw new TableException(
            String.join(", ", files.names()) + ": no rows; give at least one.");
      }
      Optional<String> model = Optional.empty();
      if (reference instanceof Reference.Named(String name) && !column) {
        if (!all.contains(name)) {
          throw new TableException(
              "--reference %s: neither a column nor a model of the table; models are %s."
                  .formatted(name, String.join(", ", all)));
        }
        model = Optional.of(name);
      }
      Optional<String> drop = model;
      List<String> scored = all.stream().filter(m -> !drop.equals(Optional.of(m))).toList();
      return new ScoreTable(duck, source, scored, model, column, heap);
    } catch (RuntimeException e) {
      duck.close();
      throw e;
    }
  }

  private static List<String> distinctModels(Duck duck) {
    return duck.query(
        "SELECT DISTINCT model FROM scores ORDER BY model NULLS FIRST",
        rows -> {
          List<String> names = new ArrayList<>();
          while (rows.next()) {
            String name = rows.getString(1);
            if (name == null || name.isBlank()) {
              throw new ScoreFaults(duck, List.of()).unnamed();
            }
            names.add(name);
          }
          return names;
        });
  }

  /** Names of the models, sorted; without a model that is the reference. */
  public List<String> models() {
    return models;
  }

  /** Whether a reference distribution is known. */
  public boolean hasReference() {
    return referenceColumn || referenceModel.isPresent();
  }

  /** Accuracies by model, of those with documents of lm-evaluation-harness. */
  public Map<String, Accuracy> accuracies() {
    return source.accuracies().byModel();
  }

  /** What a reader of the results should know about how the files were read. */
  public List<String> remarks() {
    return source.withoutPrompts() == 0
        ? List.of()
        : List.of("No column names the prompts, so each example counts as its own prompt.");
  }

  /** Sentences for standard error, known after the rows have been visited. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(source.accuracies().warnings());
    long near = source.tolerated() + tolerated;
    near += gathered == null ? 0 : gathered.tolerated();
    near += scan == null ? 0 : scan.tolerated();
    if (near > 0) {
      warnings.add(
          "%s above 0 by at most %s, which counts as 0; arithmetic in half precision ends there"
              .formatted(
                  Plural.of(near, "log-probability is", "log-probabilities are"),
                  LogProbRange.TOLERATED));
    }
    return warnings;
  }

  /**
   * Element s is the number of prompts with exactly s examples.
   *
   * @throws TableException that names file and row of the first error, if one is found
   */
  public long[] promptsOfSize() {
    ScorePivot pivot = gathered();
    return pivot != null ? pivot.promptsOfSize() : promptsOfSizeBySql();
  }

  private long[] promptsOfSizeBySql() {
    return duck.query(
        """
        SELECT size, count(*) FROM
          (SELECT count(*) AS size FROM scores WHERE model = %s GROUP BY prompt_id)
        GROUP BY size ORDER BY size DESC
        """
            .formatted(Duck.text(models.getFirst())),
        rows -> {
          long[] sizes = new long[1];
          while (rows.next()) {
            int size = Math.toIntExact(rows.getLong(1));
            sizes = sizes.length > size ? sizes : Arrays.copyOf(sizes, size + 1);
            sizes[size] = rows.getLong(2);
          }
          return sizes;
        });
  }

  /**
   * Visits every example once, in no particular order.
   *
   * @return number of examples
   * @throws TableException that names file and row of the first error, if there is one
   */
  public long forEach(Consumer<ScoreRow> visitor) {
    return forEach(List.of(visitor));
  }

  /**
   * Visits every example once, each by one of the visitors, which run in parallel on separate
   * threads. The distribution of the examples among them is unspecified.
   *
   * @return number of examples
   * @throws TableException that names file and row of the first error, if there is one
   */
  public long forEach(List<? extends Consumer<ScoreRow>> visitors) {
    ScorePivot pivot = gathered();
    if (pivot != null) {
      return pivot.forEach(visitors);
    }
    boolean sameLengths = lengthsAgree();
    tolerated = 0;
    return duck.query(pivot(sameLengths), rows -> visit(rows, sameLengths, visitors.getFirst()));
  }

  /**
   * The table score by score, with less memory than {@link #forEach} needs; empty if a score does
   * not tell its reference, which is another model's score, or if not even the examples' keys fit
   * into the heap.
   *
   * @throws TableException that names file and row of the first error, if one is found
   */
  public Optional<ScoreScan> scan() {
    long examples = examples();
    if (referenceModel.isPresent() || !ScoreScan.fits(examples, heap)) {
      return Optional.empty();
    }
    scan = new ScoreScan(duck, models, referenceColumn, Math.toIntExact(examples));
    return Optional.of(scan);
  }

  /** The number of examples if every example has every model. */
  private long examples() {
    long rows =
        duck.query(
            "SELECT count(*) FROM scores", counted -> counted.next() ? counted.getLong(1) : 0);
    return rows / allModels().size();
  }

  /** All numbers, read on first use; null if they do not fit into the heap. */
  private @Nullable ScorePivot gathered() {
    if (gathered == null) {
      long examples = examples();
      if (!ScorePivot.fits(examples, allModels().size(), heap)) {
        return null;
      }
      gathered =
          ScorePivot.read(duck, models, referenceModel, referenceColumn, Math.toIntExact(examples));
    }
    return gathered;
  }

  /** Whether all models have the same examples with the same lengths, by a 64-bit fingerprint. */
  private boolean lengthsAgree() {
    return duck.query(
        """
        SELECT count(DISTINCT mark) FROM
          (SELECT model, bit_xor(hash(example_id, tokens)) AS mark FROM scores GROUP BY model)
        """,
        rows -> rows.next() && rows.getLong(1) == 1);
  }

  private String pivot(boolean sameLengths) {
    List<String> all = allModels();
    String tokens = sameLengths ? "min(tokens)" : pivoted(models.size(), "tokens");
    return """
    SELECT min(prompt), %s, count(*), bool_and(whole) AND min(prompt) = max(prompt),
      min(reference), max(reference), %s, %s
    FROM (
      SELECT example_id, %s AS prompt, log_prob, tokens, reference,
        list_position(%s, model)::INTEGER AS m, %s AS whole
      FROM scores)
    GROUP BY example_id
    """
        .formatted(
            ScorePivot.key("example_id"),
            pivoted(all.size(), "log_prob"),
            tokens,
            ScorePivot.key("prompt_id"),
            Duck.texts(all),
            ScorePivot.whole(referenceColumn));
  }

  private static String pivoted(int models, String column) {
    return IntStream.rangeClosed(1, models)
        .mapToObj(m -> "max(" + column + ") FILTER (m = " + m + ")")
        .collect(Collectors.joining(", "));
  }

  private List<String> allModels() {
    List<String> all = new ArrayList<>(models);
    referenceModel.ifPresent(all::add);
    return all;
  }

  private long visit(ResultSet rows, boolean sameLengths, Consumer<ScoreRow> visitor)
      throws SQLException {
    int size = models.size();
    int first = 7;
    int afterLogProbs = first + size + (referenceModel.isPresent() ? 1 : 0);
    ScoreRow row = new ScoreRow(size);
    long examples = 0;
    while (rows.next()) {
      double reference = reference(rows, first + size);
      boolean sound = rows.getLong(3) == allModels().size() && rows.getBoolean(4);
      row.start(rows.getLong(1), rows.getLong(2), reference);
      for (int m = 0; m < size && sound; m++) {
        double logProb = rows.getDouble(first + m);
        sound = !rows.wasNull();
        long tokens = rows.getLong(sameLengths ? afterLogProbs : afterLogProbs + m);
        tolerated += logProb > LogProbRange.ROUNDING ? 1 : 0;
        row.put(m, Math.min(0.0, logProb), tokens);
      }
      if (!sound || (hasReference() && Double.isNaN(reference))) {
        throw new ScoreFaults(duck, allModels()).first(referenceColumn, referenceModel);
      }
      visitor.accept(row);
      examples++;
    }
    return examples;
  }

  /** The reference of a row; NaN if there is none or it cannot be one. */
  private double reference(ResultSet rows, int modelColumn) throws SQLException {
    if (!hasReference()) {
      return Double.NaN;
    }
    double low = rows.getDouble(referenceColumn ? 5 : modelColumn);
    boolean absent = rows.wasNull();
    double high = referenceColumn ? rows.getDouble(6) : low;
    boolean sound = !absent && low == high && high <= LogProbRange.TOLERATED;
    return sound && low > Double.NEGATIVE_INFINITY ? Math.min(0.0, low) : Double.NaN;
  }

  @Override
  public void close() {
    duck.close();
  }
}
