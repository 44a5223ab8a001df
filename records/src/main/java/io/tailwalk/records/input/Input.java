package io.tailwalk.records.input;

import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.Scratch;
import io.tailwalk.records.TableException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file to be read, as the user named it. Pipes, devices and standard input ({@code -}) can be
 * read only once, so they are copied to a scratch file first.
 *
 * @param name the name in messages
 * @param file a regular file with the bytes
 * @param columns the user's choice of the column that holds a field of prompts and responses
 */
public record Input(Path name, Path file, Map<String, String> columns) {
  /** The fields whose column can be chosen. */
  public static final List<String> FIELDS =
      List.of("prompt", "completion", "messages", "id", "prompt_id");

  /** The name of standard input on a command line. */
  public static final String STANDARD_INPUT = "-";

  private static final Path STANDARD_INPUT_NAME = Path.of("standard input");

  /** Keeps an immutable copy. */
  public Input {
    columns = Map.copyOf(columns);
  }

  private Input(Path name, Path file) {
    this(name, file, Map.of());
  }

  /** A regular file. */
  public static Input of(Path file) {
    return new Input(file, file);
  }

  /**
   * This file with chosen columns: each row has the field too, with the content of the column.
   *
   * @param chosen the column of each field of {@link #FIELDS}
   * @throws IllegalArgumentException if a field is unknown
   */
  public Input withColumns(Map<String, String> chosen) {
    for (String field : chosen.keySet()) {
      if (!FIELDS.contains(field)) {
        throw new IllegalArgumentException(
            "unknown field "
                + TableException.quoted(field)
                + "; the fields are "
                + String.join(", ", FIELDS));
      }
    }
    return new Input(name, file, chosen);
  }

  /**
   * The files of one name: the file of exactly this name, standard input for {@code -}, or the
   * files that match the name as a glob ({@code *}, {@code **}, {@code ?}, {@code [...]}, {@code
   * {a,b}}), sorted. A name is a glob only if no file has it.
   *
   * @throws TableException if there is no such file
   */
  public static List<Input> named(String name) {
    if (name.isEmpty()) {
      throw new TableException("the name of a file is empty; name a file.");
    }
    if (name.equals(STANDARD_INPUT)) {
      return List.of(spool(STANDARD_INPUT_NAME, System.in));
    }
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      return globbed(name, Path.of(""), e);
    }
    if (Files.isRegularFile(path)) {
      return List.of(of(path));
    }
    if (Files.isDirectory(path)) {
      throw TableException.in(
          path, "it is a folder", "name a file, or the files in it as FOLDER/*");
    }
    if (Files.exists(path)) {
      try (InputStream in = Files.newInputStream(path)) {
        return List.of(spool(path, in));
      } catch (IOException e) {
        throw AtomicFiles.unreadable(path, e);
      }
    }
    return globbed(name, path, null);
  }

  /** The files of several names, in their order. */
  public static List<Input> named(List<String> names) {
    return names.stream().flatMap(name -> named(name).stream()).toList();
  }

  private static List<Input> globbed(String glob, Path path, @Nullable Exception cause) {
    List<Input> found = new ArrayList<>();
    if (glob.matches(".*[*?\\[{].*")) {
      Path root = Path.of(glob.substring(0, plainPrefix(glob)));
      PathMatcher matcher = matcher(glob);
      int depth = glob.contains("**") ? Integer.MAX_VALUE : depth(glob, root);
      try (Stream<Path> files = Files.walk(root, depth)) {
        files
            .filter(file -> matcher.matches(file) && Files.isRegularFile(file))
            .sorted()
            .forEach(file -> found.add(of(file)));
      } catch (IOException | UncheckedIOException e) {
        throw new TableException(
            TableException.quoted(glob) + ": its folder cannot be read; check the path.", e);
      }
    }
    if (found.isEmpty()) {
      throw new TableException(
          (cause == null ? path.toString() : TableException.quoted(glob))
              + ": no such file; check the path or pattern.");
    }
    return List.copyOf(found);
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (IllegalArgumentException e) {
      throw new TableException(
          TableException.quoted(glob) + ": no such file, and not a valid pattern; check the path.",
          e);
    }
  }

  /** Length of the folder before the first wildcard. */
  private static int plainPrefix(String glob) {
    int wildcard = 0;
    while ("*?[{".indexOf(glob.charAt(wildcard)) < 0) {
      wildcard++;
    }
    return glob.lastIndexOf('/', wildcard) + 1;
  }

  private static int depth(String glob, Path root) {
    int names = Path.of(glob.replaceAll("[*?\\[\\]{}]", "x")).getNameCount();
    return Math.max(1, names - (root.toString().isEmpty() ? 0 : root.getNameCount()));
  }

  private static Input spool(Path name, InputStream in) {
    try {
      return new Input(name, Scratch.copy(in));
    } catch (IOException e) {
      throw AtomicFiles.unreadable(name, e);
    }
  }

  /**
   * Opens the content, decompressed. gzip and Zstandard are recognised by their first bytes.
   *
   * @throws TableException if the file cannot be opened, or its compression is not supported
   */
  public InputStream open() {
    try {
      InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      try {
        return Compression.of(raw).decoder(this, raw);
      } catch (IOException | RuntimeException e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw AtomicFiles.unreadable(name, e);
    }
  }

  /** The compression, by the first bytes. */
  public Compression compression() {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      return Compression.of(raw);
    } catch (IOException e) {
      throw AtomicFiles.unreadable(name, e);
    }
  }

  /** The last part of the name without the extensions of format and compression. */
  public String stem() {
    return stem(String.valueOf(name.getFileName()));
  }

  /** The last part of a name or pattern without the extensions of format and compression. */
  static String stem(String name) {
    return name.substring(name.lastIndexOf('/') + 1)
        .replaceFirst("(?i)\\.(gz|zst)$", "")
        .replaceFirst("(?i)\\.(jsonl|ndjson|json|csv|tsv|parquet)$", "");
  }

  /** The error about content that cannot be read or decompressed. */
  public TableException unreadable(IOException e) {
    if (e instanceof ZipException || e instanceof EOFException) {
      return new TableException(
          name + ": its compressed data is damaged or cut off; compress it again.", e);
    }
    return AtomicFiles.unreadable(name, e);
  }

  /** The error about the whole file. */
  public TableException error(String problem, String fix) {
    return TableException.in(name, problem, fix);
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
