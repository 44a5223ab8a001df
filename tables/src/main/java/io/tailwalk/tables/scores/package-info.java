/** Score tables through DuckDB: log-probabilities of given responses under several models. */
@NullMarked
package io.tailwalk.tables.scores;

import org.jspecify.annotations.NullMarked;
