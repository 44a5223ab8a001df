package io.tailwalk.convert.weights;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.TensorType;
import java.nio.ByteBuffer;

/** Numbers in the storage types of GGUF. */
final class RowForm {
  private static final int BLOCK = 32;

  private RowForm() {}

  /**
   * Appends a row.
   *
   * @param count numbers in the row, a multiple of the type's block
   * @throws ModelException if a number is beyond the range of the type
   */
  static void put(StoredTensor tensor, float[] row, int count, TensorType type, ByteBuffer out) {
    switch (type) {
      case F32 -> putSingles(row, count, out);
      case F16 -> putHalves(tensor, row, count, out);
      case BF16 -> putBrains(tensor, row, count, out);
      case Q8_0 -> putBlocks(tensor, row, count, out);
      default -> throw new IllegalArgumentException("nothing is converted to " + type);
    }
  }

  private static void putSingles(float[] row, int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      out.putFloat(row[i]);
    }
  }

  private static void putHalves(StoredTensor tensor, float[] row, int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      out.putShort(half(tensor, row[i]));
    }
  }

  private static short half(StoredTensor tensor, float value) {
    short half = Float.floatToFloat16(value);
    if ((half & 0x7c00) == 0x7c00) {
      throw tooLarge(tensor, value, "16-bit floating point");
    }
    return half;
  }

  /** Rounds to nearest, ties to even. */
  private static void putBrains(StoredTensor tensor, float[] row, int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(row[i]);
      int rounded = bits + 0x7fff + ((bits >>> 16) & 1);
      if ((rounded & 0x7f800000) == 0x7f800000) {
        throw tooLarge(tensor, row[i], "bfloat16");
      }
      out.putShort((short) (rounded >>> 16));
    }
  }

  /**
   * Blocks of 32 numbers: a scale in half precision, the largest absolute value by 127, and the
   * numbers by the scale, rounded to whole bytes (ggml's Q8_0).
   */
  private static void putBlocks(StoredTensor tensor, float[] row, int count, ByteBuffer out) {
    for (int from = 0; from < count; from += BLOCK) {
      float largest = 0;
      for (int i = from; i < from + BLOCK; i++) {
        largest = Math.max(largest, Math.abs(row[i]));
      }
      float scale = largest / 127;
      float inverse = scale == 0 ? 0 : 1 / scale;
      out.putShort(half(tensor, scale));
      for (int i = from; i < from + BLOCK; i++) {
        float scaled = row[i] * inverse;
        out.put((byte) (Math.signum(scaled) * Math.floor(Math.abs(scaled) + 0.5f)));
      }
    }
  }

  private static ModelException tooLarge(StoredTensor tensor, float value, String type) {
    return new ModelException(
        "%s: the tensor %s has the number %s, beyond %s; convert to f32 instead"
            .formatted(tensor.file(), tensor.name(), value, type));
  }
}
