package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.llama.tiny.GgufWriter;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Shared models, libraries and comparisons of the tests. */
final class TestModels {
  /** One thread, F32 cache, embedded library: the most exact setting. Own files need no trial. */
  static final LlamaOptions EXACT =
      LlamaOptions.DEFAULTS.withThreads(1).withCacheType(CacheType.F32).withTrust(true);

  private TestModels() {}

  static LlamaModel open(GgufWriter writer, Path folder, LlamaOptions options) {
    return LlamaModel.open(writer.write(folder.resolve("tiny.gguf")), options);
  }

  /**
   * The embedded library and those that the environment names in {@code TAILWALK_LIBLLAMA}, files
   * or folders separated as in a path list.
   */
  static List<Optional<Path>> libraries() {
    return Stream.concat(
            Stream.of(Optional.<Path>empty()),
            Stream.ofNullable(System.getenv("TAILWALK_LIBLLAMA"))
                .flatMap(named -> Stream.of(named.split(File.pathSeparator, -1)))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .map(Optional::of))
        .toList();
  }

  static LlamaOptions with(LlamaOptions options, Optional<Path> library) {
    return library.map(options::withLibrary).orElse(options);
  }

  /** The file that real-model tests use, if there is one. */
  static Optional<Path> realModel() throws java.io.IOException {
    String named = System.getProperty("tailwalk.model");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Path folder = Path.of(System.getProperty("tailwalk.repository", "..")).resolve("models");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".gguf")).sorted().findFirst();
    }
  }

  static int[] randomTokens(SplittableRandom random, int length, int vocabulary) {
    return random.ints(length, 0, vocabulary).toArray();
  }

  static double[] all(LogProbs distribution) {
    double[] values = new double[distribution.size()];
    for (int token = 0; token < values.length; token++) {
      values[token] = distribution.logProb(token);
    }
    return values;
  }

  static double largestDifference(double[] left, double[] right) {
    assertThat(left).hasSameSizeAs(right);
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(left[i] - right[i]));
    }
    return largest;
  }

  static int[] join(int[] prompt, int[] prefix) {
    int[] all = java.util.Arrays.copyOf(prompt, prompt.length + prefix.length);
    System.arraycopy(prefix, 0, all, prompt.length, prefix.length);
    return all;
  }
}
