package io.tailwalk.train.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the archive in which PyTorch keeps a TorchScript module: a zip of stored entries with the
 * source, the module's attributes as a pickle, and the version of the operator set. The module has
 * attributes only; its parameters come in as arguments.
 */
final class ScriptArchive {
  /** Operator set of PyTorch 2.x; older numbers rename operators (kProducedFileFormatVersion). */
  private static final String VERSION = "10\n";

  private ScriptArchive() {}

  /**
   * The archive.
   *
   * @param source class {@code Model} in TorchScript's serialised dialect
   * @param attributes its attributes in order of declaration: Integer, Double, Boolean or int[]
   */
  static byte[] of(String source, Map<String, Object> attributes) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      entry(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
      entry(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      entry(zip, "data.pkl", module(attributes));
      entry(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    var entry = new ZipEntry("module/" + name);
    var crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** Pickle protocol 2: {@code Model.__new__()} with a dictionary of attributes. */
  private static byte[] module(Map<String, Object> attributes) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 2});
    ascii(out, "c__torch__\nModel\n)");
    out.write(0x81);
    ascii(out, "}(");
    attributes.forEach((name, value) -> {
      string(out, name);
      value(out, value);
    });
    ascii(out, "ub.");
    return out.toByteArray();
  }

  private static void value(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case Integer i -> integer(out, i);
      case Double d -> {
        out.write('G');
        out.writeBytes(ByteBuffer.allocate(8).putDouble(d).array());
      }
      case Boolean b -> out.write(b ? 0x88 : 0x89);
      case int[] list -> {
        ascii(out, "ctorch.jit._pickle\nbuild_intlist\n](");
        for (int i : list) {
          integer(out, i);
        }
        out.write('e');
        out.write(0x85);
        out.write('R');
      }
      default -> throw new IllegalArgumentException("no pickle for " + value.getClass());
    }
  }

  private static void integer(ByteArrayOutputStream out, int value) {
    out.write('J');
    out.writeBytes(little(value));
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(little(bytes.length));
    out.writeBytes(bytes);
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
