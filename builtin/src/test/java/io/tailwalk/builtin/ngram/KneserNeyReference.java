package io.tailwalk.builtin.ngram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Interpolated Kneser-Ney from its definition, by scanning every substring: slow, and without
 * shared code with the model. {@code ^} stands for the paragraph boundary.
 */
final class KneserNeyReference {
  private static final double DISCOUNT = 0.9;
  private static final int LONGEST = 8;
  private static final int WRITABLE = 95 + 1;

  private final List<String> paragraphs = new ArrayList<>();

  KneserNeyReference(String corpus) {
    for (String line : corpus.split("\n", -1)) {
      if (!line.isEmpty()) {
        paragraphs.add("^" + line + "^");
      }
    }
  }

  double probability(String prefix, int next) {
    String history = "^" + prefix;
    String longest = history.substring(Math.max(0, history.length() - LONGEST));
    char symbol = next == ByteVocabulary.END ? '^' : (char) next;
    double p = 1.0 / WRITABLE;
    for (int length = 0; length <= longest.length(); length++) {
      String h = longest.substring(longest.length() - length);
      Map<Character, Integer> counts =
          length == longest.length() ? occurrences(h) : continuations(h);
      int total = counts.values().stream().mapToInt(Integer::intValue).sum();
      if (total == 0) {
        break;
      }
      double direct = Math.max(counts.getOrDefault(symbol, 0) - DISCOUNT, 0) / total;
      p = direct + DISCOUNT * counts.size() / total * p;
    }
    return p;
  }

  private Map<Character, Integer> occurrences(String h) {
    var counts = new HashMap<Character, Integer>();
    for (String paragraph : paragraphs) {
      for (int at = 1; at < paragraph.length(); at++) {
        if (paragraph.substring(0, at).endsWith(h)) {
          counts.merge(paragraph.charAt(at), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private Map<Character, Integer> continuations(String h) {
    var before = new HashMap<Character, Set<Character>>();
    for (String paragraph : paragraphs) {
      for (int at = h.length() + 1; at < paragraph.length(); at++) {
        if (paragraph.substring(0, at).endsWith(h)) {
          before
              .computeIfAbsent(paragraph.charAt(at), _ -> new HashSet<>())
              .add(paragraph.charAt(at - h.length() - 1));
        }
      }
    }
    var counts = new HashMap<Character, Integer>();
    before.forEach((symbol, seen) -> counts.put(symbol, seen.size()));
    return counts;
  }
}
