package io.tailwalk.train.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Streams;
import io.tailwalk.llama.CacheType;
import io.tailwalk.llama.LlamaContext;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.train.gguf.GgufExport;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Exported tokenizers as llama.cpp runs them, against Hugging Face's library. */
class LlamaCppFormTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final LlamaOptions EXACT =
      LlamaOptions.DEFAULTS.withThreads(1).withCacheType(CacheType.F32).withTrust(true);

  @TempDir private Path folder;

  private HuggingFaceTokenizer open(ObjectNode json, String begin) throws IOException {
    return HuggingFaceTokenizer.open(SmallTokenizer.write(folder, json), begin, SmallTokenizer.END);
  }

  private LlamaModel export(HuggingFaceTokenizer tokenizer, Transformer model) {
    Path file = folder.resolve("model.gguf");
    GgufExport.write(file, model, tokenizer.forGguf());
    return LlamaModel.open(file, EXACT);
  }

  private static Transformer model(int vocabulary) {
    return Transformer.create(TransformerConfig.llama(vocabulary, 64, 2, 2, 16), 1);
  }

  @ParameterizedTest
  @FieldSource("io.tailwalk.train.tokenizer.SmallTokenizer#SPLITTINGS")
  void encode_everyText_givesTheSameIdsInLlamaCpp(String splitting) throws IOException {
    try (HuggingFaceTokenizer tokenizer = open(SmallTokenizer.json(splitting), "");
        Transformer model = model(tokenizer.size());
        LlamaModel exported = export(tokenizer, model)) {
      List<String> texts = SmallTokenizer.texts();
      for (int i = 0; i < texts.size(); i++) {
        assertThat(exported.encode(Prompt.text(texts.get(i))))
            .as(texts.get(i))
            .containsExactly(SmallTokenizer.ids(splitting, i));
      }
      String mixed = "\u00e9 \n\r\t'sS12 .,!a<Z\u6f22\ud83d\ude00\u0301\u00bd\u3000\u2028";
      int[] letters = mixed.codePoints().toArray();
      RandomGenerator random = Streams.of(72);
      for (int i = 0; i < 300; i++) {
        int[] drawn = random.ints(random.nextInt(25), 0, letters.length).toArray();
        String text =
            Arrays.stream(drawn)
                .map(k -> letters[k])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int[] ids = tokenizer.encode(text);
        assertThat(exported.vocabulary().encode(text)).as(text).containsExactly(ids);
        assertThat(exported.vocabulary().decodeBytes(ids))
            .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void export_marks_areThoseOfTheTokenizer() throws IOException {
    try (HuggingFaceTokenizer tokenizer = open(SmallTokenizer.json(), "<tool>");
        Transformer model = model(tokenizer.size());
        LlamaModel exported = export(tokenizer, model)) {
      int[] ids = tokenizer.encode("It is");
      assertThat(exported.encode(Prompt.text("It is")))
          .containsExactly(IntStream.concat(IntStream.of(500), IntStream.of(ids)).toArray());
      for (int token = 0; token < tokenizer.size(); token++) {
        assertThat(exported.vocabulary().isEnd(token)).isEqualTo(token == 0);
      }
      assertThat(exported.vocabulary().bytes(0)).isEmpty();
      assertThat(exported.vocabulary().bytes(500))
          .isEqualTo("<tool>".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void export_randomModel_hasTheSameLogProbs() throws IOException {
    try (HuggingFaceTokenizer tokenizer = open(SmallTokenizer.json("llama-bpe"), "<tool>");
        Transformer model = model(tokenizer.size())) {
      RandomGenerator random = Streams.of(73);
      float[] values = model.values();
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (0.1 * random.nextGaussian());
      }
      model.setValues(values);
      try (LlamaModel exported = export(tokenizer, model)) {
        int[] prompt = exported.encode(Prompt.text("It is 12 \u00e9"));
        int[] rest = exported.vocabulary().encode(" truth\nuniversally");
        int[][] prefixes =
            IntStream.rangeClosed(0, rest.length)
                .mapToObj(n -> Arrays.copyOf(rest, n))
                .toArray(int[][]::new);
        try (LlamaContext context = exported.open(prompt, new ContextOptions(40, 8))) {
          LogProbs[] distributions = context.next(prefixes);
          for (int i = 0; i < prefixes.length; i++) {
            int[] all = IntStream.concat(IntStream.of(prompt), IntStream.of(prefixes[i])).toArray();
            double[] logits = model.logits(TokenBatch.ofPrefixes(List.of(all)));
            double total = Math.log(Arrays.stream(logits).map(Math::exp).sum());
            for (int token = 0; token < logits.length; token++) {
              assertThat(distributions[i].logProb(token))
                  .isCloseTo(logits[token] - total, org.assertj.core.api.Assertions.within(1e-4));
            }
          }
        }
      }
    }
  }

  /** Ids without a token, and merges as older files write them. */
  @Test
  void export_gapsAndOldMerges_giveTheSameIds() throws IOException {
    ObjectNode json = SmallTokenizer.json();
    ((ArrayNode) json.get("added_tokens")).remove(1);
    ObjectNode vocabulary = (ObjectNode) model(json).get("vocab");
    String last =
        vocabulary
            .propertyStream()
            .filter(entry -> entry.getValue().intValue() == 499)
            .findFirst()
            .orElseThrow()
            .getKey();
    vocabulary.put(last, 503);
    ArrayNode merges = (ArrayNode) json.get("model").get("merges");
    for (int i = 0; i < merges.size(); i++) {
      merges.set(
          i,
          JSON.getNodeFactory()
              .stringNode(
                  merges.get(i).get(0).stringValue() + " " + merges.get(i).get(1).stringValue()));
    }
    try (HuggingFaceTokenizer tokenizer = open(json, "");
        Transformer model = model(504);
        LlamaModel exported = export(tokenizer, model)) {
      assertThat(tokenizer.size()).isEqualTo(504);
      assertThat(tokenizer.encode("op")).containsExactly(503);
      for (String text : SmallTokenizer.texts()) {
        assertThat(exported.encode(Prompt.text(text)))
            .as(text)
            .containsExactly(tokenizer.encode(text));
      }
    }
  }

  private void refused(Consumer<ObjectNode> change, String message) throws IOException {
    ObjectNode json = SmallTokenizer.json();
    change.accept(json);
    try (HuggingFaceTokenizer tokenizer = open(json, "")) {
      assertThatThrownBy(tokenizer::forGguf)
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("llama.cpp cannot tokenise as")
          .hasMessageContaining(message);
    }
  }

  private static ObjectNode model(ObjectNode json) {
    return (ObjectNode) json.get("model");
  }

  private static ObjectNode splitting(ObjectNode json) {
    return (ObjectNode) json.get("pre_tokenizer");
  }

  @Test
  void forGguf_whatLlamaCppHasNot_isRefused() throws IOException {
    refused(json -> json.putObject("normalizer").put("type", "NFC"), "it has a normalizer");
    refused(json -> splitting(json).put("add_prefix_space", true), "pre_tokenizer");
    refused(json -> splitting(json).put("use_regex", false), "pre_tokenizer");
    refused(json -> model(json).put("ignore_merges", true), "ignore_merges is true");
    refused(json -> model(json).put("byte_fallback", true), "byte_fallback");
    refused(json -> model(json).put("end_of_word_suffix", "</w>"), "end_of_word_suffix");
    for (String key : List.of("lstrip", "rstrip", "single_word")) {
      refused(
          json -> ((ObjectNode) json.get("added_tokens").get(1)).put(key, true),
          "\"<tool>\" has " + key);
    }
    refused(
        json -> {
          ObjectNode vocabulary = (ObjectNode) model(json).get("vocab");
          vocabulary.set("nobyte", vocabulary.remove("\u0100"));
        },
        "lacks the byte 0");
    refused(
        json -> {
          ObjectNode other = JSON.createObjectNode();
          other.put("type", "WordLevel").put("unk_token", "a");
          other.set("vocab", model(json).get("vocab"));
          json.set("model", other);
        },
        "its model is WordLevel, not BPE");
  }

  @Test
  void forGguf_llama3SplittingWithoutIgnoreMerges_isRefused() throws IOException {
    ObjectNode json = SmallTokenizer.json("llama-bpe");
    model(json).put("ignore_merges", false);
    try (HuggingFaceTokenizer tokenizer = open(json, "")) {
      assertThatThrownBy(tokenizer::forGguf).hasMessageContaining("ignore_merges is false");
    }
  }
}
