package io.tailwalk.convert.weights;

import java.util.Arrays;
import java.util.Optional;

/** Storage types of the safetensors format. */
public enum StoredType {
  /** Single precision. */
  F32(4, true),
  /** Half precision. */
  F16(2, true),
  /** Brain float: the upper half of single precision. */
  BF16(2, true),
  /** Double precision. */
  F64(8, false),
  /** Whole numbers of eight bytes. */
  I64(8, false),
  /** Whole numbers of four bytes. */
  I32(4, false),
  /** Whole numbers of two bytes. */
  I16(2, false),
  /** Whole numbers of one byte. */
  I8(1, false),
  /** Unsigned whole numbers of eight bytes. */
  U64(8, false),
  /** Unsigned whole numbers of four bytes. */
  U32(4, false),
  /** Unsigned whole numbers of two bytes. */
  U16(2, false),
  /** Bytes. */
  U8(1, false),
  /** True or false. */
  BOOL(1, false),
  /** Eight bits with four of exponent. */
  F8_E4M3(1, false),
  /** Eight bits with five of exponent. */
  F8_E5M2(1, false),
  /** An exponent of eight bits. */
  F8_E8M0(1, false);

  private final int bytes;
  private final boolean weights;

  StoredType(int bytes, boolean weights) {
    this.bytes = bytes;
    this.weights = weights;
  }

  /** The type of a name in a header; empty if it is unknown. */
  static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** Whether weights in this type can be read. */
  boolean isReadable() {
    return weights;
  }
}
