package io.tailwalk.convert.tokenizer;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The named pre-tokenizers of llama.cpp b4916 ({@code tokenizer.ggml.pre}) that split text in the
 * same way as Hugging Face.
 *
 * @param name llama.cpp's
 * @param keepsWholeWords whether llama.cpp then uses a piece that is a token directly, without
 *     merging ({@code ignore_merges})
 */
public record Splitting(String name, boolean keepsWholeWords) {
  private static final String SHORT_FORMS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|";
  private static final String LETTERS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String REST =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /** Of Llama 3 and Qwen 2. */
  private static final String UP_TO_THREE_DIGITS = SHORT_FORMS + LETTERS + "\\p{N}{1,3}" + REST;

  private static final String SINGLE_DIGITS = SHORT_FORMS + LETTERS + "\\p{N}" + REST;

  /** llama.cpp's name for a {@code pre_tokenizer}, if it has one. */
  public static Optional<Splitting> of(JsonNode preTokenizer) {
    return of(preTokenizer, true);
  }

  /**
   * llama.cpp's name for a {@code pre_tokenizer}, if it has one.
   *
   * @param ignoresMerges the value of {@code ignore_merges}, by which two names of Llama 3's
   *     splitting differ
   */
  public static Optional<Splitting> of(JsonNode preTokenizer, boolean ignoresMerges) {
    if (isByteLevel(preTokenizer, true)) {
      return Optional.of(new Splitting("gpt-2", false));
    }
    JsonNode parts = preTokenizer.path("pretokenizers");
    if (!isA(preTokenizer, "Sequence") || !parts.isArray() || parts.size() != 2) {
      return Optional.empty();
    }
    JsonNode first = parts.get(0);
    if (isA(first, "Digits")
        && first.path("individual_digits").asBoolean(false)
        && isByteLevel(parts.get(1), true)) {
      return Optional.of(new Splitting("smollm", false));
    }
    if (!isIsolatingSplit(first) || !isByteLevel(parts.get(1), false)) {
      return Optional.empty();
    }
    return switch (first.path("pattern").path("Regex").asString("")) {
      case UP_TO_THREE_DIGITS ->
          Optional.of(
              ignoresMerges ? new Splitting("llama-bpe", true) : new Splitting("smaug-bpe", false));
      case SINGLE_DIGITS -> Optional.of(new Splitting("qwen2", false));
      default -> Optional.empty();
    };
  }

  private static boolean isA(JsonNode node, String type) {
    return node.path("type").asString("").equals(type);
  }

  private static boolean isByteLevel(JsonNode node, boolean splits) {
    return isA(node, "ByteLevel")
        && !node.path("add_prefix_space").asBoolean(true)
        && node.path("use_regex").asBoolean(true) == splits;
  }

  private static boolean isIsolatingSplit(JsonNode node) {
    return isA(node, "Split")
        && node.path("behavior").asString("").equals("Isolated")
        && !node.path("invert").asBoolean(true);
  }
}
