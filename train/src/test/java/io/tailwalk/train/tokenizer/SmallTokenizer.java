package io.tailwalk.train.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tokenizer that Hugging Face's Python library trained, and the ids it gave for texts in each way
 * of splitting; made by {@code make.py} beside the files.
 */
public final class SmallTokenizer {
  /** llama.cpp's names of the ways of splitting. */
  public static final List<String> SPLITTINGS = List.of("gpt-2", "llama-bpe", "qwen2", "smollm");

  /** The token that ends texts. */
  public static final String END = "<|endoftext|>";

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode GOLDEN = read("golden.json");

  private SmallTokenizer() {}

  private static JsonNode read(String name) {
    try (InputStream in = SmallTokenizer.class.getResourceAsStream(name)) {
      return JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The tokenizer, free to be changed. */
  public static ObjectNode json() {
    return (ObjectNode) read("small.json");
  }

  /** The tokenizer with one of the ways of splitting. */
  public static ObjectNode json(String splitting) {
    ObjectNode json = json();
    json.set("pre_tokenizer", GOLDEN.get(splitting).get("pre_tokenizer"));
    ((ObjectNode) json.get("model"))
        .set("ignore_merges", GOLDEN.get(splitting).get("ignore_merges"));
    return json;
  }

  /** Writes a tokenizer. */
  public static Path write(Path folder, JsonNode json) throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), JSON.writeValueAsString(json));
  }

  /** Texts of many kinds. */
  public static List<String> texts() {
    return GOLDEN.get("texts").valueStream().map(JsonNode::stringValue).toList();
  }

  /** The ids of a text in Python. */
  public static int[] ids(String splitting, int text) {
    return GOLDEN
        .get(splitting)
        .get("ids")
        .get(text)
        .valueStream()
        .mapToInt(JsonNode::intValue)
        .toArray();
  }
}
