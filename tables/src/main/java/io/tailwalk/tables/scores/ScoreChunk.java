package io.tailwalk.tables.scores;

import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a chunk of {@link ScorePivot#rows}.
 *
 * @param models index of the model from 1, 0 for a row that is not valid
 * @param examples keys of examples
 * @param prompts keys of prompts
 * @param logProbs nats
 * @param tokens lengths
 * @param references null if there is no such column
 */
record ScoreChunk(
    DuckDBReadableVector models,
    DuckDBReadableVector examples,
    DuckDBReadableVector prompts,
    DuckDBReadableVector logProbs,
    DuckDBReadableVector tokens,
    @Nullable DuckDBReadableVector references) {

  static ScoreChunk of(DuckDBDataChunkReader chunk, boolean referenceColumn) {
    return new ScoreChunk(
        chunk.vector(0),
        chunk.vector(1),
        chunk.vector(2),
        chunk.vector(3),
        chunk.vector(4),
        referenceColumn ? chunk.vector(5) : null);
  }
}
