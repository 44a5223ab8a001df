package io.tailwalk.train.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.random.Streams;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class HuggingFaceTokenizerTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private HuggingFaceTokenizer open(JsonNode json) throws IOException {
    return HuggingFaceTokenizer.open(SmallTokenizer.write(folder, json), "", SmallTokenizer.END);
  }

  @ParameterizedTest
  @FieldSource("io.tailwalk.train.tokenizer.SmallTokenizer#SPLITTINGS")
  void encode_everyText_givesTheIdsOfPython(String splitting) throws IOException {
    try (HuggingFaceTokenizer tokenizer = open(SmallTokenizer.json(splitting))) {
      List<String> texts = SmallTokenizer.texts();
      assertThat(texts).hasSizeGreaterThan(30);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(tokenizer.encode(texts.get(i)))
            .as(texts.get(i))
            .containsExactly(SmallTokenizer.ids(splitting, i));
      }
      assertThat(tokenizer.size()).isEqualTo(501);
      assertThat(tokenizer.begin()).isEqualTo(-1);
      assertThat(tokenizer.end()).isZero();
    }
  }

  /** Settings that would truncate or pad a text in a file made for a different use. */
  @Test
  void encode_fileWithTruncationAndPadding_givesTheWholeText() throws IOException {
    ObjectNode json = SmallTokenizer.json();
    json.set(
        "truncation",
        JSON.readTree(
            """
            {"direction":"Right","max_length":5,"strategy":"LongestFirst","stride":0}\
            """));
    json.set(
        "padding",
        JSON.readTree(
            """
            {"strategy":{"Fixed":2000},"direction":"Right","pad_to_multiple_of":null,"pad_id":0,
             "pad_type_id":0,"pad_token":"<|endoftext|>"}\
            """));
    try (HuggingFaceTokenizer tokenizer = open(json)) {
      int last = SmallTokenizer.texts().size() - 1;
      assertThat(tokenizer.encode(SmallTokenizer.texts().get(last)))
          .hasSizeGreaterThan(1000)
          .containsExactly(SmallTokenizer.ids("gpt-2", last));
      assertThat(tokenizer.encode("a")).hasSize(1);
    }
  }

  @Test
  void encode_halfASurrogatePair_isRefused() throws IOException {
    try (HuggingFaceTokenizer tokenizer = open(SmallTokenizer.json())) {
      assertThatThrownBy(() -> tokenizer.encode("ab\ud83d"))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("surrogate pair at place 2");
    }
  }

  /** A post-processor that puts special tokens around a text; "$" stands for the text. */
  private static ObjectNode template(String... parts) {
    ObjectNode processor = JSON.createObjectNode();
    processor.put("type", "TemplateProcessing");
    ArrayNode single = processor.putArray("single");
    ArrayNode pair = processor.putArray("pair");
    ObjectNode tokens = processor.putObject("special_tokens");
    for (String part : parts) {
      ObjectNode piece = single.addObject();
      if (part.equals("$")) {
        piece.putObject("Sequence").put("id", "A").put("type_id", 0);
        pair.add(piece.deepCopy());
      } else {
        piece.putObject("SpecialToken").put("id", part).put("type_id", 0);
        ObjectNode token = tokens.putObject(part);
        token.put("id", part);
        token.putArray("ids").add(part.equals("<tool>") ? 500 : 0);
        token.putArray("tokens").add(part);
      }
    }
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    return processor;
  }

  private HuggingFaceTokenizer open(ObjectNode processor, String begin) throws IOException {
    ObjectNode json = SmallTokenizer.json();
    json.set("post_processor", processor);
    return HuggingFaceTokenizer.open(SmallTokenizer.write(folder, json), begin, SmallTokenizer.END);
  }

  @Test
  void begin_notGiven_isWhatThePostProcessorPutsBeforeTexts() throws IOException {
    try (var tokenizer = open(template("<tool>", "$", SmallTokenizer.END), "")) {
      assertThat(tokenizer.begin()).isEqualTo(500);
      assertThat(tokenizer.encode("a")).hasSize(1);
    }
    try (var tokenizer = open(template("$", SmallTokenizer.END), "")) {
      assertThat(tokenizer.begin()).isEqualTo(-1);
    }
    try (var tokenizer = open(template("$"), "<tool>")) {
      assertThat(tokenizer.begin()).isEqualTo(500);
    }
  }

  @Test
  void postProcessor_thatPutsOtherTokensAround_isRefused() {
    assertThatThrownBy(() -> open(template("<tool>", "$"), SmallTokenizer.END))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("begins texts with \"<tool>\"; set tokenizer.begin");
    assertThatThrownBy(() -> open(template("$", "<tool>"), ""))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("only one token before and the end token after");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "end; <|nothing|>; has no token \"<|nothing|>\", which the key tokenizer.end names",
        "begin; <|nothing|>; which the key tokenizer.begin names"
      })
  void open_unknownMark_isRefused(String key, String token, String message) throws IOException {
    Path file = SmallTokenizer.write(folder, SmallTokenizer.json());
    boolean end = key.equals("end");
    assertThatThrownBy(() ->
            HuggingFaceTokenizer.open(file, end ? "" : token, end ? token : SmallTokenizer.END))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining(message);
  }

  /** Files with all kinds of errors, and words of the message. */
  static List<List<String>> broken() {
    return List.of(
        List.of("", "no JSON object"),
        List.of("{", "not valid JSON"),
        List.of("[1]", "no JSON object"),
        List.of("{}", "no vocabulary"),
        List.of("{\"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": []}}", "no vocabulary"),
        List.of("{\"model\": {\"vocab\": {\"a\": 0, \"a\": 1}}}", "not valid JSON"),
        List.of("{\"model\": {\"vocab\": {\"a\": -1}}}", "has the id -1"),
        List.of("{\"model\": {\"vocab\": {\"a\": 1.5}}}", "has the id 1.5"),
        List.of("{\"model\": {\"vocab\": {\"a\": 99999999999}}}", "has the id 99999999999"),
        List.of("{\"model\": {\"vocab\": {\"a\": 0, \"b\": 0}}}", "shares its id"),
        List.of("{\"model\": {\"vocab\": {\"\": 0}}}", "token 0 is empty"),
        List.of("{\"model\": {\"vocab\": {\"a\": 0, \"b\": 9000}}}", "have no token"),
        List.of("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}}}", "does not read it"),
        List.of(
            "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"a b\"]}}",
            "does not read it"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void open_brokenFile_isOneSentence(List<String> both) throws IOException {
    Path file = Files.writeString(folder.resolve("broken.json"), both.getFirst());
    assertThatThrownBy(() -> HuggingFaceTokenizer.open(file, "", "a"))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("broken.json")
        .hasMessageContaining(both.getLast())
        .message()
        .doesNotContain("\n");
  }

  /** The library assigns ids of added tokens, independent of the file. */
  @Test
  void open_addedTokenWithAnotherIdThanTheLibraryGives_isRefused() {
    ObjectNode json = SmallTokenizer.json();
    ((ObjectNode) json.get("added_tokens").get(1)).put("id", 503);
    assertThatThrownBy(() -> open(json))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("\"<tool>\" has the id 503, but Hugging Face's library gives it 500");
  }

  @Test
  void open_dropout_isRefused() {
    ObjectNode json = SmallTokenizer.json();
    ((ObjectNode) json.get("model")).put("dropout", 0.1);
    assertThatThrownBy(() -> open(json)).hasMessageContaining("at random");
  }

  /** Bytes changed, parts cut out, values replaced: the file works or there is one sentence. */
  @Test
  void open_damagedFiles_workOrAreRefusedInOneSentence() throws IOException {
    byte[] whole = JSON.writeValueAsString(SmallTokenizer.json()).getBytes(StandardCharsets.UTF_8);
    RandomGenerator random = Streams.of(71);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = i % 3 == 0 ? withoutAPart(whole, random) : whole.clone();
      if (i % 3 == 1) {
        for (int k = 0; k <= random.nextInt(4); k++) {
          damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
        }
      } else if (i % 3 == 2) {
        damaged = withAnotherValue(random);
      }
      Path file = Files.write(folder.resolve("tokenizer.json"), damaged);
      try (var tokenizer = HuggingFaceTokenizer.open(file, "", SmallTokenizer.END)) {
        for (int id : tokenizer.encode("It is a truth, 12 \u00e9\ud83d\ude00\n")) {
          assertThat(id).isBetween(0, tokenizer.size() - 1);
        }
        try {
          assertThat(tokenizer.forGguf().size()).isEqualTo(tokenizer.size());
        } catch (LearningException e) {
          assertThat(e.getMessage()).contains("llama.cpp cannot").doesNotContain("\n");
        }
      } catch (LearningException e) {
        refused++;
        assertThat(e.getMessage()).contains("tokenizer.json").doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  private static byte[] withoutAPart(byte[] whole, RandomGenerator random) {
    int from = random.nextInt(whole.length);
    int to = Math.min(whole.length, from + 1 + random.nextInt(200));
    byte[] rest = new byte[whole.length - to + from];
    System.arraycopy(whole, 0, rest, 0, from);
    System.arraycopy(whole, to, rest, from, whole.length - to);
    return rest;
  }

  /** Valid JSON with one value replaced by one of another kind. */
  private static byte[] withAnotherValue(RandomGenerator random) {
    ObjectNode json = SmallTokenizer.json();
    JsonNode[] values = {
      JSON.getNodeFactory().nullNode(),
      JSON.getNodeFactory().numberNode(random.nextInt(-3, 1000)),
      JSON.getNodeFactory().stringNode("x"),
      JSON.getNodeFactory().booleanNode(true),
      JSON.createArrayNode(),
      JSON.createObjectNode()
    };
    JsonNode at = json;
    while (true) {
      int index = random.nextInt(Math.max(1, at.size()));
      JsonNode value = values[random.nextInt(values.length)];
      if (at instanceof ObjectNode object && !object.isEmpty()) {
        String key = object.propertyNames().stream().skip(index).findFirst().orElseThrow();
        JsonNode child = object.get(key);
        if (child.isContainer() && !child.isEmpty() && random.nextInt(4) > 0) {
          at = child;
          continue;
        }
        object.set(key, value);
      } else if (at instanceof ArrayNode array && !array.isEmpty()) {
        JsonNode child = array.get(index);
        if (child.isContainer() && !child.isEmpty() && random.nextInt(4) > 0) {
          at = child;
          continue;
        }
        array.set(index, value);
      }
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }
  }
}
