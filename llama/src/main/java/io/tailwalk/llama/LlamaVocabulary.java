package io.tailwalk.llama;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.llama.ffi.NativeModel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A model's tokens, copied when loaded; only encoding calls the library. */
final class LlamaVocabulary implements Vocabulary {
  private static final byte[] NOTHING = {};

  private final NativeModel model;
  private final byte[][] pieces;
  private final BitSet ends = new BitSet();
  private final boolean hasTokenizer;
  private final int bos;
  private final boolean addsBos;
  private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
  private final Optional<WordEncoder> words;
  private boolean closed;

  LlamaVocabulary(NativeModel model) {
    this.model = model;
    hasTokenizer = model.hasTokenizer();
    if (hasTokenizer) {
      pieces = model.pieces();
      for (int token = 0; token < pieces.length; token++) {
        ends.set(token, model.isEnd(token));
      }
      bos = model.bos();
      addsBos = bos >= 0 && model.addsBos();
    } else {
      pieces = new byte[model.size()][];
      Arrays.fill(pieces, NOTHING);
      bos = -1;
      addsBos = false;
    }
    words = WordEncoder.of(pieces);
  }

  @Override
  public int size() {
    return pieces.length;
  }

  @Override
  public byte[] bytes(int token) {
    return pieces[token];
  }

  @Override
  public boolean isEnd(int token) {
    Objects.checkIndex(token, pieces.length);
    return ends.get(token);
  }

  @Override
  public int[] encode(String text) {
    return tokens(text, false);
  }

  /** Ids of a prompt: control tokens in the text are recognised, and BOS is first exactly once. */
  int[] encodePrompt(String text) {
    int[] tokens = tokens(text, true);
    if (!addsBos || (tokens.length > 0 && tokens[0] == bos)) {
      return tokens;
    }
    int[] withBos = new int[tokens.length + 1];
    withBos[0] = bos;
    System.arraycopy(tokens, 0, withBos, 1, tokens.length);
    return withBos;
  }

  private int[] tokens(String text, boolean parseSpecial) {
    if (!hasTokenizer) {
      throw new ModelException(
          "the model file has no tokenizer, so text cannot be encoded; give token ids");
    }
    closing.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      if (words.isPresent()) {
        return words.get().encode(text);
      }
      return text.isEmpty() ? new int[0] : model.tokenize(text, parseSpecial);
    } finally {
      closing.readLock().unlock();
    }
  }

  /** Disables encoding. */
  void close() {
    closing.writeLock().lock();
    try {
      closed = true;
    } finally {
      closing.writeLock().unlock();
    }
  }
}
