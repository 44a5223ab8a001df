package io.tailwalk.tables.scores;

import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.LogProbRange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * A score table grouped by example in arrays. Rows are read once, column by column, in the order of
 * the file; an example is found by its key, and usually without a look-up, because files are
 * ordered by model or by example.
 *
 * <p>Keys are 63 bits of DuckDB's hash of the name. Two examples with one key appear as a duplicate
 * score; DuckDB then searches the names themselves and finds none, so examples are never mixed
 * silently unless their models are also complementary.
 */
final class ScorePivot {
  private static final int NONE = -1;

  private final int capacity;
  private final int[] slots;
  private final long[] exampleKeys;
  private final long[] promptKeys;
  private final double[][] logProbs;
  private final double[] references;
  private final long[] lengths;
  private long @Nullable [][] lengthsByModel;
  private final int scored;
  private final boolean referenced;
  private int examples;
  private int last = NONE;
  private boolean fresh;
  private long tolerated;

  private ScorePivot(int examples, int models, int scored, boolean referenced) {
    this.capacity = examples;
    this.scored = scored;
    this.referenced = referenced;
    this.slots = new int[tableSize(examples)];
    this.exampleKeys = new long[examples];
    this.promptKeys = new long[examples];
    this.logProbs = new double[models][examples];
    this.references = new double[examples];
    this.lengths = new long[examples];
    for (double[] column : logProbs) {
      Arrays.fill(column, Double.NaN);
    }
    Arrays.fill(references, Double.NaN);
  }

  private static int tableSize(int examples) {
    return Math.max(2, Integer.highestOneBit(Math.max(1, examples)) << 2);
  }

  /** Whether the given numbers of examples and models need at most the given bytes. */
  static boolean fits(long examples, int models, long heap) {
    return examples < 1 << 28 && examples * (2L * Double.BYTES * models + 64) <= heap;
  }

  /** SQL of the key of a name. */
  static String key(String column) {
    return "(hash(" + column + ") >> 1)::BIGINT";
  }

  /** SQL condition that a row by itself is valid. */
  static String whole(boolean referenceColumn) {
    return "coalesce(example_id IS NOT NULL AND prompt_id IS NOT NULL AND (tokens >= 0 OR tokens = %s) AND log_prob <= %s AND %s, false)"
        .formatted(
            ScoreRow.UNKNOWN,
            LogProbRange.TOLERATED,
            referenceColumn
                ? "reference <= " + LogProbRange.TOLERATED + " AND reference > '-inf'::DOUBLE"
                : "true");
  }

  /**
   * SQL of the rows: index of the model from 1, or 0 if the row is not valid; keys of example and
   * prompt; log-probability, tokens and, if there is such a column, reference.
   */
  static String rows(List<String> models, boolean referenceColumn) {
    return """
    SELECT CASE WHEN %s THEN list_position(%s, model) ELSE 0 END::INTEGER, %s, %s,
      log_prob, tokens%s
    FROM scores
    """
        .formatted(
            whole(referenceColumn),
            Duck.texts(models),
            key("example_id"),
            key("prompt_id"),
            referenceColumn ? ", reference" : "");
  }

  /**
   * Reads the relation {@code scores}.
   *
   * @param models the scored models
   * @param referenceModel an additional model, whose column is the reference
   * @param examples number of examples if every example has every model
   * @throws TableException that names file and row of the first error, if there is one
   */
  static ScorePivot read(
      Duck duck,
      List<String> models,
      Optional<String> referenceModel,
      boolean referenceColumn,
      int examples) {
    List<String> all = new ArrayList<>(models);
    referenceModel.ifPresent(all::add);
    var pivot =
        new ScorePivot(
            examples, all.size(), models.size(), referenceColumn || referenceModel.isPresent());
    String sql = rows(all, referenceColumn);
    if (!pivot.readAll(duck, sql, referenceColumn) || !pivot.completes(referenceModel)) {
      throw new ScoreFaults(duck, all).first(referenceColumn, referenceModel);
    }
    return pivot;
  }

