package io.tailwalk.train.huggingface;

import io.tailwalk.convert.tokenizer.ByteLetters;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tokenizer in the form of Hugging Face's tokenizers.
 *
 * @param json the content of {@code tokenizer.json}
 * @param begin id of the token before every text
 * @param end id of the token that ends a response
 * @param beginText text of the token before every text
 * @param endText text of the token that ends a response
 */
public record TokenizerFiles(
    String json, OptionalInt begin, OptionalInt end, String beginText, String endText) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BYTE_END = "<|end|>";
  private static final int BYTES = 256;

  /** Bytes of UTF-8, and token 256 which begins and ends texts. */
  public static TokenizerFiles bytes() {
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    for (int value = 0; value < BYTES; value++) {
      vocabulary.put(Character.toString(ByteLetters.of(value)), value);
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("vocab", vocabulary);
    model.put("merges", List.of());
    Map<String, Object> split =
        map(
            "type",
            "ByteLevel",
            "add_prefix_space",
            false,
            "trim_offsets",
            false,
            "use_regex",
            false);
    Map<String, Object> marker = map("id", BYTE_END, "type_id", 0);
    Map<String, Object> text = map("id", "A", "type_id", 0);
    Map<String, Object> second = map("id", "B", "type_id", 1);
    Map<String, Object> processor =
        map(
            "type",
            "TemplateProcessing",
            "single",
            List.of(Map.of("SpecialToken", marker), Map.of("Sequence", text)),
            "pair",
            List.of(
                Map.of("SpecialToken", marker),
                Map.of("Sequence", text),
                Map.of("Sequence", second)),
            "special_tokens",
            Map.of(
                BYTE_END, map("id", BYTE_END, "ids", List.of(BYTES), "tokens", List.of(BYTE_END))));
    String json = file(model, split, split, processor, List.of(special(BYTES, BYTE_END)));
    return new TokenizerFiles(
        json, OptionalInt.of(BYTES), OptionalInt.of(BYTES), BYTE_END, BYTE_END);
  }

  /**
   * Words separated by blanks.
   *
   * @param words by token id
   * @param end id of the word that ends a response
   */
  public static TokenizerFiles words(List<String> words, int end) {
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    for (int id = 0; id < words.size(); id++) {
      vocabulary.put(words.get(id), id);
    }
    Map<String, Object> model =
        map("type", "WordLevel", "vocab", vocabulary, "unk_token", words.get(end));
    String json =
        file(
            model,
            map("type", "WhitespaceSplit"),
            null,
            null,
            List.of(special(end, words.get(end))));
    return new TokenizerFiles(json, OptionalInt.empty(), OptionalInt.of(end), "", words.get(end));
  }

  /**
   * Token ids written as numbers.
   *
   * @param size number of tokens
   */
  public static TokenizerFiles ids(int size) {
    Map<String, Object> vocabulary = new LinkedHashMap<>();
    for (int id = 0; id < size; id++) {
      vocabulary.put(Integer.toString(id), id);
    }
    Map<String, Object> model = map("type", "WordLevel", "vocab", vocabulary, "unk_token", "0");
    String json = file(model, map("type", "WhitespaceSplit"), null, null, List.of());
    return new TokenizerFiles(json, OptionalInt.empty(), OptionalInt.empty(), "", "");
  }

  private static Map<String, Object> special(int id, String content) {
    return map(
        "id",
        id,
        "content",
        content,
        "single_word",
        false,
        "lstrip",
        false,
        "rstrip",
        false,
        "normalized",
        false,
        "special",
        true);
  }

  private static String file(
      Map<String, Object> model,
      Map<String, Object> split,
      @Nullable Map<String, Object> decoder,
      @Nullable Map<String, Object> processor,
      List<Map<String, Object>> added) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("version", "1.0");
    file.put("truncation", null);
    file.put("padding", null);
    file.put("added_tokens", added);
    file.put("normalizer", null);
    file.put("pre_tokenizer", split);
    file.put("post_processor", processor);
    file.put("decoder", decoder);
    file.put("model", model);
    return JSON.writeValueAsString(file);
  }

  /** A map in the order of its entries. */
  private static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }

  /** The files beside {@code tokenizer.json} that name the tokens' roles, by file name. */
  Map<String, byte[]> files() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    config.put("clean_up_tokenization_spaces", false);
    if (end.isPresent()) {
      config.put("eos_token", endText);
    }
    if (begin.isPresent()) {
      config.put("bos_token", beginText);
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("tokenizer.json", json.getBytes(StandardCharsets.UTF_8));
    files.put("tokenizer_config.json", JSON.writeValueAsBytes(config));
    return files;
  }
}
