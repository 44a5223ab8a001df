package io.tailwalk.llama.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/** A {@code llama_batch} in its own memory: tokens with position, sequences and output flag. */
final class NativeBatch {
  static final StructLayout STRUCT =
      MemoryLayout.structLayout(
          Symbols.INT,
          MemoryLayout.paddingLayout(4),
          Symbols.POINTER,
          Symbols.POINTER,
          Symbols.POINTER,
          Symbols.POINTER,
          Symbols.POINTER,
          Symbols.POINTER);

  private static final long TOKENS = 8;
  private static final long POSITIONS = 24;
  private static final long SEQUENCE_COUNTS = 32;
  private static final long SEQUENCES = 40;
  private static final long OUTPUTS = 48;

  private final int capacity;
  private final int maxSequences;
  private final MemorySegment struct;
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment sequenceCounts;
  private final MemorySegment sequences;
  private final MemorySegment outputs;
  private int size;

  NativeBatch(Arena arena, int capacity, int maxSequences) {
    this.capacity = capacity;
    this.maxSequences = maxSequences;
    struct = arena.allocate(STRUCT);
    tokens = arena.allocate(Symbols.INT, capacity);
    positions = arena.allocate(Symbols.INT, capacity);
    sequenceCounts = arena.allocate(Symbols.INT, capacity);
    sequences = arena.allocate(Symbols.INT, (long) capacity * maxSequences);
    outputs = arena.allocate(capacity);
    MemorySegment rows = arena.allocate(Symbols.POINTER, capacity);
    for (int i = 0; i < capacity; i++) {
      rows.setAtIndex(
          Symbols.POINTER, i, sequences.asSlice(4L * maxSequences * i, 4L * maxSequences));
    }
    struct.set(Symbols.POINTER, TOKENS, tokens);
    struct.set(Symbols.POINTER, POSITIONS, positions);
    struct.set(Symbols.POINTER, SEQUENCE_COUNTS, sequenceCounts);
    struct.set(Symbols.POINTER, SEQUENCES, rows);
    struct.set(Symbols.POINTER, OUTPUTS, outputs);
  }

  void clear() {
    size = 0;
  }

  /** Adds a token to the sequences whose bits are set. */
  void add(int token, int position, long sequenceBits, boolean output) {
    if (size == capacity) {
      throw new IllegalStateException("a batch holds at most " + capacity + " tokens");
    }
    tokens.setAtIndex(Symbols.INT, size, token);
    positions.setAtIndex(Symbols.INT, size, position);
    int count = 0;
    for (long bits = sequenceBits; bits != 0; bits &= bits - 1) {
      int sequence = Long.numberOfTrailingZeros(bits);
      sequences.setAtIndex(Symbols.INT, (long) maxSequences * size + count, sequence);
      count++;
    }
    sequenceCounts.setAtIndex(Symbols.INT, size, count);
    outputs.set(ValueLayout.JAVA_BYTE, size, (byte) (output ? 1 : 0));
    size++;
  }

  /** The filled struct. */
  MemorySegment struct() {
    struct.set(Symbols.INT, 0, size);
    return struct;
  }

  int size() {
    return size;
  }
}
