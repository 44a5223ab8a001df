package io.tailwalk.convert.weights;

import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.llama.gguf.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * A tensor of a checkpoint in the form of GGUF, a few rows at a time.
 *
 * @param tensor the tensor
 * @param change how it is changed
 * @param type the storage type that it gets
 */
public record TensorContent(StoredTensor tensor, Change change, TensorType type)
    implements GgufWriter.Content {
  private static final int CHUNK = 1 << 20;

  @Override
  public void writeTo(WritableByteChannel out) throws IOException {
    boolean matrix = tensor.shape().size() > 1;
    int rows = matrix || change.movesRows() ? tensor.shape().getFirst() : 1;
    int columns = Math.toIntExact(tensor.size() / rows);
    float[] row = new float[columns];
    long rowBytes = type.bytes(columns, 1);
    ByteBuffer chunk =
        ByteBuffer.allocate((int) Math.max(rowBytes, CHUNK - CHUNK % rowBytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int place = 0; place < rows; place++) {
      tensor.read((long) change.row(place) * columns, row, columns);
      if (change.addsOne()) {
        for (int i = 0; i < columns; i++) {
          row[i] += 1;
        }
      }
      RowForm.put(tensor, row, columns, type, chunk);
      if (chunk.remaining() < rowBytes) {
        GgufWriter.writeAll(out, chunk.flip());
        chunk.clear();
      }
    }
    GgufWriter.writeAll(out, chunk.flip());
  }
}
