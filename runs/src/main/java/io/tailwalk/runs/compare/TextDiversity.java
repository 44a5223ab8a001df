package io.tailwalk.runs.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures of the diversity of the completions of one prompt. */
final class TextDiversity {
  private static final int GRAM = 3;

  private TextDiversity() {}

  /**
   * Distinct-n (Li et al. 2016, arXiv 1510.03055): number of different runs of n words divided by
   * the number of all such runs in all texts; NaN if there are none.
   */
  static double distinct(List<String> texts, int n) {
    Set<List<String>> different = new HashSet<>();
    long all = 0;
    for (String text : texts) {
      List<String> words = List.of(text.strip().split("\\s+", -1));
      for (int i = 0; i + n <= words.size(); i++) {
        different.add(words.subList(i, i + n));
        all++;
      }
    }
    return all == 0 ? Double.NaN : (double) different.size() / all;
  }

  /**
   * Mean similarity of two of the texts: the share of common runs of three characters among those
   * of either text (Jaccard index). 1 for copies; NaN for fewer than two texts.
   */
  static double selfSimilarity(List<String> texts) {
    List<Set<String>> grams = new ArrayList<>();
    texts.forEach(text -> grams.add(grams(text)));
    double sum = 0;
    long pairs = 0;
    for (int i = 0; i < grams.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += jaccard(grams.get(i), grams.get(j));
        pairs++;
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  private static Set<String> grams(String text) {
    Set<String> grams = new HashSet<>();
    if (text.length() < GRAM) {
      grams.add(text);
    }
    for (int i = 0; i + GRAM <= text.length(); i++) {
      grams.add(text.substring(i, i + GRAM));
    }
    return grams;
  }

  private static double jaccard(Set<String> one, Set<String> other) {
    long common = one.stream().filter(other::contains).count();
    return (double) common / (one.size() + other.size() - common);
  }

  /**
   * Entropy of the different texts among the given texts (nats); NaN without texts, at most log n.
   */
  static double entropy(List<String> texts) {
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> counts.merge(text, 1, Integer::sum));
    double entropy = 0;
    for (int count : counts.values()) {
      double share = (double) count / texts.size();
      entropy -= share * Math.log(share);
    }
    return texts.isEmpty() ? Double.NaN : entropy;
  }
}
