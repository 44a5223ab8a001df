package io.tailwalk.lab.letter;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;

/** How much a text repeats itself, and other texts. Words are separated by whitespace. */
final class Repetition {
  private static final int BLEU_GRAM = 4;
  private static final int ROOM = 64;

  private Repetition() {}

  /**
   * Distinct-n of one text (Li et al. 2016, arXiv 1510.03055): different runs of n words divided by
   * all runs; 0 for a text that is too short to have one.
   */
  static double distinct(String text, int n) {
    Map<List<String>, Integer> grams = grams(text, n);
    int all = grams.values().stream().mapToInt(Integer::intValue).sum();
    return all == 0 ? 0 : (double) grams.size() / all;
  }

  /** Compressed bytes divided by bytes, at most 1; lower for repetitive texts, 0 for none. */
  static double compressedShare(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return 0;
    }
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(bytes);
      deflater.finish();
      int size = deflater.deflate(new byte[2 * bytes.length + ROOM]);
      return Math.min(1, (double) size / bytes.length);
    }
  }

  /**
   * Self-BLEU of one text (Zhu et al. 2018, arXiv 1802.01886): BLEU-4 of the text with all other
   * texts as references, with one added to the counts above single words (Lin and Och 2004) and
   * without a brevity penalty, since all texts have the same number of tokens. 1 for a copy.
   */
  static double selfBleu(List<String> texts, int index) {
    double sum = 0;
    for (int n = 1; n <= BLEU_GRAM; n++) {
      Map<List<String>, Integer> own = grams(texts.get(index), n);
      Map<List<String>, Integer> most = new HashMap<>();
      for (int i = 0; i < texts.size(); i++) {
        if (i != index) {
          grams(texts.get(i), n).forEach((gram, count) -> most.merge(gram, count, Math::max));
        }
      }
      int added = n == 1 ? 0 : 1;
      int all = added;
      int common = added;
      for (var gram : own.entrySet()) {
        all += gram.getValue();
        common += Math.min(gram.getValue(), most.getOrDefault(gram.getKey(), 0));
      }
      if (common == 0) {
        return 0;
      }
      sum += Math.log((double) common / all);
    }
    return Math.exp(sum / BLEU_GRAM);
  }

  private static Map<List<String>, Integer> grams(String text, int n) {
    List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1));
    Map<List<String>, Integer> grams = new HashMap<>();
    for (int i = 0; i + n <= words.size(); i++) {
      grams.merge(words.subList(i, i + n), 1, Integer::sum);
    }
    return grams;
  }
}
