package io.tailwalk.llama.engine;

import io.tailwalk.core.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The back ends of a llama.cpp library, as its files tell without a GPU at hand. */
final class BackEnds {
  private static final int BLOCK = 1 << 20;

  private BackEnds() {}

  /**
   * Refuses a library without a back end for what it is to compute on.
   *
   * @param files the folder of its files
   * @param source where they came from, for the message
   * @throws ModelException if there is none
   */
  static void require(EngineKind kind, Path files, Path source) throws IOException {
    if (kind != EngineKind.CPU && !has(kind, files)) {
      throw new ModelException(
          "%s has no back end for %s; install it under another name (%s for the processor only)"
              .formatted(source, kind.word(), EngineKind.CPU.word()));
    }
  }

  private static boolean has(EngineKind kind, Path files) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.list(files)) {
      all = found.sorted().toList();
    }
    for (Path file : all) {
      String name = String.valueOf(file.getFileName());
      // A library of one file exports its back ends by name.
      if (name.matches("(lib)?ggml-" + kind.word() + "\\..*") || contains(file, export(kind))) {
        return true;
      }
    }
    return false;
  }

  /** The function that a library with the back end defines. */
  private static String export(EngineKind kind) {
    return "ggml_backend_%s_reg".formatted(kind == EngineKind.VULKAN ? "vk" : kind.word());
  }

  /** Whether a text of ASCII is in a file of any size. */
  static boolean contains(Path file, String text) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String end = "";
      for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
        String seen = end + new String(block, StandardCharsets.ISO_8859_1);
        if (seen.contains(text)) {
          return true;
        }
        end = seen.substring(Math.max(0, seen.length() - text.length() + 1));
      }
      return false;
    }
  }
}
