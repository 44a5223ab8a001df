package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.records.TableException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Byte-level byte-pair encoding (Radford et al. 2019): llama.cpp's "gpt2".
 *
 * @param vocabulary the tokens, bytes in GPT-2's letters
 * @param merges the pairs
 * @param splitting how text is split before pairs are joined
 * @param normalizes whether Transformers composes characters first (NFC), which llama.cpp does not
 */
record ByteLevel(Vocabulary vocabulary, Merges merges, Splitting splitting, boolean normalizes) {

  /** Reads a {@code tokenizer.json} whose model is BPE. */
  static ByteLevel of(JsonObject json, JsonObject model, Vocabulary vocabulary) {
    boolean ignoresMerges = model.flag("ignore_merges", false);
    JsonNode preTokenizer = json.node("pre_tokenizer");
    Splitting splitting =
        Splitting.of(preTokenizer, ignoresMerges)
            .orElseThrow(() ->
                json.unsupported(
                    "pre_tokenizer",
                    "is not the one of GPT-2, Llama 3, Qwen 2 or SmolLM ("
                        + TableException.quoted(preTokenizer.toString())
                        + ")"));
    if (splitting.keepsWholeWords() != ignoresMerges) {
      throw json.unsupported(
          "model.ignore_merges",
          "is %s, and llama.cpp's is %s with this pre_tokenizer (%s)"
              .formatted(ignoresMerges, splitting.keepsWholeWords(), splitting.name()));
    }
    for (int b = 0; b < 256; b++) {
      if (vocabulary.id(Character.toString(ByteLetters.of(b))) < 0) {
        throw json.unsupported("model.vocab", "lacks the byte " + b);
      }
    }
    Merges merges = Merges.of(model, vocabulary);
    for (Merges.Pair pair : merges.pairs()) {
      if (pair.left().contains(" ") || pair.right().contains(" ")) {
        throw model.wrong("merges", "has a token with a space");
      }
    }
    return new ByteLevel(vocabulary, merges, splitting, isComposing(json));
  }

  private static boolean isComposing(JsonObject json) {
    JsonNode node = json.node("normalizer");
    JsonNode parts = node.path("normalizers");
    if (node.path("type").asString("").equals("Sequence") && parts.size() == 1) {
      node = parts.get(0);
    }
    boolean none = node.isMissingNode() || node.isNull() || (parts.isArray() && parts.isEmpty());
    if (!none && !node.path("type").asString("").equals("NFC")) {
      throw json.unsupported("normalizer", "is " + TableException.quoted(node.toString()));
    }
    return !none;
  }

  /** Adds the entries of the tokenizer. */
  void addTo(GgufWriter writer) {
    writer.text("tokenizer.ggml.model", "gpt2");
    writer.text("tokenizer.ggml.pre", splitting.name());
    writer.texts("tokenizer.ggml.tokens", vocabulary.texts());
    writer.ints("tokenizer.ggml.token_type", vocabulary.kindNumbers());
    writer.texts(
        "tokenizer.ggml.merges",
        merges.pairs().stream().map(pair -> pair.left() + " " + pair.right()).toList());
  }

  /** What a user should know. */
  List<String> notes() {
    return normalizes
        ? List.of(
            "text with decomposed characters gets other ids than in Transformers, which composes them first (NFC)")
        : List.of();
  }
}
