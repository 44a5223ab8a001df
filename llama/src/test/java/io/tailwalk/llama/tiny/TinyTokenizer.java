package io.tailwalk.llama.tiny;

import java.util.ArrayList;
import java.util.List;

/**
 * A SentencePiece-like tokenizer: unknown, BOS, EOS, the 256 bytes, the space mark, and letters and
 * words with scores.
 */
public final class TinyTokenizer {
  public static final int BOS = 1;
  public static final int EOS = 2;
  private static final int FIRST_BYTE = 3;
  private static final List<String> WORDS =
      List.of("\u2581", "a", "b", "c", "d", "e", "\u00e9", "ab", "\u2581a", "\u2581ab", "\u6f22");

  private TinyTokenizer() {}

  public static int size() {
    return FIRST_BYTE + 256 + WORDS.size();
  }

  static void addTo(GgufWriter writer) {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int b = 0; b < 256; b++) {
      tokens.add(String.format("<0x%02X>", b));
    }
    tokens.addAll(WORDS);
    float[] scores = new float[tokens.size()];
    int[] types = new int[tokens.size()];
    for (int i = 0; i < tokens.size(); i++) {
      scores[i] = i < FIRST_BYTE + 256 ? 0 : -i;
      types[i] = i == 0 ? 2 : i < FIRST_BYTE ? 3 : i < FIRST_BYTE + 256 ? 6 : 1;
    }
    writer
        .text("tokenizer.ggml.model", "llama")
        .texts("tokenizer.ggml.tokens", tokens)
        .floats("tokenizer.ggml.scores", scores)
        .ints("tokenizer.ggml.token_type", types)
        .uint32("tokenizer.ggml.bos_token_id", BOS)
        .uint32("tokenizer.ggml.eos_token_id", EOS)
        .uint32("tokenizer.ggml.unknown_token_id", 0)
        .flag("tokenizer.ggml.add_bos_token", true)
        .flag("tokenizer.ggml.add_eos_token", true);
  }
}
