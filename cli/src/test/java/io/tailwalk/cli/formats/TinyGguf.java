package io.tailwalk.cli.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A llama of one layer that changes nothing, with a SentencePiece vocabulary: the distribution of
 * the next token is the softmax of given logits behind every prefix, so that each score is known.
 */
public final class TinyGguf {
  private static final String CHATML =
      "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content']"
          + " + '<|im_end|>' + '\n'}}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
  private static final int FIRST_WORD = 3 + 256;
  private static final int WIDTH = 32;
  private static final int ALIGNMENT = 32;

  @SuppressWarnings("ArrayRecordComponent")
  private record Tensor(float[] values, long[] extents) {}

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<String> words =
      new ArrayList<>(
          List.of(
              "\u2581", "a", "b", "t", "i", "m", "e", "ti", "me", "time", "\u2581a", "\u2581time"));
  private final float[] logits;

  /** A model with the given logits of some tokens and 0 for the others. */
  TinyGguf(Map<String, Double> given) {
    given.keySet().stream().filter(token -> !words.contains(token)).forEach(words::add);
    logits = new float[FIRST_WORD + words.size()];
    given.forEach((token, logit) -> logits[id(token)] = logit.floatValue());
    header();
    tokenizer();
    tensors();
  }

  /** A model that says a text of one token, and then the same again. */
  public static TinyGguf saying(String text) {
    return new TinyGguf(Map.of(text.replace(' ', '\u2581'), 60.0))
        .flag("tokenizer.ggml.add_space_prefix", false);
  }

  /** The id of a token. */
  int id(String token) {
    return FIRST_WORD + words.indexOf(token);
  }

