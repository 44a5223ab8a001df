package io.tailwalk.train.tokenizer;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import io.tailwalk.train.gguf.GgufTokenizer;
import io.tailwalk.train.huggingface.TokenizerFiles;
import io.tailwalk.train.torch.DjlSettings;
import io.tailwalk.values.LearningException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * A {@code tokenizer.json}, run by Hugging Face's library in this process. Texts become the ids
 * that the library gives in Python; truncation and padding of the file are not applied.
 */
public final class HuggingFaceTokenizer implements AutoCloseable {
  private static final Map<String, String> WHOLE_TEXTS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

  private final TokenizerJson json;
  private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library;
  private final int begin;
  private final int end;

  private HuggingFaceTokenizer(
      TokenizerJson json,
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library,
      String beginToken,
      String endToken) {
    this.json = json;
    this.library = library;
    requireIdsOfAddedTokens();
    end = id("end", endToken);
    begin = begin(beginToken);
  }

  /**
   * Opens a file.
   *
   * @param begin the token before every text; empty for the token of the file's post-processor, if
   *     any
   * @param end the token after every completion
   * @throws LearningException in one sentence if the file holds no tokenizer that the library can
   *     run, drops merges at random, lacks a token, or has a post-processor that puts other tokens
   *     around a text
   */
  public static HuggingFaceTokenizer open(Path file, String begin, String end) {
    TokenizerJson json = TokenizerJson.read(file);
    if (json.at("model").path("dropout").asDouble(0) != 0) {
      throw new LearningException(
          file + ": its model drops merges at random; set model.dropout to null");
    }
    var library = load(json);
    boolean done = false;
    try {
      var tokenizer = new HuggingFaceTokenizer(json, library, begin, end);
      done = true;
      return tokenizer;
    } finally {
      if (!done) {
        library.close();
      }
    }
  }

  private static void requireLibrary() {
    DjlSettings.apply();
    try {
      LibUtils.checkStatus();
    } catch (LinkageError | EngineException e) {
      throw new LearningException(
          "Hugging Face's tokenizers do not run on this machine ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "); use the full distribution or another tokenizer.kind",
          e);
    }
  }

  private static ai.djl.huggingface.tokenizers.HuggingFaceTokenizer load(TokenizerJson json) {
    requireLibrary();
    try (var in = new ByteArrayInputStream(json.text().getBytes(StandardCharsets.UTF_8))) {
      return ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(in, WHOLE_TEXTS);
    } catch (IOException | RuntimeException e) {
      throw new LearningException(
          json.file()
              + ": Hugging Face's library does not read it ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "); write the file again with Hugging Face's tokenizers",
          e);
    }
  }

  /** The library assigns the ids of added tokens; ids in a manually changed file may differ. */
  private void requireIdsOfAddedTokens() {
    for (JsonNode added : json.at("added_tokens")) {
      String token = added.path("content").asString("");
      int[] ids = ids(token, false);
      if (ids.length != 1 || ids[0] != json.id(token)) {
        throw json.error(
            "the added token \""
                + token
                + "\" has the id "
                + json.id(token)
                + ", but Hugging Face's library gives it "
                + (ids.length == 1 ? String.valueOf(ids[0]) : Arrays.toString(ids)));
      }
    }
  }

  private int id(String key, String token) {
    int id = json.id(token);
    if (id < 0) {
      throw new LearningException(
          json.file()
              + " has no token \""
              + token
              + "\", which the key tokenizer."
              + key
              + " names; use one of its special tokens");
    }
    return id;
  }

  /** The token before texts, checked against the post-processor. */
  private int begin(String given) {
    int[] plain = ids("a", false);
    int[] whole = ids("a", true);
    int at = 0;
    while (at + plain.length <= whole.length
        && !Arrays.equals(plain, Arrays.copyOfRange(whole, at, at + plain.length))) {
      at++;
    }
    int after = whole.length - at - plain.length;
    if (after < 0 || at > 1 || after > 1 || (after == 1 && whole[whole.length - 1] != end)) {
      throw new LearningException(
          json.file()
              + ": its post-processor turns a text of the tokens "
              + Arrays.toString(plain)
              + " into "
              + Arrays.toString(whole)
              + "; only one token before and the end token after a text are supported");
    }
    int added = at == 1 ? whole[0] : -1;
    if (given.isEmpty()) {
      return added;
    }
    int wanted = id("begin", given);
    if (added >= 0 && added != wanted) {
      throw new LearningException(
          json.file()
              + ": its post-processor begins texts with \""
              + json.token(added).orElse("")
              + "\"; set tokenizer.begin to that or leave it out");
    }
    return wanted;
  }

  /**
   * Token ids of a text, without marks for begin and end.
   *
   * @throws LearningException if the text has half a surrogate pair, or a word without a token
   */
  public int[] encode(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw new LearningException("the text has half of a surrogate pair at place " + i);
      }
    }
    return ids(text, false);
  }

  private int[] ids(String text, boolean special) {
    try {
      long[] ids = library.encode(text, special, false).getIds();
      return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    } catch (RuntimeException e) {
      throw new LearningException(
          "Hugging Face's library does not encode a text with "
              + json.file()
              + " ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          e);
    }
  }

  /** Number of tokens: one more than the largest id. */
  public int size() {
    return json.size();
  }

  /** The token before every text; -1 for none. */
  public int begin() {
    return begin;
  }

  /** The token after every completion. */
  public int end() {
    return end;
  }

  /**
   * The same tokenizer for llama.cpp.
   *
   * @throws LearningException in one sentence if llama.cpp has no such tokenizer
   */
  public GgufTokenizer forGguf() {
    return LlamaCppForm.of(json, begin, end);
  }

  /** The same tokenizer in the folder of a model. */
  public TokenizerFiles forHuggingFace() {
    return new TokenizerFiles(
        json.text(),
        begin < 0 ? OptionalInt.empty() : OptionalInt.of(begin),
        OptionalInt.of(end),
        begin < 0 ? "" : json.token(begin).orElse(""),
        json.token(end).orElse(""));
  }

  @Override
  public void close() {
    library.close();
  }
}
