package io.tailwalk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The tables of docs/json.md, and a comparison of JSON with them. */
final class JsonFields {
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\| ([^|]+) \\| ([^|]*)\\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(#[^)]+\\)");
  private static final String OPTIONAL = ", optional";
  private static final String NEVER = "–";

  private record Field(String path, String type, boolean optional, boolean nullable) {}

  private final Map<String, Map<String, Field>> sections = new LinkedHashMap<>();
  private final Set<String> seen = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();

  static JsonFields of(Path page) throws IOException {
    return new JsonFields(Files.readAllLines(page));
  }

  JsonFields(List<String> lines) {
    Map<String, Field> fields = new HashMap<>();
    for (String line : lines) {
      Matcher row = ROW.matcher(line);
      if (line.startsWith("#")) {
        fields = new LinkedHashMap<>();
        sections.put(line.replaceFirst("#+ ", ""), fields);
      } else if (row.matches()) {
        String type = row.group(2);
        boolean optional = type.endsWith(OPTIONAL);
        String plain = optional ? type.substring(0, type.length() - OPTIONAL.length()) : type;
        String path = row.group(1);
        fields.put(path, new Field(path, plain, optional, !row.group(4).equals(NEVER)));
      } else if (line.startsWith("| `")) {
        faults.add("not a row of five columns: " + line);
      }
    }
  }

  /** Compares what a command printed with the section of that name. */
  void check(String section, JsonNode json) {
    object(section, "", json);
  }

  /** What is wrong so far, without repetitions. */
  Set<String> faults() {
    return new TreeSet<>(faults);
  }

  /** Documented fields that no command has printed. */
  Set<String> unseen() {
    Set<String> unseen = new TreeSet<>();
    sections.forEach((section, fields) ->
        fields
            .keySet()
            .forEach(path -> {
              if (!seen.contains(section + ": " + path)) {
                unseen.add(section + ": " + path);
              }
            }));
    return unseen;
  }

  private void object(String section, String prefix, JsonNode json) {
    Map<String, Field> fields = sections.getOrDefault(section, Map.of());
    json.properties()
        .forEach(property -> {
          String path = prefix + property.getKey();
          Field field = fields.get(path);
          if (field == null) {
            faults.add(section + ": " + path + " is not documented");
            return;
          }
          seen.add(section + ": " + path);
          value(section, field, field.type(), path, property.getValue());
        });
    for (Field field : fields.values()) {
      String path = field.path();
      boolean here = path.startsWith(prefix) && path.indexOf('.', prefix.length()) < 0;
      if (here && !field.optional() && !json.has(path.substring(prefix.length()))) {
        faults.add(section + ": " + path + " is missing");
      }
    }
  }

  private void value(String section, Field field, String type, String path, JsonNode json) {
    Matcher link = LINK.matcher(type);
    if (json.isNull()) {
      if (!field.nullable()) {
        faults.add(section + ": " + path + " is null");
      }
    } else if (type.startsWith("list of ")) {
      if (!json.isArray()) {
        faults.add(section + ": " + path + " is no list");
      }
      String each = type.substring("list of ".length());
      json.forEach(element -> value(section, field, each, path + "[]", element));
    } else if (type.startsWith("map of ")) {
      if (!json.isObject()) {
        faults.add(section + ": " + path + " is no map");
      }
      String each = type.substring("map of ".length());
      json.properties().forEach(e -> value(section, field, each, path + "[]", e.getValue()));
    } else if (link.matches()) {
      if (!sections.containsKey(link.group(1)) || !json.isObject()) {
        faults.add(section + ": " + path + " is no " + type);
      }
      object(link.group(1), "", json);
    } else if (type.equals("object")) {
      if (!json.isObject()) {
        faults.add(section + ": " + path + " is no object");
      }
      object(section, path + ".", json);
    } else if (!isOf(type, json)) {
      faults.add(section + ": " + path + " is no " + type + " but " + json);
    }
  }

  private static boolean isOf(String type, JsonNode json) {
    return switch (type) {
      case "text" -> json.isString();
      case "whole" -> json.isIntegralNumber();
      case "number" -> json.isNumber();
      case "number or inf" ->
          json.isNumber()
              || (json.isString() && Set.of("inf", "-inf").contains(json.stringValue()));
      case "boolean" -> json.isBoolean();
      case "any" -> true;
      default -> throw new IllegalArgumentException("unknown type in docs/json.md: " + type);
    };
  }
}
