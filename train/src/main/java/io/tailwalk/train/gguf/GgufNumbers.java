package io.tailwalk.train.gguf;

import io.tailwalk.llama.gguf.TensorType;

/** Storage types of the matrices of a file; vectors and positions are always 32-bit. */
public enum GgufNumbers {
  /** 32-bit floating point: the parameters as they were trained. */
  F32(TensorType.F32),
  /** 16-bit floating point, rounded to nearest: half the size. */
  F16(TensorType.F16);

  private final TensorType type;

  GgufNumbers(TensorType type) {
    this.type = type;
  }

  /** The type of the tensors. Its number is also that of the file type. */
  TensorType type() {
    return type;
  }
}
