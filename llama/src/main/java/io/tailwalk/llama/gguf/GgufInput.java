package io.tailwalk.llama.gguf;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.ModelException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Little-endian reader of a file that tracks its position and never reads past the end. */
final class GgufInput {
  private static final int MAX_STRING_BYTES = 1 << 26;

  private final Path path;
  private final FileChannel channel;
  private final long fileBytes;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long bufferStart;

  GgufInput(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.fileBytes = channel.size();
  }

  long position() {
    return bufferStart + buffer.position();
  }

  long fileBytes() {
    return fileBytes;
  }

  int int8() throws IOException {
    return need(1).get();
  }

  int int16() throws IOException {
    return need(2).getShort();
  }

  int int32() throws IOException {
    return need(4).getInt();
  }

  long int64() throws IOException {
    return need(8).getLong();
  }

  /** A count or size: an unsigned 64-bit number that must be between 0 and {@code max}. */
  long count(String what, long max) throws IOException {
    long value = int64();
    if (value < 0 || value > max) {
      throw damaged(what + " is " + Long.toUnsignedString(value));
    }
    return value;
  }

  String string(String what) throws IOException {
    return new String(bytes(what), StandardCharsets.UTF_8);
  }

  /** The bytes of a string, which need not be UTF-8. */
  byte[] bytes(String what) throws IOException {
    int length = (int) count("the length of " + what, Math.min(fileBytes, MAX_STRING_BYTES));
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      int step = Math.min(length - done, buffer.capacity());
      need(step).get(bytes, done, step);
      done += step;
    }
    return bytes;
  }

  void skip(long bytes) throws IOException {
    if (bytes < 0 || bytes > fileBytes - position()) {
      throw cutShort();
    }
    if (bytes <= buffer.remaining()) {
      buffer.position(buffer.position() + (int) bytes);
    } else {
      bufferStart = position() + bytes;
      buffer.position(0).limit(0);
    }
  }

  ModelException damaged(String detail) {
    return new ModelException(
        path + " is damaged near byte " + position() + ": " + detail + "; fetch the file again");
  }

  ModelException cutShort() {
    return new ModelException(
        path
            + " is cut short: its header runs past the end of the file ("
            + fileBytes
            + " "
            + Plural.noun(fileBytes, "byte")
            + "); fetch the file again");
  }

  private ByteBuffer need(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      refill(bytes);
    }
    return buffer;
  }

  private void refill(int bytes) throws IOException {
    bufferStart = position();
    buffer.compact();
    while (buffer.position() < bytes) {
      int read = channel.read(buffer, bufferStart + buffer.position());
      if (read < 0) {
        buffer.flip();
        throw new EOFException();
      }
    }
    buffer.flip();
  }
}
