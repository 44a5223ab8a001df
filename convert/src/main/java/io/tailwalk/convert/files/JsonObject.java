package io.tailwalk.convert.files;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An object in a JSON file. A key with the value {@code null} counts as missing. The keys that were
 * asked for are remembered, so that {@link #requireOnly} can refuse the others.
 */
public final class JsonObject {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** No tokenizer of today has a file of this size. */
  private static final long MOST_BYTES = 256L << 20;

  private final Path file;
  private final String where;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  private JsonObject(Path file, String where, JsonNode node) {
    this.file = file;
    this.where = where;
    this.node = node;
  }

  /**
   * Reads a file.
   *
   * @throws ModelException in one sentence if it cannot be read or is not a JSON object
   */
  public static JsonObject read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ModelException(
            "%s has %d bytes, more than any such file; download it again"
                .formatted(file, Files.size(file)));
      }
      JsonNode node = JSON.readTree(Files.readAllBytes(file));
      if (node.isObject()) {
        return new JsonObject(file, "", node);
      }
    } catch (JacksonException e) {
      throw new ModelException(
          "%s is not valid JSON (%s); download it again".formatted(file, JsonText.reason(e)), e);
    } catch (IOException e) {
      throw new ModelException(String.valueOf(AtomicFiles.unreadable(file, e).getMessage()), e);
    }
    throw new ModelException(file + " is not a JSON object; download it again");
  }

  /** Reads a file if it exists. */
  public static Optional<JsonObject> readIfExists(Path file) {
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** The path of the file. */
  public Path file() {
    return file;
  }

  /** All keys, in the order of the file. */
  public List<String> keys() {
    return List.copyOf(node.propertyNames());
  }

  /** The value of a key as it is; a missing node if there is none. */
  public JsonNode node(String key) {
    asked.add(key);
    return node.path(key);
  }

  /** Whether a key has a value. */
  public boolean has(String key) {
    return !isMissing(node(key));
  }

  /** A text; empty if it is missing. */
  public Optional<String> text(String key) {
    JsonNode value = node(key);
    if (isMissing(value)) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw wrong(key, "is not a text");
    }
    return Optional.of(value.stringValue());
  }

  /** A whole number that is not negative; empty if it is missing. */
  public OptionalInt whole(String key) {
    JsonNode value = node(key);
    if (isMissing(value)) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw wrong(key, "is not a whole number from 0 to 2147483647");
    }
    return OptionalInt.of(value.intValue());
  }

  /** A whole number of at least 1 that must be there. */
  public int size(String key) {
    int value = whole(key).orElseThrow(() -> missing(key));
    if (value == 0) {
      throw wrong(key, "is 0");
    }
    return value;
  }

  /** A finite number; empty if it is missing. */
  public OptionalDouble number(String key) {
    JsonNode value = node(key);
    if (isMissing(value)) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(key, "is not a number");
    }
    return OptionalDouble.of(value.doubleValue());
  }

  /** True or false. */
  public boolean flag(String key, boolean ifMissing) {
    JsonNode value = node(key);
    if (isMissing(value)) {
      return ifMissing;
    }
    if (!value.isBoolean()) {
      throw wrong(key, "is neither true nor false");
    }
    return value.booleanValue();
  }

  /** An object; empty if it is missing. */
  public Optional<JsonObject> object(String key) {
    JsonNode value = node(key);
    if (isMissing(value)) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw wrong(key, "is not an object");
    }
    return Optional.of(new JsonObject(file, where + key + ".", value));
  }

  /** The elements of a list; empty if it is missing. */
  public List<JsonNode> list(String key) {
    JsonNode value = node(key);
    if (isMissing(value)) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(key, "is not a list");
    }
    List<JsonNode> elements = new ArrayList<>();
    value.forEach(elements::add);
    return elements;
  }

  /** One whole number or a list of whole numbers; empty if it is missing. */
  public List<Integer> wholes(String key) {
    JsonNode value = node(key);
    List<JsonNode> elements = value.isArray() ? list(key) : List.of(value);
    if (isMissing(value)) {
      return List.of();
    }
    for (JsonNode element : elements) {
      if (!element.isIntegralNumber() || !element.canConvertToInt() || element.intValue() < 0) {
        throw wrong(key, "is neither a whole number nor a list of them");
      }
    }
    return elements.stream().map(JsonNode::intValue).toList();
  }

  /**
   * Refuses keys that were never asked for and have a value other than null, false or an empty list
   * or object.
   *
   * @param harmless keys without an effect on what is converted
   * @throws ModelException that names the first
   */
  public void requireOnly(Set<String> harmless) {
    node.propertyStream()
        .filter(entry -> !asked.contains(entry.getKey()) && !harmless.contains(entry.getKey()))
        .filter(entry -> !isOff(entry.getValue()))
        .findFirst()
        .ifPresent(entry -> {
          throw new ModelException(
              "%s has the unknown entry %s (%s); if it does not change what the model computes, remove it, otherwise use another converter"
                  .formatted(
                      file,
                      TableException.quoted(where + entry.getKey()),
                      TableException.quoted(entry.getValue().toString())));
        });
  }

  private static boolean isOff(JsonNode value) {
    return isMissing(value)
        || (value.isBoolean() && !value.booleanValue())
        || (value.isContainer() && value.isEmpty());
  }

  private static boolean isMissing(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** A sentence about a key whose value is malformed. */
  public ModelException wrong(String key, String how) {
    return new ModelException(
        "%s: the entry %s %s; download the file again".formatted(file, where + key, how));
  }

  /** A sentence about a feature that cannot be converted. */
  public ModelException unsupported(String key, String how) {
    return new ModelException(
        "%s: %s%s %s, which is not supported; use a GGUF file of this model or another model"
            .formatted(file, where, key, how));
  }

  private ModelException missing(String key) {
    return wrong(key, "is missing");
  }
}
