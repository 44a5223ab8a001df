package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;

/**
 * A KV cache of several sequences and the decode call that fills it. A cell holds one token at one
 * position and may belong to several sequences.
 */
interface KvStore extends AutoCloseable {

  /** Cells, over all sequences. */
  int cells();

  /** Sequences, numbered from 0; at most 64. */
  int sequences();

  /** Maximal number of tokens in a decode call. */
  int batchTokens();

  /** Empties the batch. */
  void clearBatch();

  /**
   * Adds a token to the batch.
   *
   * @param sequenceBits the sequences it belongs to, one bit each
   * @param output whether the distribution after it is requested
   */
  void add(int token, int position, long sequenceBits, boolean output);

  /** Decodes the batch; 0 for success; anything else leaves the cache unchanged. */
  int decode();

  /** The reason why the last decode call failed: empty, or {@code ": text"}. */
  String reason();

  /** The distribution after a batch entry that was added with {@code output}. */
  LogProbs distribution(int batchIndex);

  /** Whether the next decode calls return hidden states instead of distributions. */
  void showHidden(boolean wanted);

  /** The hidden state after a batch entry that was added with {@code output}. */
  float[] hidden(int batchIndex);

  /** Removes positions {@code from} and later of a sequence; false if the model cannot. */
  boolean truncate(int sequence, int from);

  /** Lets {@code target} share positions 0 .. {@code positions} - 1 of {@code source}. */
  void share(int source, int target, int positions);

  /** Largest position of a sequence that is not empty. */
  int lastPosition(int sequence);

  /** Empties the cache. */
  void clear();

  @Override
  void close();
}
