package io.tailwalk.convert.weights;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * A tensor in a mapped file.
 *
 * @param name its name
 * @param file the file that has it
 * @param type how its numbers are stored
 * @param shape its extents, the last varies fastest
 * @param data its bytes, mapped until the checkpoint is closed
 */
public record StoredTensor(
    String name, Path file, StoredType type, List<Integer> shape, MemorySegment data) {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Keeps an immutable copy of the shape. */
  public StoredTensor {
    shape = List.copyOf(shape);
  }

  /** Number of its numbers. */
  public long size() {
    return data.byteSize() / type.bytes();
  }

  /**
   * Reads numbers that follow each other.
   *
   * @param from index of the first, row by row
   * @param into receives them from its beginning
   * @param count how many
   * @throws ModelException if one of them is not finite
   */
  public void read(long from, float[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = at(from + i);
      if (!Float.isFinite(into[i])) {
        throw new ModelException(
            "%s: the tensor %s has a number that is not finite (%s, at place %d); use another checkpoint"
                .formatted(file, name, into[i], from + i));
      }
    }
  }

  private float at(long index) {
    return switch (type) {
      case F32 -> data.get(FLOAT, 4 * index);
      case F16 -> Float.float16ToFloat(data.get(SHORT, 2 * index));
      case BF16 -> Float.intBitsToFloat(data.get(SHORT, 2 * index) << 16);
      default -> throw new IllegalStateException(type + " has no weights");
    };
  }

  /**
   * Checks that weights can be read from this tensor.
   *
   * @throws ModelException if its type is not one of weights
   */
  public void requireReadable() {
    if (!type.isReadable()) {
      throw new ModelException(
          "%s: the tensor %s is stored as %s; only weights in F32, F16 and BF16 can be converted, so use the checkpoint before quantization"
              .formatted(file, name, type));
    }
  }
}
