package io.tailwalk.train.gguf;

/** Storage types of the matrices of a file; vectors and positions are always 32-bit. */
public enum GgufNumbers {
  /** 32-bit floating point: the parameters as they were trained. */
  F32(0, 4),
  /** 16-bit floating point, rounded to nearest: half the size. */
  F16(1, 2);

  private final int id;
  private final int bytes;

  GgufNumbers(int id, int bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  /** The number of the type in tensor entries; also that of the file type. */
  int id() {
    return id;
  }

  /** Bytes of one value. */
  int bytes() {
    return bytes;
  }
}
