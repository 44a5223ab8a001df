package io.tailwalk.train.gguf;

import io.tailwalk.convert.tokenizer.ByteLetters;
import io.tailwalk.llama.gguf.GgufWriter;
import io.tailwalk.values.LearningException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tokenizers in the forms that llama.cpp supports. */
public sealed interface GgufTokenizer {

  /** Number of tokens, which must be the model's. */
  int size();

  /** Adds the entries of the tokenizer. */
  void addTo(GgufWriter writer);

  /** No text: prompts and completions are token ids. */
  static GgufTokenizer ids(int vocabulary) {
    return new Ids(vocabulary);
  }

  /**
   * Words separated by single spaces, such as {@code 12 7 | 7 3 / 1 9 =}; the text of token 12 is
   * then {@code " 12"}. llama.cpp builds words letter by letter, so that every prefix of a word
   * must be a word too, as holds for all integers below a bound.
   *
   * @param words by token id, without whitespace
   * @param end the token that ends a response. llama.cpp requires one: if responses have a fixed
   *     length, use a token that they never contain
   * @throws LearningException if a word is empty, has whitespace, occurs twice or has a prefix that
   *     is not a word
   */
  static GgufTokenizer words(List<String> words, int end) {
    return new Words(words, end);
  }

  /** Bytes of UTF-8, and token 256 which begins and ends texts. */
  static GgufTokenizer bytes() {
    return ByteLevel.ofBytes();
  }

  /** Token ids only. */
  record Ids(int size) implements GgufTokenizer {
    @Override
    public void addTo(GgufWriter writer) {
      writer.text("tokenizer.ggml.model", "no_vocab");
    }
  }

  /** Words separated by spaces, as a SentencePiece vocabulary. */
  record Words(List<String> words, int end) implements GgufTokenizer {
    private static final String BLANK = "\u2581";

    /** Refuses words that llama.cpp could not build. */
    public Words {
      words = List.copyOf(words);
      if (end < 0 || end >= words.size()) {
        throw new LearningException(
            "the end token " + end + " lies outside the vocabulary, 0.." + (words.size() - 1));
      }
      Set<String> known = new HashSet<>();
      for (String word : words) {
        if (word.isEmpty() || word.contains(BLANK) || word.chars().anyMatch(c -> c <= ' ')) {
          throw new LearningException("the word \"" + word + "\" of the vocabulary has whitespace");
        }
        if (!known.add(word)) {
          throw new LearningException("the word \"" + word + "\" is twice in the vocabulary");
        }
      }
      for (String word : words) {
        int cut = word.offsetByCodePoints(word.length(), -1);
        if (cut > 0 && !known.contains(word.substring(0, cut))) {
          throw new LearningException(
              "the word \""
                  + word
                  + "\" of the vocabulary needs its beginning \""
                  + word.substring(0, cut)
                  + "\" as a word too; export token ids only");
        }
      }
    }

    @Override
    public int size() {
      return words.size();
    }

    @Override
    public void addTo(GgufWriter writer) {
      int[] normal = new int[size()];
      java.util.Arrays.fill(normal, 1);
      writer.text("tokenizer.ggml.model", "llama");
      writer.texts("tokenizer.ggml.tokens", words.stream().map(BLANK::concat).toList());
      writer.floats("tokenizer.ggml.scores", new float[size()]);
      writer.ints("tokenizer.ggml.token_type", normal);
      // Defaults for these are tokens 0 to 2, and no value means that there is none.
      writer.uint32("tokenizer.ggml.bos_token_id", end);
      writer.uint32("tokenizer.ggml.eos_token_id", end);
      writer.uint32("tokenizer.ggml.unknown_token_id", end);
      writer.flag("tokenizer.ggml.add_bos_token", false);
      writer.flag("tokenizer.ggml.add_eos_token", false);
      writer.flag("tokenizer.ggml.add_space_prefix", true);
    }
  }

  /**
   * Byte-level byte-pair encoding (Radford et al. 2019).
   *
   * @param tokens by id, each byte in GPT-2's notation; special tokens unchanged
   * @param merges pairs separated by a space, the first merged first
   * @param special ids of tokens that are not text, such as end of text
   * @param whole ids of tokens that are found in text before it is split
   * @param unused unused ids
   * @param begin token at the beginning of a text; -1 for none
   * @param end token that ends a text
   * @param split llama.cpp's name for how text is split before merging
   */
  record ByteLevel(
      List<String> tokens,
      List<String> merges,
      Set<Integer> special,
      Set<Integer> whole,
      Set<Integer> unused,
      int begin,
      int end,
      String split)
      implements GgufTokenizer {
    /** With fixed lists. */
    public ByteLevel {
      tokens = List.copyOf(tokens);
      merges = List.copyOf(merges);
      special = Set.copyOf(special);
      whole = Set.copyOf(whole);
      unused = Set.copyOf(unused);
    }

    static ByteLevel ofBytes() {
      List<String> tokens = new java.util.ArrayList<>();
      for (int b = 0; b < 256; b++) {
        tokens.add(Character.toString(ByteLetters.of(b)));
      }
      tokens.add("<|endoftext|>");
      return new ByteLevel(tokens, List.of(), Set.of(256), Set.of(), Set.of(), 256, 256, "gpt-2");
    }

    @Override
    public int size() {
      return tokens.size();
    }

    @Override
    public void addTo(GgufWriter writer) {
      int[] types = new int[size()];
      for (int token = 0; token < types.length; token++) {
        types[token] = type(token);
      }
      writer.text("tokenizer.ggml.model", "gpt2");
      writer.text("tokenizer.ggml.pre", split);
      writer.texts("tokenizer.ggml.tokens", tokens);
      writer.ints("tokenizer.ggml.token_type", types);
      writer.texts("tokenizer.ggml.merges", merges);
      writer.uint32("tokenizer.ggml.bos_token_id", begin < 0 ? end : begin);
      writer.uint32("tokenizer.ggml.eos_token_id", end);
      writer.flag("tokenizer.ggml.add_bos_token", begin >= 0);
      writer.flag("tokenizer.ggml.add_eos_token", false);
    }

    /** llama.cpp's numbers: normal, control, user-defined, unused. */
    private int type(int token) {
      if (special.contains(token)) {
        return 3;
      }
      if (whole.contains(token)) {
        return 4;
      }
      return unused.contains(token) ? 5 : 1;
    }
  }
}
