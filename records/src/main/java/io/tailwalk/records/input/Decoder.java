package io.tailwalk.records.input;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is decoded in blocks from another one, which it closes. */
public abstract class Decoder extends InputStream {
  /** The stream that is decoded. */
  protected final InputStream in;

  /** A decoder of a stream. */
  protected Decoder(InputStream in) {
    this.in = in;
  }

  /**
   * Decodes some bytes.
   *
   * @param length at least 1
   * @return how many, at least 1, or -1 at the end
   * @throws IOException if the stream is damaged or cut off
   */
  protected abstract int decode(byte[] bytes, int offset, int length) throws IOException;

  @Override
  public final int read(byte[] bytes, int offset, int length) throws IOException {
    return length == 0 ? 0 : decode(bytes, offset, length);
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return decode(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
