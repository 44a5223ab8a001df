package io.tailwalk.llama.ffi;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What a library says about itself.
 *
 * @param version llama.cpp's version, such as {@code 0.5.0-dev}, or the number of the build, such
 *     as {@code b4916}; empty if the library tells neither
 * @param commit the beginning of the commit's hash; empty if unknown
 */
public record Build(String version, String commit) {
  private static final int COMMIT_CHARACTERS = 12;

  /** The names of a loaded library. */
  static Build of(Symbols symbols) {
    String version =
        text(symbols, "llama_version")
            .or(() ->
                symbols
                    .number("LLAMA_BUILD_NUMBER")
                    .filter(number -> number > 0)
                    .map(number -> "b" + number))
            .filter(word -> word.matches("[A-Za-z0-9._+-]{1,40}"))
            .orElse("");
    String commit =
        text(symbols, "ggml_commit").or(() -> symbols.string("LLAMA_COMMIT")).orElse("");
    return new Build(
        version,
        commit.matches("[0-9a-f]+")
            ? commit.substring(0, Math.min(COMMIT_CHARACTERS, commit.length()))
            : "");
  }

  /** Version and commit, as far as they are known. */
  public String words() {
    String shown = version.isEmpty() ? "llama.cpp of an unknown version" : "llama.cpp " + version;
    return commit.isEmpty() ? shown : shown + " (" + commit + ")";
  }

  private static Optional<String> text(Symbols symbols, String function) {
    if (!symbols.has(function)) {
      return Optional.empty();
    }
    try {
      MemorySegment found =
          (MemorySegment) symbols.function(function, Symbols.POINTER).invokeExact();
      return Symbols.text(found);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
  }
}
