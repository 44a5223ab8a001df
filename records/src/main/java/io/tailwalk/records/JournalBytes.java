package io.tailwalk.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Complete writes and copies of the bytes of a journal. */
final class JournalBytes {
  private JournalBytes() {}

  /** Writes all bytes at a position. */
  static void write(FileChannel channel, byte[] bytes, long position) throws IOException {
    ByteBuffer open = ByteBuffer.wrap(bytes);
    long at = position;
    while (open.hasRemaining()) {
      at += channel.write(open, at);
    }
  }

  /** Copies the lines of a group. */
  static void copy(FileChannel channel, JournalGroups.Extent extent, FileChannel out)
      throws IOException {
    long position = extent.start();
    long end = extent.start() + extent.length();
    while (position < end) {
      long moved = channel.transferTo(position, end - position, out);
      if (moved <= 0) {
        throw new IOException("the journal ended early");
      }
      position += moved;
    }
  }

  /** The lines of a group. */
  static List<String> lines(FileChannel channel, JournalGroups.Extent extent) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(extent.length()));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, extent.start() + bytes.position()) < 0) {
        throw new IOException("the journal ended early");
      }
    }
    return new String(bytes.array(), StandardCharsets.UTF_8).lines().toList();
  }

  /** The bytes of some JSON objects, a line each. */
  static byte[] rows(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      if (line.indexOf('\n') >= 0 || !line.startsWith("{")) {
        throw new IllegalArgumentException("a line must be one JSON object without line breaks");
      }
      text.append(line).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
