package io.tailwalk.tables.scores;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.tailwalk.records.input.Decoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/**
 * The content of all frames of a Zstandard file (RFC 8878). The library's own stream ends silently
 * where a later frame is cut off, which loses its rows; here that is an error.
 */
final class ZstdFrames extends Decoder {
  private static final int BLOCK = 1 << 17;

  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer source = ByteBuffer.allocateDirect(BLOCK).limit(0);
  private final ByteBuffer made = ByteBuffer.allocateDirect(BLOCK).limit(0);
  private boolean between = true;

  ZstdFrames(InputStream in) {
    super(in);
  }

  @Override
  protected int decode(byte[] bytes, int offset, int length) throws IOException {
    while (!made.hasRemaining()) {
      if (!source.hasRemaining() && !fill() && between) {
        return -1;
      }
      int before = source.remaining();
      decompress();
      if (!made.hasRemaining() && before == 0 && !between) {
        throw new EOFException("the last frame is cut off");
      }
    }
    int taken = Math.min(length, made.remaining());
    made.get(bytes, offset, taken);
    return taken;
  }

  private void decompress() throws ZipException {
    made.clear();
    try {
      boolean started = source.hasRemaining();
      boolean ended = context.decompressDirectByteBufferStream(made, source);
      between = ended || (between && !started);
    } catch (ZstdException e) {
      var failure = new ZipException("a frame is damaged");
      failure.initCause(e);
      throw failure;
    } finally {
      made.flip();
    }
  }

  private boolean fill() throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    source.clear().put(block).flip();
    return block.length > 0;
  }

  @Override
  public void close() throws IOException {
    context.close();
    super.close();
  }
}
