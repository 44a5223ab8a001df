package io.tailwalk.tables.scores;

import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.LogProbRange;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * A score table read score by score, in the order of the files, without gathering it: for
 * statistics of single scores. Needs 16 bytes for each example, whatever the number of models.
 *
 * <p>Every model must have the same examples with the same prompts and references, each once. The
 * first model's examples are compared with one another, by their sorted keys; and the examples of
 * the models by counts and by fingerprints, sums of 64-bit hashes of example, prompt and reference:
 * two different sets have the same sum with probability {@code 2^-64}. What is at fault is found by
 * {@link ScoreFaults}.
 */
public final class ScoreScan {
  private static final long EXAMPLE = 0x9E3779B97F4A7C15L;
  private static final long PROMPT = 0xC2B2AE3D27D4EB4FL;
  private static final long REFERENCE = 0x165667B19E3779F9L;

  private final Duck duck;
  private final List<String> models;
  private final boolean referenceColumn;
  private final long[] promptsOfSize;
  private final int examples;
  private final long[] counts;
  private final long[] fingerprints;
  private long tolerated;

  /** Receiver of scores. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Receives the score of one response under one model.
     *
     * @param model index of the model
     * @param promptKey hash of the prompt's name
     * @param exampleKey hash of the example's name
     * @param reference log-probability under the reference, nats; NaN if the table has none
     * @param logProb log-probability under the model, nats, at most 0; {@code -inf} is probability
     *     zero
     * @param tokens response length; {@link ScoreRow#UNKNOWN} if the table does not tell
     */
    void accept(
        int model, long promptKey, long exampleKey, double reference, double logProb, long tokens);
  }

  /**
   * Reads the examples of the first model.
   *
   * @param examples number of examples if every example has every model
   * @throws TableException that names file and row of the first error, if one is found
   */
  ScoreScan(Duck duck, List<String> models, boolean referenceColumn, int examples) {
    this.duck = duck;
    this.models = models;
    this.referenceColumn = referenceColumn;
    this.examples = examples;
    this.counts = new long[models.size()];
    this.fingerprints = new long[models.size()];
    this.promptsOfSize = readExamples();
  }

  /** Whether the examples' keys need at most the given bytes. */
  static boolean fits(long examples, long heap) {
    return examples < 1 << 28 && 2L * Long.BYTES * examples <= heap;
  }

  private long[] readExamples() {
    long[] exampleKeys = new long[examples];
    long[] promptKeys = new long[examples];
    if (readExamples(exampleKeys, promptKeys) != examples) {
      throw fault();
    }
    // In place: the parallel sort would copy the keys.
    Arrays.sort(exampleKeys);
    if (!isDistinct(exampleKeys)) {
      throw fault();
    }
    return ScorePivot.promptsOfSize(promptKeys);
  }

  /** Returns the number of the first model's scores, as far as there is room for them. */
  private int readExamples(long[] exampleKeys, long[] promptKeys) {
    String sql =
        "SELECT %s, %s FROM scores WHERE model = %s"
            .formatted(
                ScorePivot.key("example_id"),
                ScorePivot.key("prompt_id"),
                Duck.text(models.getFirst()));
    int known = 0;
    try (var statement = ((DuckDBConnection) duck.connection()).prepare(sql);
        DuckDBChunkedResult result = statement.query()) {
      while (result.nextChunk()) {
        DuckDBDataChunkReader chunk = result.chunk();
        int size = Math.toIntExact(chunk.rowCount());
        if (size > examples - known) {
          return known + size;
        }
        copy(chunk.vector(0), size, exampleKeys, known);
        copy(chunk.vector(1), size, promptKeys, known);
        known += size;
      }
      return known;
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
  }

  private static void copy(DuckDBReadableVector from, int size, long[] into, int start) {
    for (int row = 0; row < size; row++) {
      into[start + row] = from.getLong(row);
    }
  }

  private static boolean isDistinct(long[] sorted) {
    for (int k = 1; k < sorted.length; k++) {
      if (sorted[k] == sorted[k - 1]) {
        return false;
      }
    }
    return true;
  }

  private TableException fault() {
    return new ScoreFaults(duck, models).first(referenceColumn, Optional.empty());
  }

  /** Element s is the number of prompts with exactly s examples. */
  public long[] promptsOfSize() {
    return promptsOfSize.clone();
  }

  /** Numbers that count as zero by tolerance, of the scores that have been visited. */
  long tolerated() {
    return tolerated;
  }

  /**
   * Visits every score once. Only when it returns are the scores known to be complete.
   *
   * @return number of examples
   * @throws TableException that names file and row of the first error, if there is one
   */
  public long forEach(Visitor visitor) {
    tolerated = 0;
    Arrays.fill(counts, 0);
    Arrays.fill(fingerprints, 0);
    if (!visitAll(visitor)) {
      throw fault();
    }
    for (int m = 0; m < counts.length; m++) {
      if (counts[m] != examples || fingerprints[m] != fingerprints[0]) {
        throw fault();
      }
    }
    return examples;
  }

  /** False if a row is not valid. DuckDB can look for it only when the result is closed. */
  private boolean visitAll(Visitor visitor) {
    String sql = ScorePivot.rows(models, referenceColumn);
    try (var statement = ((DuckDBConnection) duck.connection()).prepare(sql);
        DuckDBChunkedResult result = statement.query()) {
      boolean valid = true;
      while (valid && result.nextChunk()) {
        valid = visit(result.chunk(), visitor);
      }
      return valid;
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
  }

  /** False if one of the rows is not valid. */
  private boolean visit(DuckDBDataChunkReader chunk, Visitor visitor) {
    var columns = ScoreChunk.of(chunk, referenceColumn);
    @Nullable DuckDBReadableVector references = columns.references();
    int size = Math.toIntExact(chunk.rowCount());
    for (int row = 0; row < size; row++) {
      int model = columns.models().getInt(row) - 1;
      if (model < 0) {
        return false;
      }
      long example = columns.examples().getLong(row);
      long prompt = columns.prompts().getLong(row);
      double logProb = columns.logProbs().getDouble(row);
      double reference = references == null ? Double.NaN : references.getDouble(row);
      tolerated += logProb > LogProbRange.ROUNDING ? 1 : 0;
      tolerated += reference > LogProbRange.ROUNDING ? 1 : 0;
      reference = Math.min(0.0, reference);
      counts[model]++;
      fingerprints[model] += fingerprint(example, prompt, reference);
      visitor.accept(
          model, prompt, example, reference, Math.min(0.0, logProb), columns.tokens().getLong(row));
    }
    return true;
  }

  /** Minus zero and zero are the same reference; so are all that stand for none. */
  private static long fingerprint(long example, long prompt, double reference) {
    long bits = Double.doubleToLongBits(reference + 0.0);
    long mixed = example * EXAMPLE + prompt * PROMPT + bits * REFERENCE;
    // The finaliser of SplittableRandom (Stafford's variant 13 of MurmurHash3's).
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
