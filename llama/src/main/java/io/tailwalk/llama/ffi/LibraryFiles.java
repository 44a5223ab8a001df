package io.tailwalk.llama.ffi;

import io.tailwalk.core.NativeCache;
import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Locates the native library: the user's own, or the embedded one, unpacked once into a folder of
 * the user's cache that is named after its content.
 */
final class LibraryFiles {
  private static final String CARRIER = "/de/kherud/llama/";

  private LibraryFiles() {}

  /** The library file for a path of the file or of its folder. */
  static Path ofUser(Path path) {
    if (Files.isRegularFile(path)) {
      return path.toAbsolutePath().normalize();
    }
    if (!Files.isDirectory(path)) {
      throw new ModelException(
          "llama.cpp library not found: " + path + "; check the path of the library");
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> found =
          files.filter(LibraryFiles::looksLikeLlama).sorted(LibraryFiles::byLength).toList();
      if (found.isEmpty()) {
        throw new ModelException(
            "the folder " + path + " contains no libllama; name the folder with the library");
      }
      return found.getFirst().toAbsolutePath().normalize();
    } catch (IOException e) {
      throw new ModelException("cannot read the folder " + path + ": " + e.getMessage(), e);
    }
  }

  private static boolean looksLikeLlama(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && (name.matches("libj?llama(\\.[a-z]+)?(\\.v?[0-9.]+)?\\.(so|dylib)(\\.[0-9.]+)?")
            || name.matches("j?llama(\\.[a-z]+)?(\\.v?[0-9.]+)?\\.dll"));
  }

  /** The back ends for GPUs next to a library, in the order of their names. */
  static List<Path> gpuBackEnds(Path library) {
    try (Stream<Path> files = Files.list(library.toAbsolutePath().resolveSibling(""))) {
      return files
          .filter(file ->
              file.getFileName()
                  .toString()
                  .matches("(lib)?ggml-(cuda|hip|metal|musa|opencl|sycl|vulkan)\\..*"))
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of(); // as if there were none
    }
  }

  private static int byLength(Path left, Path right) {
    int byLength = Integer.compare(left.toString().length(), right.toString().length());
    return byLength != 0 ? byLength : left.compareTo(right);
  }

  /** The embedded library for this machine, unpacked. */
  static Path embedded() {
    String resource = CARRIER + platform();
    byte[] content = resource(resource);
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    try {
      return unpacked(NativeCache.folder(), name, content);
    } catch (IOException e) {
      throw new ModelException(
          "cannot unpack the llama.cpp library: "
              + e.getMessage()
              + "; set -D"
              + NativeCache.PROPERTY
              + " to a writable folder",
          e);
    }
  }

  /** Writes the library to a folder named after its hash, unless it already exists. */
  static Path unpacked(Path cache, String name, byte[] content) throws IOException {
    String hash = Sha256.hex(content).substring(0, 32);
    Path file = cache.resolve(hash).resolve(name);
    if (Files.isRegularFile(file) && !Arrays.equals(Files.readAllBytes(file), content)) {
      Files.delete(file);
    }
    return NativeCache.library(
        cache, hash, name, content.length, () -> new ByteArrayInputStream(content));
  }

  private static byte[] resource(String resource) {
    try (InputStream in = LibraryFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelException(
            "no llama.cpp library is embedded for "
                + System.getProperty("os.name")
                + " on "
                + System.getProperty("os.arch")
                + "; name your own libllama");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ModelException("cannot read the embedded llama.cpp library", e);
    }
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String arch =
        switch (machine) {
          case "amd64", "x86_64", "x64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> machine;
        };
    if (os.contains("win")) {
      return "Windows/" + arch + "/jllama.dll";
    }
    return os.contains("mac")
        ? "Mac/" + arch + "/libjllama.dylib"
        : "Linux/" + arch + "/libjllama.so";
  }
}
