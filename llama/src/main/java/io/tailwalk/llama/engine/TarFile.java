package io.tailwalk.llama.engine;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The regular files of a gzip-compressed tar archive (POSIX ustar), as npm packages are. Names
 * beyond 255 characters, links and devices are skipped: no library has them.
 */
final class TarFile {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int TYPE_AT = 156;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX = 155;

  private TarFile() {}

  /** Receives a file; it need not read all of the content. */
  @FunctionalInterface
  interface Visitor {
    void file(String name, long bytes, InputStream content) throws IOException;
  }

  /**
   * Hands every regular file to the visitor, in order.
   *
   * @throws IOException if the archive is cut short or is none
   */
  static void read(Path archive, Visitor visitor) throws IOException {
    try (InputStream in =
        new BufferedInputStream(
            new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16)) {
      byte[] header = new byte[BLOCK];
      while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
        long size = size(header);
        char type = (char) header[TYPE_AT];
        var content = new Part(in, size);
        if (type == '0' || type == 0) {
          visitor.file(name(header), size, content);
        }
        content.skipRest();
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
      }
      // The checksum of the whole stream stands at its end.
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static String name(byte[] header) {
    String name = text(header, 0, NAME);
    String prefix = text(header, PREFIX_AT, PREFIX);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long size(byte[] header) throws IOException {
    try {
      return Long.parseLong(text(header, SIZE_AT, SIZE).strip(), 8);
    } catch (NumberFormatException e) {
      throw new IOException("not a tar archive", e);
    }
  }

  /** The bytes of one file. */
  private static final class Part extends InputStream {
    private final InputStream in;
    private long left;

    Part(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(target, from, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the archive is cut short");
      }
      left -= count;
      return count;
    }

    void skipRest() throws IOException {
      in.skipNBytes(left);
      left = 0;
    }
  }
}
