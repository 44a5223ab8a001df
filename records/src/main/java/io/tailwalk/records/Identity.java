package io.tailwalk.records;

import io.tailwalk.core.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that a result depends on, part by part: a run can be resumed only with the same parts,
 * and a difference is reported by its name.
 *
 * @param parts the hash of each part (SHA-256, or what else identifies a model) by its name, a noun
 *     phrase such as {@code model} or {@code setting n}; sorted by name
 */
public record Identity(SortedMap<String, String> parts) {
  /** The identity of a work that depends on nothing. */
  public static final Identity NONE = new Identity(new TreeMap<>());

  private static final int MOST_NAMED = 4;

  /** Keeps an immutable copy. */
  public Identity {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** An identity of one part, given as its text. */
  public static Identity of(String part, String text) {
    return NONE.with(part, text);
  }

  /** This identity with a further part, given as its text. */
  public Identity with(String part, String text) {
    return withHash(part, Sha256.hex(text));
  }

  /** This identity with a further part, given as a sequence of texts. */
  public Identity with(String part, List<String> texts) {
    return withHash(part, Sha256.hex(texts));
  }

  /** This identity with a further part, given by its hash. */
  public Identity withHash(String part, String hash) {
    return withHashes(Map.of(part, hash));
  }

  /** This identity with further parts, given by their hashes. */
  public Identity withHashes(Map<String, String> more) {
    SortedMap<String, String> all = new TreeMap<>(parts);
    all.putAll(more);
    return new Identity(all);
  }

  /** This identity with a part for each setting, named {@code setting NAME}. */
  public Identity withSettings(Map<String, ?> settings) {
    SortedMap<String, String> all = new TreeMap<>(parts);
    settings.forEach((name, value) -> all.put("setting " + name, Sha256.hex("" + value)));
    return new Identity(all);
  }

  /** One hash of all parts. */
  public String key() {
    List<String> texts = new ArrayList<>();
    parts.forEach((name, hash) -> {
      texts.add(name);
      texts.add(hash);
    });
    return Sha256.hex(texts);
  }

  /** The JSON form: an object with the hash of each part. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    parts.forEach(json::put);
    return json;
  }

  /** Reads the JSON form; empty if it is none. */
  public static Optional<Identity> read(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      return Optional.empty();
    }
    SortedMap<String, String> parts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> part : object.properties()) {
      if (!part.getValue().isString()) {
        return Optional.empty();
      }
      parts.put(part.getKey(), part.getValue().stringValue());
    }
    return Optional.of(new Identity(parts));
  }

  /**
   * The parts that are not as they were, in a clause such as {@code the model and the setting n
   * have changed since the run began}; empty if none.
   *
   * @param before the identity of the earlier run
   */
  public Optional<String> changeSince(Identity before) {
    SortedSet<String> names = new TreeSet<>(parts.keySet());
    names.addAll(before.parts.keySet());
    List<String> changed =
        names.stream()
            .filter(name -> {
              String now = parts.get(name);
              return now == null || !now.equals(before.parts.get(name));
            })
            .map(name -> "the " + name)
            .toList();
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            listed(changed)
                + (changed.size() == 1 ? " has" : " have")
                + " changed since the run began");
  }

  private static String listed(Collection<String> names) {
    List<String> shown = new ArrayList<>(names.stream().limit(MOST_NAMED).toList());
    int more = names.size() - shown.size();
    if (more > 0) {
      return String.join(", ", shown) + " and " + more + " more";
    }
    String last = shown.removeLast();
    return shown.isEmpty() ? last : String.join(", ", shown) + " and " + last;
  }
}
