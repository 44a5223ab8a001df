package io.tailwalk.llama.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** Functions of tokens: text to ids, ids to bytes. */
final class TokenizerFunctions {
  private static final int KIND_NONE = 0;

  private final MethodHandle kind;
  private final MethodHandle size;
  private final MethodHandle isEnd;
  private final MethodHandle bos;
  private final MethodHandle addsBos;
  private final MethodHandle piece;
  private final MethodHandle tokenize;

  TokenizerFunctions(Symbols symbols) {
    kind = symbols.function("llama_vocab_type", Symbols.INT, Symbols.POINTER);
    size = symbols.function("llama_vocab_n_tokens", Symbols.INT, Symbols.POINTER);
    isEnd = symbols.function("llama_vocab_is_eog", Symbols.BOOL, Symbols.POINTER, Symbols.INT);
    bos = symbols.function("llama_vocab_bos", Symbols.INT, Symbols.POINTER);
    addsBos = symbols.function("llama_vocab_get_add_bos", Symbols.BOOL, Symbols.POINTER);
    piece =
        symbols.function(
            "llama_token_to_piece",
            Symbols.INT,
            Symbols.POINTER,
            Symbols.INT,
            Symbols.POINTER,
            Symbols.INT,
            Symbols.INT,
            Symbols.BOOL);
    tokenize =
        symbols.function(
            "llama_tokenize",
            Symbols.INT,
            Symbols.POINTER,
            Symbols.POINTER,
            Symbols.INT,
            Symbols.POINTER,
            Symbols.INT,
            Symbols.BOOL,
            Symbols.BOOL);
  }

  int size(MemorySegment vocabulary) {
    try {
      return (int) size.invokeExact(vocabulary);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Whether there is a tokenizer; without one every other call here aborts the process. */
  boolean hasTokenizer(MemorySegment vocabulary) {
    try {
      return (int) kind.invokeExact(vocabulary) != KIND_NONE;
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  boolean isEnd(MemorySegment vocabulary, int token) {
    try {
      return (boolean) isEnd.invokeExact(vocabulary, token);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** The token that begins a text; -1 for none. */
  int bos(MemorySegment vocabulary) {
    try {
      return (int) bos.invokeExact(vocabulary);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** Whether a text should begin with {@link #bos}. */
  boolean addsBos(MemorySegment vocabulary) {
    try {
      return (boolean) addsBos.invokeExact(vocabulary);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  /** The bytes a token adds to a text; empty for control tokens. */
  byte[] piece(MemorySegment vocabulary, int token, MemorySegment buffer) {
    try {
      int length =
          (int) piece.invokeExact(vocabulary, token, buffer, (int) buffer.byteSize(), 0, false);
      if (length >= 0) {
        return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
      }
      try (Arena arena = Arena.ofConfined()) {
        return piece(vocabulary, token, arena.allocate(-length));
      }
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  int[] tokenize(MemorySegment vocabulary, String text, boolean parseSpecial) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      MemorySegment input = arena.allocate(bytes.length + 1L);
      MemorySegment.copy(bytes, 0, input, ValueLayout.JAVA_BYTE, 0, bytes.length);
      int capacity = bytes.length + 16;
      MemorySegment output = arena.allocate(Symbols.INT, capacity);
      int count = tokenize(vocabulary, input, bytes.length, output, parseSpecial);
      if (count < 0) {
        output = arena.allocate(Symbols.INT, -count);
        count = tokenize(vocabulary, input, bytes.length, output, parseSpecial);
      }
      return output.asSlice(0, 4L * count).toArray(Symbols.INT);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }

  private int tokenize(
      MemorySegment vocabulary,
      MemorySegment input,
      int bytes,
      MemorySegment output,
      boolean parseSpecial)
      throws Throwable {
    int capacity = (int) (output.byteSize() / 4);
    return (int)
        tokenize.invokeExact(vocabulary, input, bytes, output, capacity, false, parseSpecial);
  }
}
