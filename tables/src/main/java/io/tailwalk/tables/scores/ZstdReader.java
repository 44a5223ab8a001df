package io.tailwalk.tables.scores;

import io.tailwalk.records.input.Compression;
import java.io.IOException;
import java.io.InputStream;

/** Decodes Zstandard through libzstd. */
public final class ZstdReader implements Compression.ZstdDecoder {
  /** For the service loader. */
  public ZstdReader() {}

  @Override
  public InputStream decode(InputStream in) throws IOException {
    return new ZstdFrames(in);
  }
}
