package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.records.TableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Tokens with a role: which begin and end a text, fill batches, stand for the unknown.
 *
 * @param ids llama.cpp's name of a role, and the token
 * @param begins whether every text begins with the first token
 * @param ends whether every text ends with the end token
 * @param notes what a user should know
 */
record SpecialIds(Map<String, Integer> ids, boolean begins, boolean ends, List<String> notes) {
  /** Roles of tokens that end a completion; llama.cpp has no list of them. */
  private static final List<String> ENDS = List.of("eos", "eot", "eom");

  /** Keeps copies. */
  SpecialIds {
    ids = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    notes = List.copyOf(notes);
  }

  /**
   * The roles in {@code tokenizer_config.json}, {@code generation_config.json} and {@code
   * config.json}. Every token that one of them names as an end ends a completion.
   */
  static SpecialIds of(
      Path folder,
      JsonObject config,
      Optional<JsonObject> settings,
      Vocabulary vocabulary,
      EdgeTokens edges) {
    Optional<JsonObject> generation =
        JsonObject.readIfExists(folder.resolve("generation_config.json"));
    Optional<JsonObject> map = JsonObject.readIfExists(folder.resolve("special_tokens_map.json"));
    Reader reader = new Reader(vocabulary, config, settings, map);
    Map<String, Integer> ids = new LinkedHashMap<>();
    reader.role("bos", edges.begin()).ifPresent(id -> ids.put("bos", id));
    Set<Integer> ends = new LinkedHashSet<>();
    reader.role("eos", edges.end()).ifPresent(ends::add);
    List<Integer> generated = generation.map(file -> file.wholes("eos_token_id")).orElse(List.of());
    (generated.isEmpty() ? config.wholes("eos_token_id") : generated)
        .stream().filter(id -> id < vocabulary.size()).forEach(ends::add);
    int role = 0;
    List<String> notes = new ArrayList<>();
    for (int id : ends) {
      if (role < ENDS.size()) {
        ids.put(ENDS.get(role++), id);
      } else {
        notes.add(
            "the end token %s is one too many for llama.cpp and ends a completion only if it knows it by its text"
                .formatted(TableException.quoted(vocabulary.text(id))));
      }
    }
    if (ends.isEmpty()) {
      throw config.wrong("eos_token_id", "is missing, and no other file names an end token");
    }
    reader.role("unk", -1).ifPresent(id -> ids.put("unknown", id));
    reader.role("pad", -1).ifPresent(id -> ids.put("padding", id));
    boolean begins =
        settings.filter(file -> file.has("add_bos_token")).isPresent()
            ? settings.get().flag("add_bos_token", false)
            : edges.begins();
    boolean atEnd =
        settings.filter(file -> file.has("add_eos_token")).isPresent()
            ? settings.get().flag("add_eos_token", false)
            : edges.ends();
    if (begins && !ids.containsKey("bos")) {
      // Transformers does the same: nothing is added where there is nothing to add.
      begins = false;
    }
    return new SpecialIds(ids, begins, atEnd, notes);
  }

  /** Looks for a role in the files that may name it. */
  private record Reader(
      Vocabulary vocabulary,
      JsonObject config,
      Optional<JsonObject> settings,
      Optional<JsonObject> map) {

    /**
     * A token by its role.
     *
     * @param fixed the id that a template of the tokenizer fixes; -1 for none
     */
    Optional<Integer> role(String role, int fixed) {
      if (fixed >= 0) {
        return Optional.of(fixed);
      }
      String key = role + "_token";
      for (Optional<JsonObject> file : List.of(settings, map)) {
        Optional<Integer> named = file.flatMap(object -> named(object, key));
        if (named.isPresent()) {
          return named;
        }
        // A file that has the key with null says that there is none.
        if (file.isPresent() && file.get().node(key).isNull()) {
          return Optional.empty();
        }
      }
      return config.wholes(key + "_id").stream()
          .findFirst()
          .filter(id -> id < vocabulary.size() && vocabulary.kind(id) != TokenKind.UNUSED);
    }

    private Optional<Integer> named(JsonObject file, String key) {
      JsonNode node = file.node(key);
      String text = node.isString() ? node.stringValue() : node.path("content").asString("");
      if (text.isEmpty()) {
        return Optional.empty();
      }
      int id = vocabulary.id(text);
      if (id < 0) {
        throw file.wrong(key, "is " + TableException.quoted(text) + ", which is not a token");
      }
      return Optional.of(id);
    }
  }

  /** Adds the entries. */
  void addTo(GgufWriter writer) {
    ids.forEach((role, id) -> writer.uint32("tokenizer.ggml." + role + "_token_id", id));
    writer.flag("tokenizer.ggml.add_bos_token", begins);
    writer.flag("tokenizer.ggml.add_eos_token", ends);
  }
}
