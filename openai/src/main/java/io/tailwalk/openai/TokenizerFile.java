package io.tailwalk.openai;

import io.tailwalk.core.model.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of a Hugging Face {@code tokenizer.json}: the bytes that each adds to a text. Texts
 * are encoded by the server, which has the same file.
 *
 * @param bytes the bytes by token id; empty for control tokens and for ids without a token
 * @param controls texts of the control tokens
 * @param ends ids of end tokens that the files beside it name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TokenizerFile(byte[][] bytes, List<String> controls, Set<Integer> ends) {
  private static final String NAME = "tokenizer.json";
  private static final String BLANK = "\u2581";
  private static final long LONGEST = 256L << 20;
  private static final int MOST_TOKENS = 1 << 21;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** How a token's text in the file stands for bytes. */
  private enum Alphabet {
    /** One character a byte, as GPT-2 wrote them. */
    BYTE_LEVEL,
    /** Texts with {@code U+2581} for a blank, and {@code <0x0A>} for a byte. */
    SENTENCE_PIECE,
    /** Words between blanks. */
    WORDS
  }

  /**
   * Reads a file.
   *
   * @param path the file, or the folder of the model that has it
   * @throws ModelException if it cannot be read or its tokens are not known as bytes
   */
  static TokenizerFile read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(NAME) : path;
    JsonNode tree = tree(file);
    Alphabet alphabet = alphabet(tree, file);
    List<byte[]> bytes = new ArrayList<>();
    JsonNode vocabulary = tree.path("model").path("vocab");
    if (vocabulary.isObject()) {
      vocabulary
          .properties()
          .forEach(e -> put(bytes, e.getValue().asInt(-1), piece(alphabet, e.getKey()), file));
    } else if (vocabulary.isArray()) {
      for (int id = 0; id < vocabulary.size(); id++) {
        put(bytes, id, piece(alphabet, vocabulary.get(id).path(0).asString("")), file);
      }
    } else {
      throw new ModelException(file + " has no vocabulary; give the model's tokenizer.json");
    }
    List<String> controls = new ArrayList<>();
    for (JsonNode added : tree.path("added_tokens")) {
      String content = added.path("content").asString("");
      boolean control = added.path("special").asBoolean(false);
      byte[] text = control ? new byte[0] : content.getBytes(StandardCharsets.UTF_8);
      put(bytes, added.path("id").asInt(-1), text, file);
      if (control && !content.isEmpty()) {
        controls.add(content);
      }
    }
    return new TokenizerFile(bytes.toArray(byte[][]::new), controls, ends(file, tree));
  }

  private static JsonNode tree(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new ModelException(file + " is too large for a tokenizer.json");
      }
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ModelException("cannot read " + file + "; give tokenizer=, the model's " + NAME, e);
    } catch (JacksonException e) {
      throw new ModelException(file + " is not JSON; give tokenizer=, the model's " + NAME, e);
    }
  }

  private static void put(List<byte[]> bytes, int id, byte[] text, Path file) {
    if (id < 0 || id >= MOST_TOKENS) {
      throw new ModelException(file + " has a token without an id in 0.." + MOST_TOKENS);
    }
    while (bytes.size() <= id) {
      bytes.add(new byte[0]);
    }
    bytes.set(id, text);
  }

  private static Alphabet alphabet(JsonNode tree, Path file) {
    JsonNode decoder = tree.path("decoder");
    if (has(decoder, "ByteLevel")) {
      return Alphabet.BYTE_LEVEL;
    }
    if (has(decoder, "ByteFallback") || has(decoder, "Metaspace")) {
      return Alphabet.SENTENCE_PIECE;
    }
    if (tree.path("model").path("type").asString("").equals("WordLevel")
        && tree.path("pre_tokenizer").path("type").asString("").equals("WhitespaceSplit")) {
      return Alphabet.WORDS;
    }
    throw new ModelException(
        file
            + " writes its tokens neither as bytes nor as words nor as SentencePiece does, so what they add to a"
            + " text is not known");
  }

  private static boolean has(JsonNode decoder, String type) {
    if (decoder.path("type").asString("").equals(type)) {
      return true;
    }
    for (JsonNode part : decoder.path("decoders")) {
      if (part.path("type").asString("").equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] piece(Alphabet alphabet, String text) {
    return switch (alphabet) {
      case BYTE_LEVEL -> byteLevel(text);
      case SENTENCE_PIECE -> sentencePiece(text);
      case WORDS -> (" " + text).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] sentencePiece(String text) {
    if (text.matches("<0x[0-9A-F]{2}>")) {
      return new byte[] {(byte) Integer.parseInt(text.substring(3, 5), 16)};
    }
    return text.replace(BLANK, " ").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] byteLevel(String text) {
    var out = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(point -> {
          int value = point < BYTES.length ? BYTES[point] : -1;
          if (value >= 0) {
            out.write(value);
          } else {
            out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
          }
        });
    return out.toByteArray();
  }

  /** GPT-2's alphabet: printable Latin-1 characters are themselves, the others follow from 256. */
  private static final int[] BYTES = alphabet();

  private static int[] alphabet() {
    int[] bytes = new int[512];
    Arrays.fill(bytes, -1);
    int next = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      bytes[printable ? value : next++] = value;
    }
    return bytes;
  }

  /**
   * The size of the model's output, which may be padded, by the config.json of its folder; empty
   * without one.
   *
   * @param path the tokenizer.json, or the folder of the model that has it
   */
  static OptionalInt outputSize(Path path) {
    JsonNode config = beside(Files.isDirectory(path) ? path.resolve(NAME) : path, "config.json");
    for (JsonNode size :
        List.of(config.path("vocab_size"), config.path("text_config").path("vocab_size"))) {
      if (size.isIntegralNumber() && size.asInt(0) > 0 && size.asInt(0) <= MOST_TOKENS) {
        return OptionalInt.of(size.intValue());
      }
    }
    return OptionalInt.empty();
  }

  /** End tokens by the configuration files of the model's folder. */
  private static Set<Integer> ends(Path file, JsonNode tree) {
    Set<Integer> ends = new TreeSet<>();
    for (String name : List.of("generation_config.json", "config.json")) {
      JsonNode ids = beside(file, name).path("eos_token_id");
      if (ids.isIntegralNumber()) {
        ends.add(ids.intValue());
      }
      ids.forEach(id -> ends.add(id.asInt()));
    }
    JsonNode named = beside(file, "tokenizer_config.json").path("eos_token");
    String text = named.isString() ? named.stringValue() : named.path("content").asString("");
    for (JsonNode added : tree.path("added_tokens")) {
      if (!text.isEmpty() && added.path("content").asString("").equals(text)) {
        ends.add(added.path("id").asInt());
      }
    }
    return ends;
  }

  private static JsonNode beside(Path file, String name) {
    Path other = file.resolveSibling(name);
    return Files.isRegularFile(other) ? tree(other) : JSON.createObjectNode();
  }
}
