package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.llama.ffi.ContextSettings;
import io.tailwalk.llama.ffi.NativeContext;
import java.util.Objects;

/**
 * The KV cache of a native context from a pool, which may contain its last user's tokens until it
 * is cleared; all arguments that would end the JVM are refused here. The context returns to the
 * pool unless a decode call on it failed.
 */
final class NativeStore implements KvStore {
  private final ContextPool pool;
  private final NativeContext context;
  private boolean failed;
  private boolean closed;

  NativeStore(ContextPool pool, ContextSettings settings) {
    this.pool = pool;
    this.context = pool.take(settings);
  }

  @Override
  public int cells() {
    return context.contextTokens();
  }

  @Override
  public int sequences() {
    return context.sequences();
  }

  @Override
  public int batchTokens() {
    return context.batchTokens();
  }

  @Override
  public void clearBatch() {
    context.clearBatch();
  }

  @Override
  public void add(int token, int position, long sequenceBits, boolean output) {
    Objects.checkIndex(token, context.vocabularySize());
    Objects.checkIndex(position, cells());
    if (sequenceBits == 0 || 64 - Long.numberOfLeadingZeros(sequenceBits) > sequences()) {
      throw new IllegalArgumentException(
          "sequence bits " + Long.toHexString(sequenceBits) + " of " + sequences() + " sequences");
    }
    context.add(token, position, sequenceBits, output);
  }

  @Override
  public int decode() {
    int code = context.decode();
    failed |= code != 0;
    return code;
  }

  @Override
  public String reason() {
    return context.reason();
  }

  @Override
  public LogProbs distribution(int batchIndex) {
    return LogProbs.ofLogits(context.logits(batchIndex));
  }

  @Override
  public void showHidden(boolean wanted) {
    context.showHidden(wanted);
  }

  @Override
  public float[] hidden(int batchIndex) {
    return context.hidden(batchIndex);
  }

  @Override
  public boolean truncate(int sequence, int from) {
    Objects.checkIndex(sequence, sequences());
    Objects.checkIndex(from, cells() + 1);
    return context.truncate(sequence, from);
  }

  @Override
  public void share(int source, int target, int positions) {
    Objects.checkIndex(source, sequences());
    Objects.checkIndex(target, sequences());
    Objects.checkIndex(positions, cells() + 1);
    context.share(source, target, positions);
  }

  @Override
  public int lastPosition(int sequence) {
    Objects.checkIndex(sequence, sequences());
    return context.lastPosition(sequence);
  }

  @Override
  public void clear() {
    context.clear();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (failed) {
      context.close();
    } else {
      pool.giveBack(context);
    }
  }
}