  /** The log-probability of tokens. */
  double logProb(String... tokens) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    double all = 0;
    for (String token : tokens) {
      all += logits[id(token)] - Math.log(sum);
    }
    return all;
  }

  /** With a template that lays out chats. */
  public TinyGguf withChats() {
    return text("tokenizer.chat_template", CHATML);
  }

  /** With a flag of the metadata. */
  TinyGguf flag(String key, boolean value) {
    return entry(key, 7, new byte[] {(byte) (value ? 1 : 0)});
  }

  /** With a text of the metadata. */
  TinyGguf text(String key, String value) {
    return entry(key, 8, string(value));
  }

  /** Writes the file and returns its name. */
  public String write(Path file) throws IOException {
    return Files.write(file, bytes(entries, new ArrayList<>(tensors.keySet()))).toString();
  }

  /** In three files, the last of which holds the tensor of the logits; the first one's name. */
  String writeSplit(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> names = new ArrayList<>(tensors.keySet());
    names.remove("output.weight");
    List<List<String>> parts =
        List.of(names.subList(0, 2), names.subList(2, names.size()), List.of("output.weight"));
    for (int i = 0; i < 3; i++) {
      Map<String, byte[]> own = new LinkedHashMap<>(i == 0 ? entries : Map.of());
      own.put("split.no", typed(2, little(2).putShort((short) i).array()));
      own.put("split.count", typed(2, little(2).putShort((short) 3).array()));
      own.put("split.tensors.count", typed(5, int32(tensors.size())));
      Files.write(
          folder.resolve("m-%05d-of-00003.gguf".formatted(i + 1)), bytes(own, parts.get(i)));
    }
    return folder.resolve("m-00001-of-00003.gguf").toString();
  }

  private void header() {
    text("general.architecture", "llama").text("general.name", "tiny");
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("context_length", 1024);
    sizes.put("embedding_length", WIDTH);
    sizes.put("block_count", 1);
    sizes.put("feed_forward_length", WIDTH);
    sizes.put("attention.head_count", 1);
    sizes.put("attention.head_count_kv", 1);
    sizes.put("rope.dimension_count", WIDTH);
    sizes.put("vocab_size", logits.length);
    sizes.forEach((key, size) -> entry("llama." + key, 4, int32(size)));
    entry("llama.attention.layer_norm_rms_epsilon", 6, int32(Float.floatToRawIntBits(1e-9f)));
  }

  private void tokenizer() {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int b = 0; b < 256; b++) {
      tokens.add("<0x%02X>".formatted(b));
    }
    tokens.addAll(words);
    ByteArrayOutputStream names = array(8, logits.length);
    ByteArrayOutputStream scores = array(6, logits.length);
    ByteArrayOutputStream types = array(5, logits.length);
    for (int i = 0; i < logits.length; i++) {
      names.writeBytes(string(tokens.get(i)));
      // Longer words first, so that the merges end in whole words.
      scores.writeBytes(
          int32(Float.floatToRawIntBits(i < FIRST_WORD ? 0 : tokens.get(i).length() - 10f)));
      types.writeBytes(int32(i == 0 ? 2 : i < 3 ? 3 : i < FIRST_WORD ? 6 : 1));
    }
    text("tokenizer.ggml.model", "llama");
    entry("tokenizer.ggml.tokens", 9, names.toByteArray());
    entry("tokenizer.ggml.scores", 9, scores.toByteArray());
    entry("tokenizer.ggml.token_type", 9, types.toByteArray());
    entry("tokenizer.ggml.bos_token_id", 4, int32(1));
    entry("tokenizer.ggml.eos_token_id", 4, int32(2));
    entry("tokenizer.ggml.unknown_token_id", 4, int32(0));
  }

  private void tensors() {
    float[] ones = new float[WIDTH];
    Arrays.fill(ones, 1);
    float[] embedding = new float[WIDTH * logits.length];
    float[] output = new float[WIDTH * logits.length];
    for (int token = 0; token < logits.length; token++) {
      // Normalised to root mean square 1, the state is the root of its width in one direction.
      embedding[token * WIDTH] = 1;
      output[token * WIDTH] = (float) (logits[token] / Math.sqrt(WIDTH));
    }
    tensor("token_embd.weight", embedding, WIDTH, logits.length);
    tensor("output_norm.weight", ones, WIDTH);
    tensor("output.weight", output, WIDTH, logits.length);
    tensor("blk.0.attn_norm.weight", ones, WIDTH);
    tensor("blk.0.ffn_norm.weight", ones, WIDTH);
    List<String> nothing =
        List.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down");
    for (String name : nothing) {
      tensor("blk.0." + name + ".weight", new float[WIDTH * WIDTH], WIDTH, WIDTH);
    }
  }

  private void tensor(String name, float[] values, long... extents) {
    tensors.put(name, new Tensor(values, extents));
  }

  private byte[] bytes(Map<String, byte[]> metadata, List<String> names) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(int32(3));
    out.writeBytes(int64(names.size()));
    out.writeBytes(int64(metadata.size()));
    metadata.forEach((key, value) -> {
      out.writeBytes(string(key));
      out.writeBytes(value);
    });
    long offset = 0;
    for (String name : names) {
      Tensor tensor = Objects.requireNonNull(tensors.get(name));
      out.writeBytes(string(name));
      out.writeBytes(int32(tensor.extents.length));
      for (long extent : tensor.extents) {
        out.writeBytes(int64(extent));
      }
      out.writeBytes(int32(0));
      out.writeBytes(int64(offset));
      offset += 4L * tensor.values.length;
    }
    out.writeBytes(new byte[Math.floorMod(-out.size(), ALIGNMENT)]);
    for (String name : names) {
      // Every tensor is a multiple of 32 floats, so that the next one is aligned.
      float[] values = Objects.requireNonNull(tensors.get(name)).values;
      byte[] data = new byte[4 * values.length];
      ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
      out.writeBytes(data);
    }
    return out.toByteArray();
  }

  private TinyGguf entry(String key, int type, byte[] value) {
    entries.put(key, typed(type, value));
    return this;
  }

  private static ByteArrayOutputStream array(int type, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(int32(type));
    out.writeBytes(int64(size));
    return out;
  }

  private static byte[] typed(int type, byte[] value) {
    return little(4 + value.length).putInt(type).put(value).array();
  }

  private static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return little(8 + bytes.length).putLong(bytes.length).put(bytes).array();
  }

  private static byte[] int32(int value) {
    return little(4).putInt(value).array();
  }

  private static byte[] int64(long value) {
    return little(8).putLong(value).array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
