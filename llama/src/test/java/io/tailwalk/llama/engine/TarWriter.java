package io.tailwalk.llama.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes compressed tar archives. */
final class TarWriter {
  private static final int BLOCK = 512;

  private TarWriter() {}

  record Entry(String name, byte[] content) {}

  static Entry file(String name, byte[] content) {
    return new Entry(name, content);
  }

  static Path write(Path target, List<Entry> entries) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
      for (Entry entry : entries) {
        out.write(header(entry));
        out.write(entry.content());
        out.write(new byte[(BLOCK - entry.content().length % BLOCK) % BLOCK]);
      }
      out.write(new byte[2 * BLOCK]);
    }
    return target;
  }

  private static byte[] header(Entry entry) {
    byte[] header = new byte[BLOCK];
    put(header, 0, entry.name());
    put(header, 100, "0000644");
    put(header, 124, "%011o".formatted(entry.content().length));
    header[156] = '0';
    put(header, 257, "ustar");
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
