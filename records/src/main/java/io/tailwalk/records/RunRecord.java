package io.tailwalk.records;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The provenance of a result, stored with it. It has no time of day, so that equal runs have equal
 * records.
 *
 * @param tool the program
 * @param command the command line; secrets are hidden on construction
 * @param models the models used, in the given order
 * @param seed the seed of all randomness
 * @param params settings by name; values are strings, booleans, longs and doubles
 * @param host the host
 */
public record RunRecord(
    Tool tool,
    List<String> command,
    List<ModelStamp> models,
    long seed,
    SortedMap<String, Object> params,
    HostFacts host) {
  /** Version of the JSON form. */
  public static final int SCHEMA_VERSION = 1;

  private static final Set<String> FIELDS =
      Set.of("schema_version", "tool", "command", "models", "seed", "params", "host");

  /**
   * The program that created a result.
   *
   * @param version its version
   * @param gitId commit it was built from; null if unknown
   */
  public record Tool(String version, @Nullable String gitId) {}

  /** Copies, sorts the settings, and hides secrets in the command. */
  public RunRecord {
    command = CommandLine.withoutSecrets(command);
    models = List.copyOf(models);
    params = SampleOrigin.settings(params);
  }

  /** The JSON form. */
  @JsonValue
  public ObjectNode json() {
    return Json.of(new Form(SCHEMA_VERSION, tool, command, models, seed, params, host));
  }

  private record Form(
      int schemaVersion,
      Tool tool,
      List<String> command,
      List<ModelStamp> models,
      long seed,
      SortedMap<String, Object> params,
      HostFacts host) {}

  /**
   * Reads the JSON form back.
   *
   * @param file its file, for error messages
   * @param object the JSON form
   * @return the record
   * @throws TableException if a field is missing, unknown or of the wrong type
   */
  public static RunRecord of(Path file, ObjectNode object) {
    JsonRow row = new JsonRow(file, 1, object);
    row.allowOnly(FIELDS);
    if (row.integer("schema_version") != SCHEMA_VERSION) {
      throw row.error(
          "schema_version is " + row.integer("schema_version"),
          "this program reads version " + SCHEMA_VERSION);
    }
    return row.build(() ->
        new RunRecord(
            new Tool(row.child("tool").string("version"), text(row.child("tool"), "git_id")),
            words(row),
            models(row),
            row.integer("seed"),
            SampleRows.settings(row.child("params")),
            host(row.child("host"))));
  }

  private static HostFacts host(JsonRow row) {
    return new HostFacts(row.count("cores"), row.string("os"), row.string("jdk"));
  }

  private static List<String> words(JsonRow row) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : array(row, "command")) {
      if (!word.isString()) {
        throw row.error("\"command\" holds " + JsonRow.kind(word), "give strings");
      }
      words.add(word.stringValue());
    }
    return words;
  }

  private static List<ModelStamp> models(JsonRow row) {
    List<ModelStamp> models = new ArrayList<>();
    for (JsonNode model : array(row, "models")) {
      if (!(model instanceof ObjectNode object)) {
        throw row.error("\"models\" holds " + JsonRow.kind(model), "give objects");
      }
      JsonRow child = new JsonRow(row.file(), row.number(), object);
      models.add(new ModelStamp(child.string("name"), text(child, "hash")));
    }
    return models;
  }

  private static ArrayNode array(JsonRow row, String field) {
    if (row.object().get(field) instanceof ArrayNode array) {
      return array;
    }
    throw row.error("the field \"" + field + "\" is not an array", "give an array");
  }

  private static @Nullable String text(JsonRow row, String field) {
    return row.has(field) ? row.string(field) : null;
  }
}
