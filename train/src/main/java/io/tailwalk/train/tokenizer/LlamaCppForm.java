package io.tailwalk.train.tokenizer;

import io.tailwalk.convert.tokenizer.ByteLetters;
import io.tailwalk.convert.tokenizer.Splitting;
import io.tailwalk.train.gguf.GgufTokenizer;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A byte-level byte-pair tokenizer in the form of llama.cpp b4916. All features for which llama.cpp
 * could return different ids than Hugging Face are refused.
 */
final class LlamaCppForm {
  private final TokenizerJson json;

  private LlamaCppForm(TokenizerJson json) {
    this.json = json;
  }

  /**
   * The form.
   *
   * @param begin the token before every text; -1 for none
   * @param end the token after every completion
   * @throws LearningException if llama.cpp has no such tokenizer; the message names the unsupported
   *     feature
   */
  static GgufTokenizer of(TokenizerJson json, int begin, int end) {
    return new LlamaCppForm(json).tokenizer(begin, end);
  }

  private GgufTokenizer tokenizer(int begin, int end) {
    JsonNode model = json.at("model");
    require(type(model).equals("BPE"), "its model is " + type(model) + ", not BPE");
    require(json.at("normalizer").isEmpty(), "it has a normalizer");
    for (String key : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      require(model.path(key).asString("").isEmpty(), "its model has a " + key);
    }
    require(!model.path("byte_fallback").asBoolean(false), "its model has byte_fallback");
    JsonNode preTokenizer = json.at("pre_tokenizer");
    Splitting splitting =
        Splitting.of(preTokenizer)
            .orElseThrow(() ->
                refusal(
                    "its pre_tokenizer is not one of those of GPT-2, Llama 3, Qwen 2 and SmolLM ("
                        + type(preTokenizer)
                        + ")"));
    boolean keepsWholeWords = model.path("ignore_merges").asBoolean(false);
    require(
        keepsWholeWords == splitting.keepsWholeWords(),
        "its ignore_merges is "
            + keepsWholeWords
            + ", but llama.cpp's is "
            + splitting.keepsWholeWords()
            + " with this pre_tokenizer ("
            + splitting.name()
            + ")");
    requireAllBytes();
    Set<Integer> special = new HashSet<>();
    Set<Integer> whole = new HashSet<>();
    for (JsonNode added : json.at("added_tokens")) {
      for (String key : List.of("single_word", "lstrip", "rstrip")) {
        require(
            !added.path(key).asBoolean(false),
            "its added token \"" + added.path("content").asString("") + "\" has " + key);
      }
      (added.path("special").asBoolean(false) ? special : whole).add(added.path("id").intValue());
    }
    return new GgufTokenizer.ByteLevel(
        tokens(),
        merges(model.path("merges")),
        special,
        whole,
        unused(),
        begin,
        end,
        splitting.name());
  }

  private static String type(JsonNode node) {
    return node.path("type").asString("without a type");
  }

  private void requireAllBytes() {
    for (int b = 0; b < 256; b++) {
      String letter = Character.toString(ByteLetters.of(b));
      require(json.id(letter) >= 0, "its vocabulary lacks the byte " + b + " (\"" + letter + "\")");
    }
  }

  /** All tokens; an id without a token gets a name that occurs in no text. */
  private List<String> tokens() {
    return IntStream.range(0, json.size())
        .mapToObj(id -> json.token(id).orElse("[unused " + id + "]"))
        .toList();
  }

  private Set<Integer> unused() {
    Set<Integer> unused = new HashSet<>();
    for (int id = 0; id < json.size(); id++) {
      if (json.token(id).isEmpty()) {
        unused.add(id);
      }
    }
    return unused;
  }

  /** Older files write a pair as one text separated by a space, newer ones as a list of two. */
  private List<String> merges(JsonNode merges) {
    List<String> all = new ArrayList<>();
    for (JsonNode merge : merges) {
      String pair =
          merge.isArray()
              ? merge.path(0).asString("") + " " + merge.path(1).asString("")
              : merge.asString("");
      int blank = pair.indexOf(' ');
      require(
          blank > 0 && blank == pair.lastIndexOf(' ') && blank < pair.length() - 1,
          "its merge \"" + pair + "\" is not a pair of tokens without whitespace");
      all.add(pair);
    }
    return all;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw refusal(otherwise);
    }
  }

  private LearningException refusal(String reason) {
    return new LearningException(
        "llama.cpp cannot tokenise as " + json.file() + " does, because " + reason);
  }
}
