package io.tailwalk.llama.gguf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Storage types of tensors (with the numbering of ggml). A row is divided into blocks of {@code
 * blockElements} numbers, each with {@code blockBytes} bytes.
 */
public enum TensorType {
  /** Single precision. */
  F32(0, 1, 4),
  /** Half precision. */
  F16(1, 1, 2),
  /** 4 bits, scale. */
  Q4_0(2, 32, 18),
  /** 4 bits, scale and minimum. */
  Q4_1(3, 32, 20),
  /** 5 bits, scale. */
  Q5_0(6, 32, 22),
  /** 5 bits, scale and minimum. */
  Q5_1(7, 32, 24),
  /** 8 bits, scale. */
  Q8_0(8, 32, 34),
  /** 8 bits, scale and sum. */
  Q8_1(9, 32, 36),
  /** 2-bit super-blocks. */
  Q2_K(10, 256, 84),
  /** 3-bit super-blocks. */
  Q3_K(11, 256, 110),
  /** 4-bit super-blocks. */
  Q4_K(12, 256, 144),
  /** 5-bit super-blocks. */
  Q5_K(13, 256, 176),
  /** 6-bit super-blocks. */
  Q6_K(14, 256, 210),
  /** 8-bit super-blocks. */
  Q8_K(15, 256, 292),
  /** 2.06 bits, lattice. */
  IQ2_XXS(16, 256, 66),
  /** 2.3 bits, lattice. */
  IQ2_XS(17, 256, 74),
  /** 3.06 bits, lattice. */
  IQ3_XXS(18, 256, 98),
  /** 1.6 bits, lattice. */
  IQ1_S(19, 256, 50),
  /** 4 bits, non-linear. */
  IQ4_NL(20, 32, 18),
  /** 3.4 bits, lattice. */
  IQ3_S(21, 256, 110),
  /** 2.5 bits, lattice. */
  IQ2_S(22, 256, 82),
  /** 4.25 bits, non-linear super-blocks. */
  IQ4_XS(23, 256, 136),
  /** Bytes. */
  I8(24, 1, 1),
  /** 16-bit integers. */
  I16(25, 1, 2),
  /** 32-bit integers. */
  I32(26, 1, 4),
  /** 64-bit integers. */
  I64(27, 1, 8),
  /** Double precision. */
  F64(28, 1, 8),
  /** 1.75 bits, lattice. */
  IQ1_M(29, 256, 56),
  /** Brain float. */
  BF16(30, 1, 2),
  /** Ternary, 1.7 bits. */
  TQ1_0(34, 256, 54),
  /** Ternary, 2 bits. */
  TQ2_0(35, 256, 66),
  /** 4-bit floats with a shared exponent. */
  MXFP4(39, 32, 17),
  /** 4-bit floats with scales. */
  NVFP4(40, 64, 36),
  /** 1 bit. */
  Q1_0(41, 128, 18),
  /** 2 bits. */
  Q2_0(42, 64, 18);

  private static final Map<Integer, TensorType> BY_ID = new HashMap<>();

  static {
    for (TensorType type : values()) {
      BY_ID.put(type.id, type);
    }
  }

  private final int id;
  private final int blockElements;
  private final int blockBytes;

  TensorType(int id, int blockElements, int blockBytes) {
    this.id = id;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  /** The type of a ggml number; empty if it is unknown. */
  public static Optional<TensorType> ofId(int id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /** The ggml number. */
  public int id() {
    return id;
  }

  /** Numbers in a block. */
  public int blockElements() {
    return blockElements;
  }

  /**
   * Bytes of a tensor.
   *
   * @param rowElements numbers in a row, a multiple of {@link #blockElements}
   * @param rows number of rows
   * @throws ArithmeticException if the size does not fit into a long
   */
  public long bytes(long rowElements, long rows) {
    return Math.multiplyExact(
        Math.multiplyExact(rowElements / blockElements, (long) blockBytes), rows);
  }
}
