package io.tailwalk.builtin.ngram;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A byte-level 9-gram language model with interpolated Kneser-Ney smoothing. A completion ends with
 * the paragraph. It can write printable ASCII and the bytes of its corpus, each with probability
 * above zero everywhere; other bytes are accepted in prompts (as unseen symbols) and have
 * probability zero.
 */
public final class NgramModel extends PureModel {
  /*
   * With h_k the k nearest symbols of the history h, c(h_k s) the count of symbol s after it,
   * and D the discount,
   *
   *   p(s | h_k) = max(c(h_k s) - D, 0) / c(h_k .) + D N(h_k) / c(h_k .) p(s | h_{k-1}),
   *
   * where N(h_k) is the number of different followers; p(s | h_{-1}) is uniform on what can be
   * written. At the longest history c counts occurrences; below it c(h_k s) counts the different
   * symbols seen before h_k s. Unseen histories fall back to the shorter one.
   *
   * R. Kneser and H. Ney, "Improved backing-off for M-gram language modeling", ICASSP 1995, in the
   * interpolated form of S. F. Chen and J. Goodman, "An empirical study of smoothing techniques for
   * language modeling", Computer Speech and Language 13 (1999), section 4.1.6. One discount is used
   * for all orders. A history that starts at a paragraph boundary is the longest one.
   */
  private static final double DISCOUNT = 0.9;

  private final Alphabet alphabet;
  private final NgramCounts counts;

  private NgramModel(ModelIdentity identity, Alphabet alphabet, NgramCounts counts) {
    super(identity, ByteVocabulary.INSTANCE);
    this.alphabet = alphabet;
    this.counts = counts;
  }

  /**
   * Trains on a text.
   *
   * @param name the model's name, {@code builtin:...}
   * @param description one line for people
   * @param corpus the text's bytes, one paragraph per line
   * @throws IllegalArgumentException if the corpus is empty or has more different bytes than can be
   *     coded
   */
  public static NgramModel train(String name, String description, byte[] corpus) {
    return train(new ModelIdentity(name, description, fingerprint(corpus)), corpus);
  }

  /**
   * Trains on a text whose fingerprint is known.
   *
   * @param identity the model's identity, as {@link #train(String, String, byte[])} would make it
   * @param corpus the text's bytes, one paragraph per line
   * @throws IllegalArgumentException if the corpus is empty or has more different bytes than can be
   *     coded
   */
  public static NgramModel train(ModelIdentity identity, byte[] corpus) {
    var alphabet = new Alphabet(corpus);
    var counts = NgramCounts.of(corpus, alphabet);
    if (counts.size() == 0) {
      throw new IllegalArgumentException(
          "the corpus of " + identity.name() + " is empty; give it some text");
    }
    return new NgramModel(identity, alphabet, counts);
  }

  private static String fingerprint(byte[] corpus) {
    MessageDigest digest = Sha256.digest();
    String settings = "kneser-ney " + History.MAX_LENGTH + " " + DISCOUNT + "\n";
    digest.update(settings.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(corpus));
  }

  /** The text's bytes after a paragraph boundary; exact token ids are passed through. */
  @Override
  public int[] encode(Prompt prompt) {
    int[] tokens = super.encode(prompt);
    if (prompt instanceof Prompt.Tokens) {
      return tokens;
    }
    int[] behindBoundary = new int[tokens.length + 1];
    behindBoundary[0] = ByteVocabulary.END;
    System.arraycopy(tokens, 0, behindBoundary, 1, tokens.length);
    return behindBoundary;
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    double[] probabilities = interpolate(history(promptTokenIds, prefix));
    double[] logProbs = new double[vocabulary().size()];
    Arrays.fill(logProbs, Double.NEGATIVE_INFINITY);
    for (int symbol = History.BOUNDARY; symbol < alphabet.end(); symbol++) {
      logProbs[alphabet.token(symbol)] = Math.log(probabilities[symbol]);
    }
    return LogProbs.of(logProbs);
  }

  private long history(int[] prompt, int[] prefix) {
    long history = History.EMPTY;
    for (int i = Math.max(0, prompt.length - History.MAX_LENGTH); i < prompt.length; i++) {
      history = History.append(history, alphabet.symbol(prompt[i]));
    }
    for (int i = Math.max(0, prefix.length - History.MAX_LENGTH); i < prefix.length; i++) {
      history = History.append(history, alphabet.symbol(prefix[i]));
    }
    return history;
  }

  private double[] interpolate(long history) {
    double[] p = new double[History.SYMBOLS];
    Arrays.fill(p, History.BOUNDARY, alphabet.end(), 1.0 / alphabet.size());
    int longest = History.length(history);
    for (int length = 0; length <= longest; length++) {
      NgramCounts.Followers seen = counts.followers(history, length, length == longest);
      if (seen.total() == 0) {
        break;
      }
      double total = seen.total();
      double backOff = DISCOUNT * seen.symbols().length / total;
      for (int s = 0; s < p.length; s++) {
        p[s] *= backOff;
      }
      for (int i = 0; i < seen.symbols().length; i++) {
        p[seen.symbols()[i]] += (seen.counts()[i] - DISCOUNT) / total;
      }
    }
    return p;
  }
}
