package io.tailwalk.llama.engine;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.LlamaLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The library files in a package, a folder, or next to a library. */
final class EngineFiles {
  /** More than the largest library with kernels for every card; protects the disk. */
  private static final long MOST_BYTES = 4L << 30;

  private static final Pattern LIBRARY =
      Pattern.compile("[A-Za-z0-9._+-]+(\\.so(\\.[0-9.]+)?|\\.dylib|\\.dll|\\.metallib|\\.metal)");

  /** Files of such packages that llama.cpp does not need: other programs, servers, front ends. */
  private static final Pattern OTHERS =
      Pattern.compile("(lib)?(llama-common|llama-addon|mtmd)\\b.*");

  private final Path source;
  private final Path target;
  private long bytes;

  private EngineFiles(Path source, Path target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Copies the library files into an empty folder.
   *
   * @param source a package of npm (.tgz) or pip (.whl, .zip), a folder, or a library file
   * @throws ModelException if the source has no llama.cpp library
   * @throws IOException if a file cannot be read or written
   */
  static void copy(Path source, Path target) throws IOException {
    var files = new EngineFiles(source, target);
    String name = String.valueOf(source.getFileName());
    try {
      if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
        TarFile.read(source, (path, size, content) -> files.take(path, content));
      } else if (name.endsWith(".whl") || name.endsWith(".zip")) {
        files.takeZip();
      } else {
        files.takeFolder();
      }
    } catch (IOException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    }
    try (Stream<Path> found = Files.list(target)) {
      if (found.findAny().isEmpty()) {
        throw new ModelException(
            source + " contains no library; name a package, a folder or a file with libllama");
      }
    }
    LlamaLibrary.locate(target);
  }

  private void take(String path, InputStream content) throws IOException {
    String name = path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
    if (!LIBRARY.matcher(name).matches() || OTHERS.matcher(name).matches()) {
      return;
    }
    Path file = target.resolve(name);
    if (Files.exists(file)) {
      throw new ModelException(
          source
              + " has two files "
              + name
              + "; unpack it and name the folder with the library you mean");
    }
    bytes += Files.copy(new Limited(content, MOST_BYTES - bytes), file);
  }

  private void takeZip() throws IOException {
    try (var zip = new ZipInputStream(Files.newInputStream(source))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          take(entry.getName(), zip);
        }
      }
    }
  }

  private void takeFolder() throws IOException {
    Path library = LlamaLibrary.locate(source);
    Path folder = library.toAbsolutePath().resolveSibling("");
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : all) {
      String name = String.valueOf(file.getFileName());
      // A folder of the system has the libraries of others too.
      if (file.equals(library) || name.matches("(lib)?ggml.*")) {
        try (InputStream content = Files.newInputStream(file)) {
          take(name, content);
        }
      }
    }
  }

  /** Ends with an error instead of filling the disk. */
  private static final class Limited extends InputStream {
    private final InputStream in;
    private long left;

    Limited(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] block, int from, int length) throws IOException {
      int count = in.read(block, from, length);
      left -= Math.max(0, count);
      if (left < 0) {
        throw new IOException("its libraries have more than " + MOST_BYTES + " bytes");
      }
      return count;
    }
  }
}
