package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.spec.SpecFiles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A folder whose files absolute references reach: those that begin with a given text. */
public final class SchemaFolder {
  /** No folder: references stay within the schema. */
  public static SchemaFolder none() {
    return new SchemaFolder("", null);
  }

  private final String prefix;
  private final @Nullable Path folder;
  private final Map<String, String> sources = new TreeMap<>();

  private SchemaFolder(String prefix, @Nullable Path folder) {
    this.prefix = prefix;
    this.folder = folder;
  }

  /**
   * Reads {@code URL=FOLDER}.
   *
   * @throws IllegalArgumentException if it has another form or the folder does not exist
   */
  public static SchemaFolder parse(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "json-schema: refs=" + text + " is not a URL and a folder; write refs=URL=FOLDER");
    }
    Path folder;
    try {
      folder = Path.of(text.substring(equals + 1));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "json-schema: refs= names a folder that is not a path; correct it", e);
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "json-schema: the folder " + folder + " of refs= is not found; check its name");
    }
    return new SchemaFolder(text.substring(0, equals), folder);
  }

  /** The document of an address; empty if its file is not in the folder. */
  Optional<JsonNode> read(String uri) {
    if (folder == null || !uri.startsWith(prefix)) {
      return Optional.empty();
    }
    String text = "";
    try {
      Path root = folder.toRealPath();
      Path file = root.resolve(uri.substring(prefix.length()).replaceFirst("^/+", "")).normalize();
      if (!file.startsWith(root) || !Files.isRegularFile(file)) {
        return Optional.empty();
      }
      SpecFiles.Loaded loaded = SpecFiles.load("json-schema", file.toString());
      text = loaded.text();
      JsonNode node = JsonTree.read(text);
      sources.putAll(loaded.sources());
      return node.isObject() || node.isBoolean() ? Optional.of(node) : Optional.empty();
    } catch (java.io.IOException | InvalidPathException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "the file for " + Library.shown(uri) + " is not valid JSON: " + JsonTree.fault(text), e);
    }
  }

  /** The files read so far with their hashes. */
  Map<String, String> sources() {
    return sources;
  }
}
