package io.tailwalk.train.gguf;

import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.llama.gguf.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Part of an array of floats as the content of a tensor. */
@SuppressWarnings("ArrayRecordComponent") // a view that is never compared
record GgufFloats(float[] values, int from, int size, TensorType type)
    implements GgufWriter.Content {
  private static final int CHUNK = 1 << 18;

  @Override
  public void writeTo(WritableByteChannel out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < size; done += CHUNK) {
      chunk.clear();
      fill(chunk, done, Math.min(CHUNK, size - done));
      GgufWriter.writeAll(out, chunk.flip());
    }
  }

  private void fill(ByteBuffer chunk, int done, int count) {
    for (int i = from + done; i < from + done + count; i++) {
      if (type == TensorType.F16) {
        chunk.putShort(Float.floatToFloat16(values[i]));
      } else {
        chunk.putFloat(values[i]);
      }
    }
  }
}
