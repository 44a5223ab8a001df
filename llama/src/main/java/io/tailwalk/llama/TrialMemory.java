package io.tailwalk.llama;

import io.tailwalk.core.NativeCache;
import io.tailwalk.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which files have passed a trial with which library: an empty file in the user's cache for each
 * pair, named by the hash of both.
 */
final class TrialMemory {
  /** Changes when a trial examines more, so that files are tried again. */
  private static final String VERSION = "1";

  private static final String FOLDER = "tried";

  private final Optional<Path> mark;

  private TrialMemory(Optional<Path> mark) {
    this.mark = mark;
  }

  /**
   * The memory of this user; a library is known by its content. What chooses other computations has
   * trials of its own: GPUs, flash attention, the number type of the cache.
   */
  static TrialMemory of(String fingerprint, Path library, LlamaOptions options) {
    try {
      boolean plain =
          options.gpu().equals(GpuOptions.DEFAULT)
              && !options.flashAttention()
              && options.cacheType() == CacheType.AUTO;
      List<String> chosen = new ArrayList<>(options.gpu().encoded());
      chosen.add(Boolean.toString(options.flashAttention()));
      chosen.add(options.cacheType().name());
      String known = plain ? fingerprint : Sha256.hex(chosen) + fingerprint;
      return in(NativeCache.folder().resolve(FOLDER), known, library);
    } catch (IOException _) {
      return new TrialMemory(Optional.empty()); // without a cache every opening is a trial
    }
  }

  static TrialMemory in(Path folder, String fingerprint, Path library) throws IOException {
    List<String> parts = new ArrayList<>(List.of(VERSION, fingerprint, Sha256.hex(library)));
    parts.addAll(neighbours(library));
    return new TrialMemory(Optional.of(folder.resolve(Sha256.hex(parts))));
  }

  /**
   * A library in several files has its computations in the others: their names, sizes and times.
   */
  private static List<String> neighbours(Path library) throws IOException {
    try (Stream<Path> files = Files.list(library.toAbsolutePath().resolveSibling(""))) {
      List<String> told = new ArrayList<>();
      for (Path file : files.filter(path -> isLibrary(path, library)).sorted().toList()) {
        told.add(
            "%s %d %d"
                .formatted(
                    file.getFileName(),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toMillis()));
      }
      return told;
    }
  }

  private static boolean isLibrary(Path file, Path library) {
    String name = String.valueOf(file.getFileName());
    return name.contains("ggml")
        && !file.getFileName().equals(library.getFileName())
        && Files.isRegularFile(file);
  }

  boolean isPassed() {
    return mark.filter(Files::exists).isPresent();
  }

  /** Remembers that the file has passed. */
  void pass() {
    mark.ifPresent(file -> {
      try {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, new byte[0]);
      } catch (IOException _) {
        return; // tried again next time
      }
    });
  }
}
