package io.tailwalk.llama.gguf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The architectures of llama.cpp and the keys they read, from the file architectures.txt. */
final class Architectures {
  /** The table of the embedded library. */
  static final Architectures KNOWN = load();

  private static final String FILE = "architectures.txt";
  private static final String LAYERS = "layers=";
  private static final String LEAST = "least=";

  /**
   * A model that predicts the next token.
   *
   * @param name its name in the header
   * @param required keys that it needs
   * @param rules what its code asserts
   * @param layers the numbers of layers it can have; empty for any
   * @param least the smallest number of layers
   */
  record Architecture(
      String name, List<String> required, Set<Rule> rules, Set<Long> layers, long least) {
    Architecture {
      required = List.copyOf(required);
      rules = Set.copyOf(rules);
      layers = Set.copyOf(layers);
    }

    boolean has(Rule rule) {
      return rules.contains(rule);
    }
  }

  /** Assertions of the library's code. */
  enum Rule {
    /** The heads of keys and values have one size. */
    EQUAL,
    /** The rotation covers the whole head. */
    WHOLE,
    /** There are no attention heads. */
    PLAIN,
    /** A sliding window is never empty. */
    WINDOW
  }

  /** Models that predict no next token. */
  enum Kind {
    EMBEDDING,
    ENCODER_DECODER,
    DIFFUSION,
    OTHER
  }

  private final Map<String, KeyRule> keys = new LinkedHashMap<>();
  private final Map<String, Architecture> models = new LinkedHashMap<>();
  private final Map<String, Kind> others = new HashMap<>();
  private final List<String> always = new ArrayList<>();

  private Architectures() {}

  private static Architectures load() {
    Architectures table = new Architectures();
    try (InputStream in =
        Objects.requireNonNull(Architectures.class.getResourceAsStream(FILE), FILE)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> table.add(Arrays.asList(line.split(" +", -1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private void add(List<String> words) {
    List<String> rest = words.subList(1, words.size());
    switch (words.getFirst()) {
      case "key" -> keys.put(rest.getFirst(), rule(rest));
      case "always" -> always.addAll(rest);
      case "model" -> models.put(rest.getFirst(), architecture(rest));
      case "never" -> {
        Kind kind = Kind.valueOf(upper(rest.getFirst()));
        rest.subList(1, rest.size()).forEach(name -> others.put(name, kind));
      }
      default -> throw new IllegalStateException("unknown line " + words);
    }
  }

  private static KeyRule rule(List<String> words) {
    KeyRule.Type type = KeyRule.Type.valueOf(upper(words.get(1)));
    return switch (type) {
      case TEXT -> new KeyRule(type, 0, 0, words.subList(2, words.size()));
      case FLAG -> new KeyRule(type, 0, 0, List.of());
      default ->
          new KeyRule(
              type, Double.parseDouble(words.get(2)), Double.parseDouble(words.get(3)), List.of());
    };
  }

  private Architecture architecture(List<String> words) {
    Set<Rule> rules = new HashSet<>();
    Set<Long> layers = new HashSet<>();
    long least = 1;
    List<String> parts =
        words.get(1).equals("-") ? List.of() : List.of(words.get(1).split(",", -1));
    for (String part : parts) {
      String number = part.replace(LAYERS, "");
      if (part.startsWith(LEAST)) {
        least = Long.parseLong(part.substring(LEAST.length()));
      } else if (number.chars().allMatch(Character::isDigit)) {
        layers.add(Long.valueOf(number));
      } else {
        rules.add(Rule.valueOf(upper(part)));
      }
    }
    List<String> required = new ArrayList<>(always);
    required.addAll(words.subList(2, words.size()));
    required.forEach(key -> Objects.requireNonNull(keys.get(key), key));
    return new Architecture(words.getFirst(), required, rules, layers, least);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Every key that some architecture reads, without the architecture's name before it. */
  Map<String, KeyRule> keys() {
    return keys;
  }

  /** The architectures that predict the next token. */
  Map<String, Architecture> models() {
    return models;
  }

  /** What an architecture is that predicts no next token. */
  Optional<Kind> other(String architecture) {
    return Optional.ofNullable(others.get(architecture));
  }
}
