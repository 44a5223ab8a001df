package io.tailwalk.train.recipe;

import io.tailwalk.train.gguf.GgufTokenizer;
import io.tailwalk.train.huggingface.TokenizerFiles;
import io.tailwalk.train.tokenizer.HuggingFaceTokenizer;
import io.tailwalk.values.LearningException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tokenizers of training data. */
sealed interface Tokens extends AutoCloseable {
  /** Token ids of a text, without marks for begin and end. */
  int[] encode(String text);

  /** Number of tokens. */
  int size();

  /** The token before every text; -1 for none. */
  int begin();

  /** The token after every text; -1 for none. */
  int end();

  /** The tokenizer for llama.cpp. */
  GgufTokenizer forGguf();

  /** The tokenizer for Transformers and vLLM. */
  TokenizerFiles forHuggingFace();

  /** Token ids with a token before and one after them; -1 for none. */
  static int[] marked(int before, int[] ids, int after) {
    IntStream begin = before < 0 ? IntStream.empty() : IntStream.of(before);
    IntStream end = after < 0 ? IntStream.empty() : IntStream.of(after);
    return IntStream.concat(IntStream.concat(begin, IntStream.of(ids)), end).toArray();
  }

  /** Disables encoding. */
  @Override
  default void close() {}

  /** UTF-8 bytes, and token 256 before and after texts. */
  record Bytes() implements Tokens {
    @Override
    public int[] encode(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int[] ids = new int[bytes.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = bytes[i] & 0xFF;
      }
      return ids;
    }

    @Override
    public int size() {
      return 257;
    }

    @Override
    public int begin() {
      return 256;
    }

    @Override
    public int end() {
      return 256;
    }

    @Override
    public GgufTokenizer forGguf() {
      return GgufTokenizer.bytes();
    }

    @Override
    public TokenizerFiles forHuggingFace() {
      return TokenizerFiles.bytes();
    }
  }

  /** Data of token ids, with nothing added. */
  record Ids(int size) implements Tokens {
    @Override
    public int[] encode(String text) {
      throw new LearningException(
          "a tokenizer of kind ids encodes no text; give token ids, or use another tokenizer");
    }

    @Override
    public int begin() {
      return -1;
    }

    @Override
    public int end() {
      return -1;
    }

    @Override
    public GgufTokenizer forGguf() {
      return GgufTokenizer.ids(size);
    }

    @Override
    public TokenizerFiles forHuggingFace() {
      return TokenizerFiles.ids(size);
    }
  }

  /** Words separated by spaces, with nothing added. */
  final class Words implements Tokens {
    private final GgufTokenizer exported;
    private final List<String> words;
    private final int end;
    private final Map<String, Integer> ids = new HashMap<>();

    Words(List<String> words, String end) {
      for (int i = 0; i < words.size(); i++) {
        ids.put(words.get(i), i);
      }
      Integer id = ids.get(end);
      if (id == null) {
        throw new LearningException("the end word \"" + end + "\" is not among the words");
      }
      this.words = List.copyOf(words);
      this.end = id;
      exported = GgufTokenizer.words(words, id);
    }

    @Override
    public int[] encode(String text) {
      String[] parts = text.strip().split("\\s+", -1);
      int[] tokens = new int[text.isBlank() ? 0 : parts.length];
      for (int i = 0; i < tokens.length; i++) {
        Integer id = ids.get(parts[i]);
        if (id == null) {
          throw new LearningException("the word \"" + parts[i] + "\" is not among the words");
        }
        tokens[i] = id;
      }
      return tokens;
    }

    @Override
    public int size() {
      return exported.size();
    }

    @Override
    public int begin() {
      return -1;
    }

    @Override
    public int end() {
      return -1;
    }

    @Override
    public GgufTokenizer forGguf() {
      return exported;
    }

    @Override
    public TokenizerFiles forHuggingFace() {
      return TokenizerFiles.words(words, end);
    }
  }

  /** A {@code tokenizer.json} of Hugging Face. */
  record HuggingFace(HuggingFaceTokenizer tokenizer) implements Tokens {
    @Override
    public int[] encode(String text) {
      return tokenizer.encode(text);
    }

    @Override
    public int size() {
      return tokenizer.size();
    }

    @Override
    public int begin() {
      return tokenizer.begin();
    }

    @Override
    public int end() {
      return tokenizer.end();
    }

    @Override
    public GgufTokenizer forGguf() {
      return tokenizer.forGguf();
    }

    @Override
    public TokenizerFiles forHuggingFace() {
      return tokenizer.forHuggingFace();
    }

    @Override
    public void close() {
      tokenizer.close();
    }
  }
}
