package io.tailwalk.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.NoNextTokenException;
import io.tailwalk.llama.tiny.GgufWriter;
import io.tailwalk.llama.tiny.TinyLlama;
import io.tailwalk.llama.tiny.TinyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufFileTest {
  @TempDir Path folder;

  private Path tiny() {
    return new TinyLlama(1, TinyTokenizer.size())
        .withTokenizer("{{ x }}")
        .write(folder.resolve("tiny.gguf"));
  }

  @Test
  void read_wholeFile_saysWhatItIs() throws IOException {
    Path path = tiny();
    GgufFile file = GgufFile.read(path);
    assertThat(file.architecture()).contains("llama");
    assertThat(file.name()).isEqualTo("tiny");
    assertThat(file.contextLength()).hasValue(TinyLlama.CONTEXT);
    assertThat(file.tokenizer()).contains("llama");
    assertThat(file.chatTemplate()).contains("{{ x }}");
    assertThat(file.quantisation()).isEqualTo("F32");
    assertThat(file.tensors()).hasSize(3 + 9 * TinyLlama.LAYERS);
    assertThat(file.fileBytes()).isEqualTo(Files.size(path));
    assertThat(file.description()).isEqualTo("tiny, llama, 134k, F32, context 512");
    assertThat(file.metadata().get("tokenizer.ggml.tokens"))
        .isEqualTo(new GgufArray(8, TinyTokenizer.size()));
    assertThat(file.metadata().get("tokenizer.ggml.add_bos_token")).isEqualTo(true);
  }

  @Test
  void requireUsable_modelWithoutNextToken_isRefused() {
    String[][] others = {
      {"bert", "an embedding model"},
      {"nomic-bert-moe", "an embedding model"},
      {"t5encoder", "an embedding model"},
      {"dream", "a diffusion model"},
      {"clip", "not a language model"},
    };
    for (String[] other : others) {
      Path path =
          new TinyLlama(1, 64)
              .withoutTokenizer()
              .text("general.architecture", other[0])
              .write(folder.resolve("other.gguf"));
      assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(path)))
          .isInstanceOf(NoNextTokenException.class)
          .hasMessage(
              "%s holds %s (architecture %s), which has no distribution of the next token; use a model that generates text"
                  .formatted(path, other[1], other[0]));
    }
    Path pooled =
        new TinyLlama(1, 64)
            .withoutTokenizer()
            .uint32("llama.pooling_type", 3)
            .write(folder.resolve("pooled.gguf"));
    assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(pooled)))
        .isInstanceOf(NoNextTokenException.class);
    Path both =
        new TinyLlama(1, 64)
            .withoutTokenizer()
            .flag("llama.attention.causal", false)
            .write(folder.resolve("both.gguf"));
    assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(both)))
        .isInstanceOf(NoNextTokenException.class);
  }

  /** Each of these ended the process inside llama.cpp. */
  @Test
  void requireUsable_entryOfAnotherType_isRefused() {
    String[][] faults = {
      {"tokenizer.ggml.tokens", "an array of texts"},
      {"tokenizer.ggml.token_type", "an array of 32-bit whole numbers"},
      {"tokenizer.ggml.scores", "an array of 32-bit floating-point numbers"},
      {"general.file_type", "a whole number"},
      {"tokenizer.ggml.add_bos_token", "true or false"},
      {"tokenizer.ggml.bos_token_id", "a whole number"},
    };
    for (String[] fault : faults) {
      Path path =
          new TinyLlama(1, TinyTokenizer.size())
              .withTokenizer("{{ x }}")
              .text(fault[0], "x")
              .write(folder.resolve("type.gguf"));
      assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(path)))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "%s is damaged: %s is not %s; fetch the file again"
                  .formatted(path, fault[0], fault[1]));
    }
    Path encoder =
        new TinyLlama(1, TinyTokenizer.size())
            .withTokenizer("{{ x }}")
            .text("tokenizer.ggml.model", "bert")
            .write(folder.resolve("bert.gguf"));
    assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(encoder)))
        .hasMessageContaining("WordPiece tokenizer");
    Path cut =
        new TinyLlama(1, 64)
            .withoutTokenizer()
            .text("general.architecture", "gemma2")
            .uint32("gemma2.block_count", 2)
            .uint32("gemma2.context_length", 64)
            .uint32("gemma2.embedding_length", 64)
            .write(folder.resolve("gemma2.gguf"));
    assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(cut)))
        .hasMessageContaining("gemma2 of 2 layers");
  }

  @Test
  void requireUsable_headersThatContradictThemselves_areRefused() {
    String[][] faults = {
      {"llama.attention.head_count", "5"},
      {"llama.attention.head_count_kv", "3"},
      {"llama.block_count", "0"},
      {"llama.block_count", "100000"},
      {"llama.context_length", "0"}
    };
    for (String[] fault : faults) {
      Path path =
          new TinyLlama(1, 64)
              .withoutTokenizer()
              .uint32(fault[0], Integer.parseInt(fault[1]))
              .write(folder.resolve("fault.gguf"));
      assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(path)))
          .isInstanceOf(ModelException.class)
          .hasMessageContainingAll(fault[0], fault[1]);
    }
  }

  /** A negative epsilon ended the process while the first tokens were computed. */
  @ParameterizedTest
  @CsvSource({
    "llama.attention.layer_norm_rms_epsilon, -1e-5, small positive number",
    "llama.attention.layer_norm_rms_epsilon, NaN, small positive number",
    "llama.rope.freq_base, Infinity, number",
    "llama.rope.scaling.factor, NaN, number",
  })
  void requireUsable_impossibleNumber_isRefused(String key, float value, String wanted) {
    Path path =
        new TinyLlama(1, 64)
            .withoutTokenizer()
            .float32(key, value)
            .write(folder.resolve("number.gguf"));
    assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(path)))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(key, "not a " + wanted);
  }

  @Test
  void requireUsable_listsOfTokensThatDiffer_areRefused() {
    Path path =
        new TinyLlama(1, TinyTokenizer.size())
            .withTokenizer("")
            .floats("tokenizer.ggml.scores", new float[3])
            .write(folder.resolve("scores.gguf"));
    assertThatThrownBy(() -> GgufCheck.requireUsable(GgufFile.read(path)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tokenizer.ggml.scores");
  }

  @Test
  void fingerprint_wholeFile_isItsSha256() throws Exception {
    Path path = tiny();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
    assertThat(Fingerprint.of(GgufFile.read(path))).isEqualTo(HexFormat.of().formatHex(digest));
  }

  private Path shard(String name, int number, float weight) {
    return new GgufWriter()
        .text("general.architecture", "llama")
        .uint32("split.no", number - 1)
        .uint32("split.count", 3)
        .tensor("w" + number, new float[] {weight}, 1)
        .write(folder.resolve("%s-%05d-of-00003.gguf".formatted(name, number)));
  }

  /** Weights behind the first file were not part of it, so that two models counted as one. */
  @Test
  void fingerprint_splitModel_seesEveryFile() throws IOException {
    Path first = shard("m", 1, 1);
    shard("m", 2, 2);
    Path third = shard("m", 3, 3);
    String before = Fingerprint.of(GgufFile.read(first));
    assertThat(before).matches("[0-9a-f]{64}");
    shard("m", 3, 4);
    assertThat(Fingerprint.of(GgufFile.read(first))).isNotEqualTo(before);
    shard("m", 3, 3);
    assertThat(Fingerprint.of(GgufFile.read(first))).isEqualTo(before);
    assertThat(Fingerprint.of(GgufFile.read(first), 10)).startsWith("sampled-");
    Files.delete(third);
    assertThatThrownBy(() -> Fingerprint.of(GgufFile.read(first)))
        .isInstanceOf(ModelException.class)
        .hasMessage(third + " is missing: the model is split into 3 files; fetch it too");
    Path renamed = Files.move(first, folder.resolve("first.gguf"));
    assertThatThrownBy(() -> Fingerprint.of(GgufFile.read(renamed)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("NAME-00001-of-00003.gguf");
  }

  @Test
  void fingerprint_sampledFile_seesHeaderAndWeights() throws IOException {
    Path path = tiny();
    GgufFile file = GgufFile.read(path);
    String before = Fingerprint.of(file, 1000);
    assertThat(before).startsWith("sampled-").isEqualTo(Fingerprint.of(file, 1000));
    byte[] bytes = Files.readAllBytes(path);
    bytes[(int) file.dataStart() + 17] ^= 1;
    Files.write(path, bytes);
    assertThat(Fingerprint.of(file, 1000)).isNotEqualTo(before);
  }
}
