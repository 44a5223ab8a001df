package io.tailwalk.records.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of all members of a gzip file (RFC 1952). {@link java.util.zip.GZIPInputStream} ends
 * silently where the header of a later member is damaged, which loses its rows; here that is an
 * error. Zero bytes after a member are padding, as for {@code gzip}.
 */
final class GzipMembers extends Decoder {
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] block = new byte[1 << 16];
  private int at;
  private int end;
  private boolean inside;
  private boolean first = true;

  GzipMembers(InputStream in) {
    super(in);
  }

  @Override
  protected int decode(byte[] bytes, int offset, int length) throws IOException {
    while (inside || begin()) {
      int made = inflate(bytes, offset, length);
      if (made > 0) {
        checksum.update(bytes, offset, made);
        return made;
      }
      if (inflater.finished()) {
        finish();
      } else if (inflater.needsInput()) {
        if (!fill()) {
          throw new EOFException("the last member is cut off");
        }
        inflater.setInput(block, 0, end);
      } else {
        throw new ZipException("a member needs a dictionary");
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(bytes, offset, length);
    } catch (DataFormatException e) {
      var failure = new ZipException("a member is damaged");
      failure.initCause(e);
      throw failure;
    }
  }

  /** Reads a header; false at the end of the file. */
  private boolean begin() throws IOException {
    int magic = next();
    while (!first && magic == 0) {
      magic = next();
    }
    if (magic < 0) {
      return false;
    }
    if (magic != 0x1f || required() != 0x8b || required() != 8) {
      throw new ZipException("no member of gzip");
    }
    int flags = required();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(required() | required() << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        skipText();
      }
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
    inflater.setInput(block, at, end - at);
    inside = true;
    first = false;
    return true;
  }

  /** Checks the trailer of a member. */
  private void finish() throws IOException {
    at = end - inflater.getRemaining();
    long sum = little() & 0xffffffffL;
    long size = little() & 0xffffffffL;
    if (sum != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("a member has another checksum than its content");
    }
    inside = false;
  }

  private int little() throws IOException {
    return required() | required() << 8 | required() << 16 | required() << 24;
  }

  private void skipText() throws IOException {
    int letter = required();
    while (letter != 0) {
      letter = required();
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      required();
    }
  }

  private int required() throws IOException {
    int value = next();
    if (value < 0) {
      throw new EOFException("a header or a checksum is cut off");
    }
    return value;
  }

  private int next() throws IOException {
    return at < end || fill() ? block[at++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(block));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    super.close();
  }
}