  private boolean readAll(Duck duck, String sql, boolean referenceColumn) {
    try (var statement = ((DuckDBConnection) duck.connection()).prepare(sql);
        DuckDBChunkedResult result = statement.query()) {
      long rows = 0;
      while (result.nextChunk()) {
        DuckDBDataChunkReader chunk = result.chunk();
        if (!add(chunk, referenceColumn)) {
          return false;
        }
        rows += chunk.rowCount();
      }
      // No pair occurred twice; if rows and pairs have equal number, none is missing.
      return rows == (long) examples * logProbs.length;
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
  }

  private boolean add(DuckDBDataChunkReader chunk, boolean referenceColumn) {
    var columns = ScoreChunk.of(chunk, referenceColumn);
    @Nullable DuckDBReadableVector reference = columns.references();
    int size = Math.toIntExact(chunk.rowCount());
    for (int row = 0; row < size; row++) {
      int model = columns.models().getInt(row) - 1;
      if (model < 0) {
        return false;
      }
      int example = find(columns.examples().getLong(row));
      if (example == NONE
          || !put(
              example,
              model,
              columns.prompts().getLong(row),
              columns.logProbs().getDouble(row),
              columns.tokens().getLong(row))
          || (reference != null && !putReference(example, reference.getDouble(row)))) {
        return false;
      }
    }
    return true;
  }

  /** Index of an example, a new one if needed; {@link #NONE} if there are more than expected. */
  private int find(long key) {
    fresh = false;
    if (last != NONE) {
      if (exampleKeys[last] == key) {
        return last;
      }
      if (last + 1 < examples && exampleKeys[last + 1] == key) {
        return ++last;
      }
    }
    int mask = slots.length - 1;
    int slot = (int) key & mask;
    while (slots[slot] != 0) {
      if (exampleKeys[slots[slot] - 1] == key) {
        last = slots[slot] - 1;
        return last;
      }
      slot = (slot + 1) & mask;
    }
    if (examples == capacity) {
      return NONE;
    }
    fresh = true;
    last = examples++;
    exampleKeys[last] = key;
    slots[slot] = last + 1;
    return last;
  }

  private boolean put(int example, int model, long prompt, double logProb, long length) {
    if (fresh) {
      promptKeys[example] = prompt;
      lengths[example] = length;
    }
    double[] column = logProbs[model];
    if (promptKeys[example] != prompt || !Double.isNaN(column[example])) {
      return false;
    }
    column[example] = Math.min(0.0, logProb);
    tolerated += logProb > LogProbRange.ROUNDING ? 1 : 0;
    // The reference model's lengths are not used.
    if (model < scored && (lengthsByModel != null || lengths[example] != length)) {
      putLength(example, model, length);
    }
    return true;
  }

  private void putLength(int example, int model, long length) {
    if (lengthsByModel == null) {
      lengthsByModel = new long[scored][];
      Arrays.setAll(lengthsByModel, _ -> lengths.clone());
    }
    lengthsByModel[model][example] = length;
  }

  private boolean putReference(int example, double value) {
    tolerated += value > LogProbRange.ROUNDING ? 1 : 0;
    double known = references[example];
    double mine = Math.min(0.0, value);
    references[example] = mine;
    return Double.isNaN(known) || known == mine;
  }

  /** Reads the reference from a model's column, if there is one; false if it has a zero. */
  private boolean completes(Optional<String> referenceModel) {
    if (referenceModel.isPresent()) {
      System.arraycopy(logProbs[scored], 0, references, 0, examples);
      for (int example = 0; example < examples; example++) {
        if (references[example] == Double.NEGATIVE_INFINITY) {
          return false;
        }
      }
    }
    return true;
  }

  /** Numbers that count as zero by tolerance. */
  long tolerated() {
    return tolerated;
  }

  /** Element s is the number of prompts with exactly s examples. */
  long[] promptsOfSize() {
    return promptsOfSize(Arrays.copyOf(promptKeys, examples));
  }

  /** The same of the prompt of each example; sorts the array. */
  static long[] promptsOfSize(long[] sorted) {
    Arrays.sort(sorted);
    long[] sizes = new long[2];
    for (int from = 0; from < sorted.length; ) {
      int to = from + 1;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      int size = to - from;
      sizes = sizes.length > size ? sizes : Arrays.copyOf(sizes, size + 1);
      sizes[size]++;
      from = to;
    }
    return sizes;
  }

  /** Visits all examples, distributed evenly. */
  long forEach(List<? extends Consumer<ScoreRow>> visitors) {
    int parts = visitors.size();
    if (parts == 1) {
      visit(0, examples, visitors.getFirst());
      return examples;
    }
    try (ExecutorService workers = Executors.newFixedThreadPool(parts)) {
      List<Future<?>> started = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        int from = Math.toIntExact((long) examples * part / parts);
        int to = Math.toIntExact((long) examples * (part + 1) / parts);
        Consumer<ScoreRow> visitor = visitors.get(part);
        started.add(workers.submit(() -> visit(from, to, visitor)));
      }
      started.forEach(ScorePivot::await);
    }
    return examples;
  }

  private static void await(Future<?> part) {
    try {
      part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the score table was read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void visit(int from, int to, Consumer<ScoreRow> visitor) {
    ScoreRow row = new ScoreRow(scored);
    for (int example = from; example < to; example++) {
      double reference = referenced ? references[example] : Double.NaN;
      row.start(promptKeys[example], exampleKeys[example], reference);
      for (int m = 0; m < scored; m++) {
        long length = lengthsByModel == null ? lengths[example] : lengthsByModel[m][example];
        row.put(m, logProbs[m][example], length);
      }
      visitor.accept(row);
    }
  }
}
