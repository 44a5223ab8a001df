package io.tailwalk.llama.gguf;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Hash of a model file: SHA-256 of the complete content up to {@link #WHOLE_FILE_BYTES}; above that
 * of the size, the header and {@link #SAMPLED_BLOCKS} blocks spread evenly over the tensor data,
 * marked by the prefix {@code sampled-}. The hash of a model that is split into several files is
 * that of the hashes of all of them, in order.
 */
public final class Fingerprint {
  /** Largest file that is hashed completely, in bytes. */
  public static final long WHOLE_FILE_BYTES = 1L << 30;

  /** Blocks read from a larger file. */
  public static final int SAMPLED_BLOCKS = 256;

  private static final String SAMPLED = "sampled-";
  private static final int BLOCK_BYTES = 1 << 20;

  private Fingerprint() {}

  /**
   * The hash, in hex.
   *
   * @throws ModelException if a file of the model cannot be read
   */
  public static String of(GgufFile file) {
    return of(file, WHOLE_FILE_BYTES);
  }

  static String of(GgufFile file, long wholeFileBytes) {
    List<Path> parts = ModelParts.of(file);
    if (parts.size() == 1) {
      return ofOne(file, wholeFileBytes);
    }
    List<String> hashes = new ArrayList<>();
    for (Path part : parts) {
      hashes.add(ofOne(part.equals(file.path()) ? file : GgufFile.read(part), wholeFileBytes));
    }
    boolean sampled = hashes.stream().anyMatch(hash -> hash.startsWith(SAMPLED));
    return (sampled ? SAMPLED : "") + Sha256.hex(hashes);
  }

  private static String ofOne(GgufFile file, long wholeFileBytes) {
    try (FileChannel channel = FileChannel.open(file.path())) {
      MessageDigest digest = Sha256.digest();
      boolean whole = file.fileBytes() <= wholeFileBytes;
      if (whole) {
        update(digest, channel, 0, file.fileBytes());
      } else {
        sample(digest, channel, file);
      }
      return (whole ? "" : SAMPLED) + HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new ModelException("cannot read " + file.path() + ": " + e.getMessage(), e);
    }
  }

  private static void sample(MessageDigest digest, FileChannel channel, GgufFile file)
      throws IOException {
    digest.update(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, file.fileBytes()));
    update(digest, channel, 0, file.dataStart());
    long span = Math.max(0, file.fileBytes() - file.dataStart() - BLOCK_BYTES);
    for (int i = 0; i < SAMPLED_BLOCKS; i++) {
      long start = file.dataStart() + span / (SAMPLED_BLOCKS - 1) * i;
      update(digest, channel, start, Math.min(BLOCK_BYTES, file.fileBytes() - start));
    }
  }

  private static void update(MessageDigest digest, FileChannel channel, long start, long bytes)
      throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    long position = start;
    long end = start + bytes;
    while (position < end) {
      block.clear().limit((int) Math.min(BLOCK_BYTES, end - position));
      int read = channel.read(block, position);
      if (read < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      digest.update(block.flip());
      position += read;
    }
  }
}
