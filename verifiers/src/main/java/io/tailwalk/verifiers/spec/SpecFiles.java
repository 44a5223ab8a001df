package io.tailwalk.verifiers.spec;

import io.tailwalk.core.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that specifications name. */
public final class SpecFiles {
  private SpecFiles() {}

  /**
   * A file as it was read.
   *
   * @param name its name in the specification
   * @param text its text
   * @param hash SHA-256 of its bytes
   */
  public record Loaded(String name, String text, String hash) {
    /** The file as a part of what a verifier depends on. */
    public Map<String, String> sources() {
      return Map.of(part(name), hash);
    }
  }

  /**
   * The text of a file in UTF-8.
   *
   * @param kind the verifier's kind, for messages
   * @throws IllegalArgumentException naming the file if it cannot be read
   */
  public static String read(String kind, String file) {
    return load(kind, file).text();
  }

  /**
   * The text of a file in UTF-8 and its hash, from one look at the file.
   *
   * @param kind the verifier's kind, for messages
   * @throws IllegalArgumentException naming the file if it cannot be read
   */
  public static Loaded load(String kind, String file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Loaded(file, text, Sha256.hex(bytes));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          kind + ": the file " + file + " cannot be read; check its name and that it is UTF-8", e);
    }
  }

  /**
   * The files among the words of a command line, with their hashes: scripts and what they are
   * given. The program itself is one of them only if it is named by a path; a word {@code
   * NAME=FILE} counts as its file.
   */
  public static Map<String, String> ofCommand(List<String> words) {
    var files = new LinkedHashMap<String, String>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (i > 0 || word.contains("/") || word.contains("\\")) {
        add(files, word);
        add(files, word.substring(word.indexOf('=') + 1));
      }
    }
    return files;
  }

  private static void add(Map<String, String> files, String word) {
    try {
      Path path = Path.of(word);
      if (!word.isEmpty() && Files.isRegularFile(path)) {
        files.put(part(word), Sha256.hex(path));
      }
    } catch (InvalidPathException e) {
      return; // a word that cannot be the name of a file is not one
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cmd: the file " + word + " cannot be read; check its permissions", e);
    }
  }

  private static String part(String file) {
    return "verifier's file " + file;
  }
}
