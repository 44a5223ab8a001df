package io.tailwalk.train.recipe;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.records.JsonText;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A mapping of the file, read key by key; unread keys are refused at the end. */
final class Section {
  private final Path file;
  private final String name;
  private final ObjectNode node;
  private final Set<String> asked = new HashSet<>();

  Section(Path file, String name, ObjectNode node) {
    this.file = file;
    this.name = name;
    this.node = node;
  }

  /**
   * The complete file.
   *
   * @throws LearningException in one sentence if it is not a mapping in YAML
   */
  static Section ofFile(Path file) {
    return new Section(file, "", tree(file));
  }

  private static ObjectNode tree(Path file) {
    YAMLMapper yaml =
        YAMLMapper.builder(
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .build();
    try {
      JsonNode node = yaml.readTree(Files.readString(file));
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new LearningException(
          file + " holds no keys; see docs/train.md for what a file looks like");
    } catch (JacksonException e) {
      throw new LearningException(
          file
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
              + ": not valid YAML ("
              + JsonText.withoutAdvice(e)
              + ")",
          e);
    } catch (IOException e) {
      throw new LearningException("cannot read " + file + "; check the path", e);
    }
  }

  boolean has(String key) {
    asked.add(key);
    return node.hasNonNull(key);
  }

  /** A required mapping. */
  Section section(String key) {
    if (has(key) && node.get(key) instanceof ObjectNode child) {
      return new Section(file, path(key), child);
    }
    throw error(key, has(key) ? "is not a mapping" : "is missing", "write keys under it");
  }

  String text(String key) {
    JsonNode value = required(key, "a word");
    if (!value.isString() || value.stringValue().isBlank()) {
      throw error(key, "is " + value, "give a word");
    }
    return value.stringValue();
  }

  String choice(String key, List<String> known, @Nullable String otherwise) {
    if (otherwise != null && !has(key)) {
      return otherwise;
    }
    String value = text(key);
    if (!known.contains(value)) {
      throw error(key, "is " + value, "use one of " + String.join(", ", known));
    }
    return value;
  }

  int count(String key, int least) {
    JsonNode value = required(key, "a whole number");
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
      throw error(key, "is " + value, "give a whole number of at least " + least);
    }
    return value.intValue();
  }

  int count(String key, int least, int otherwise) {
    return has(key) ? count(key, least) : otherwise;
  }

  long seed(String key) {
    if (!has(key)) {
      return 0;
    }
    JsonNode value = node.get(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw error(key, "is " + value, "give a whole number");
    }
    return value.longValue();
  }

  double number(String key) {
    JsonNode value = required(key, "a number");
    // YAML 1.2 reads 1e-3 as a number only with a point in some readers; texts of numbers pass.
    try {
      double number =
          value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asString("none"));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    throw error(key, "is " + value, "give a finite number");
  }

  double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!node.get(key).isBoolean()) {
      throw error(key, "is " + node.get(key), "give true or false");
    }
    return node.get(key).booleanValue();
  }

  List<Double> numbers(String key, List<Double> otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode list = node.get(key);
    if (!list.isArray() || list.isEmpty() || !list.valueStream().allMatch(JsonNode::isNumber)) {
      throw error(key, "is " + list, "give numbers in brackets");
    }
    return list.valueStream().map(JsonNode::doubleValue).toList();
  }

  /** A path; relative paths start at the folder of the file. */
  Path path(String key, boolean mustExist) {
    Path given = Path.of(text(key));
    Path base = file.toAbsolutePath().getParent();
    Path path = base == null ? given : base.resolve(given).normalize();
    if (mustExist && !Files.isRegularFile(path)) {
      throw error(key, "names no file: " + path, "check the path");
    }
    return path;
  }

  /** Refuses keys that were not read. */
  void finish() {
    for (String key : node.propertyNames()) {
      if (!asked.contains(key)) {
        throw error(
            key,
            "is unknown",
            "valid keys are " + String.join(", ", asked.stream().sorted().toList()));
      }
    }
  }

  private JsonNode required(String key, String wanted) {
    if (!has(key)) {
      throw error(key, "is missing", "give it " + wanted);
    }
    return node.get(key);
  }

  /** The error about a key. */
  LearningException error(String key, String problem, String fix) {
    return new LearningException(file + ": the key " + path(key) + " " + problem + "; " + fix);
  }

  /** Runs a constructor and adds the section of the file to its error. */
  <T> T build(java.util.function.Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (LearningException | CoverageException | IllegalArgumentException e) {
      throw new LearningException(
          file + (name.isEmpty() ? ": " : ", " + name + ": ") + e.getMessage(), e);
    }
  }

  private String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }
}
