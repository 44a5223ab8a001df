package io.tailwalk.records.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.ServiceLoader;

/** How a file is compressed. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD;

  /** A decoder of Zstandard, found by {@link ServiceLoader}; module {@code tables} has one. */
  public interface ZstdDecoder {
    /** Decodes a stream, all its frames. */
    InputStream decode(InputStream in) throws IOException;
  }

  /** The compression of a stream that supports marks; nothing is consumed. */
  static Compression of(InputStream in) throws IOException {
    byte[] magic = peek(in, 4);
    if (starts(magic, 0x1f, 0x8b)) {
      return GZIP;
    }
    return starts(magic, 0x28, 0xb5, 0x2f, 0xfd) || isSkippable(magic) ? ZSTD : NONE;
  }

  /** A frame of Zstandard without content, which some writers put first. */
  private static boolean isSkippable(byte[] magic) {
    return magic.length == 4
        && (magic[0] & 0xf0) == 0x50
        && starts(new byte[] {magic[1], magic[2], magic[3]}, 0x2a, 0x4d, 0x18);
  }

  static byte[] peek(InputStream in, int bytes) throws IOException {
    in.mark(bytes);
    byte[] magic = in.readNBytes(bytes);
    in.reset();
    return magic;
  }

  static boolean starts(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  InputStream decoder(Input input, InputStream raw) throws IOException {
    return switch (this) {
      case NONE -> raw;
      case GZIP -> new GzipMembers(raw);
      case ZSTD ->
          ServiceLoader.load(ZstdDecoder.class)
              .findFirst()
              .orElseThrow(() ->
                  input.error(
                      "its Zstandard compression needs the module tailwalk-tables",
                      "add it to the class path, or decompress the file first (zstd -d)"))
              .decode(raw);
    };
  }
}
