package io.tailwalk.llama.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes compressed tar archives. */
final class TarWriter {
  private static final int BLOCK = 512;

  private TarWriter() {}

  static Map.Entry<String, byte[]> file(String name, byte[] content) {
    return Map.entry(name, content);
  }

  static Path write(Path target, List<Map.Entry<String, byte[]>> entries) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
      for (Map.Entry<String, byte[]> entry : entries) {
        out.write(header(entry));
        out.write(entry.getValue());
        out.write(new byte[(BLOCK - entry.getValue().length % BLOCK) % BLOCK]);
      }
      out.write(new byte[2 * BLOCK]);
    }
    return target;
  }

  private static byte[] header(Map.Entry<String, byte[]> entry) {
    byte[] header = new byte[BLOCK];
    put(header, 0, entry.getKey());
    put(header, 100, "0000644");
    put(header, 124, "%011o".formatted(entry.getValue().length));
    header[156] = '0';
    put(header, 257, "ustar");
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
