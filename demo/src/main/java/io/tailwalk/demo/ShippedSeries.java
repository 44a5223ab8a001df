package io.tailwalk.demo;

import io.tailwalk.records.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checkpoints of a fine-tuning run with held-out responses: the files of {@code
 * examples/graph-series}, which the build includes in the program.
 *
 * @param models files {@code step-N.gguf} by ascending step
 * @param heldOut file of held-out responses to score
 */
record ShippedSeries(List<Path> models, Path heldOut) {
  static final String FOLDER = "graph-series";
  private static final String HELD_OUT = "heldout.jsonl";
  private static final Pattern NAME = Pattern.compile("step-(\\d+)");

  /** Keeps a copy. */
  ShippedSeries {
    models = List.copyOf(models);
  }

  /** Copies the series into a folder, where other commands can use it. */
  static ShippedSeries copyInto(Path folder) {
    URL packed = ShippedSeries.class.getResource(FOLDER + "/" + HELD_OUT);
    if (packed == null) {
      throw new IllegalStateException(FOLDER + " is missing from the jar; build it again");
    }
    Path target = AtomicFiles.folder(folder.resolve(FOLDER));
    try {
      URI place = packed.toURI();
      if (!"jar".equals(place.getScheme())) {
        return copy(parent(Path.of(place)), target);
      }
      // jar:file:/folder/name.jar!/path/in/it; opened by its file, the jar has no other owner that
      // could close it.
      String[] parts = place.getRawSchemeSpecificPart().split("!/", 2);
      try (FileSystem jar = FileSystems.newFileSystem(Path.of(URI.create(parts[0])))) {
        return copy(parent(jar.getPath(parts[1])), target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(packed + " is not a file location", e);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalStateException(file + " has no folder");
    }
    return parent;
  }

  private static ShippedSeries copy(Path source, Path target) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(source)) {
      files = listed.sorted().toList();
    }
    List<Path> models = new ArrayList<>();
    for (Path file : files) {
      Path copy = target.resolve(String.valueOf(file.getFileName()));
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      AtomicFiles.writeBytes(
          copy,
          out -> {
            while (bytes.hasRemaining()) {
              out.write(bytes);
            }
          });
      if (copy.toString().endsWith(".gguf")) {
        models.add(copy);
      }
    }
    return new ShippedSeries(models, target.resolve(HELD_OUT));
  }

  /** The name of a checkpoint: the file name without extension. */
  static String name(Path model) {
    return String.valueOf(model.getFileName()).replaceFirst("\\.gguf$", "");
  }

  /** The training step in a checkpoint's name. */
  static long step(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalStateException("the checkpoint " + name + " is not called step-N");
    }
    return Long.parseLong(matcher.group(1));
  }
}
