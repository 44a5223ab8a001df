package io.tailwalk.convert;

import io.tailwalk.llama.gguf.TensorType;

/** Storage types of the matrices in a converted file; vectors are always 32-bit. */
public enum NumberType {
  /** Single precision: 4 bytes a number. */
  F32(TensorType.F32, 0),
  /** Half precision: 2 bytes a number; numbers beyond 65504 are refused. */
  F16(TensorType.F16, 1),
  /** Brain float, the range of single precision with 8 bits of precision: 2 bytes a number. */
  BF16(TensorType.BF16, 32),
  /** Eight bits and a scale for each 32 numbers: 1.06 bytes a number. */
  Q8_0(TensorType.Q8_0, 7);

  private final TensorType type;
  private final int fileType;

  NumberType(TensorType type, int fileType) {
    this.type = type;
    this.fileType = fileType;
  }

  /** The type of the tensors. */
  TensorType type() {
    return type;
  }

  /** llama.cpp's number of files of this type ({@code general.file_type}). */
  int fileType() {
    return fileType;
  }
}
