package io.tailwalk.llama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.tiny.RawGguf;
import io.tailwalk.llama.tiny.RawGguf.Value;
import io.tailwalk.llama.tiny.TinyArchitectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of architectures, and what is refused by it. */
class ArchitecturesTest {
  @TempDir Path folder;

  static List<String> names() {
    return TinyArchitectures.names();
  }

  private GgufFile file(String name, Consumer<RawGguf> change) throws IOException {
    RawGguf raw = TinyArchitectures.file(name);
    change.accept(raw);
    return GgufFile.read(Files.write(folder.resolve("model.gguf"), raw.bytes()));
  }

  private static Architectures.Architecture known(String name) {
    return Objects.requireNonNull(Architectures.KNOWN.models().get(name), name);
  }

  @Test
  void known_everyLine_isReadWithItsKeysAndRules() {
    assertThat(Architectures.KNOWN.models()).hasSize(53).containsKeys("llama", "gemma3", "rwkv7");
    assertThat(known("gemma2").layers()).containsExactlyInAnyOrder(26L, 42L, 46L);
    assertThat(Architectures.KNOWN.other("t5")).contains(Architectures.Kind.ENCODER_DECODER);
    assertThat(Architectures.KNOWN.models().keySet())
        .noneMatch(name -> Architectures.KNOWN.other(name).isPresent());
  }

  @ParameterizedTest
  @MethodSource("names")
  void requireUsable_requiredKeyRemovedOrRetyped_isRefusedByName(String name) throws IOException {
    assertThatCode(() -> GgufCheck.requireUsable(file(name, _ -> {}))).doesNotThrowAnyException();
    for (String key : known(name).required()) {
      String full = name + "." + key;
      assertThatThrownBy(() -> GgufCheck.requireUsable(file(name, raw -> raw.entries.remove(full))))
          .as(full)
          .isInstanceOf(ModelException.class)
          .hasMessageContainingAll(full, "is missing");
      assertThatThrownBy(() ->
              GgufCheck.requireUsable(file(name, raw -> raw.entries.put(full, Value.text("x")))))
          .as(full)
          .isInstanceOf(ModelException.class)
          .hasMessageContainingAll(full, "is not");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rope.freq_base, 0, is 0.0",
    "rope.freq_base, NaN, is NaN",
    "rope.scaling.factor, -1, is -1.0",
    "attention.layer_norm_rms_epsilon, 5, small positive number",
  })
  void requireUsable_numberOutOfRange_isRefused(String key, double value, String words)
      throws IOException {
    GgufFile file = file("llama", raw -> raw.entries.put("llama." + key, Value.number(6, value)));
    assertThatThrownBy(() -> GgufCheck.requireUsable(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("llama." + key, words);
  }

  @ParameterizedTest
  @CsvSource({
    "llama, expert_used_count, 3",
    "qwen2moe, expert_used_count, 3",
    "qwen2moe, expert_used_count, 0",
    "llama, rope.dimension_count, 8",
    "llama, rope.dimension_count, 7",
    "phi2, rope.dimension_count, 64",
    "llama, attention.value_length, 8",
    "llama, attention.head_count, 0",
    "gemma3, attention.sliding_window, 0",
    "gemma3, block_count, 2",
    "baichuan, block_count, 2",
    "deepseek, leading_dense_block_count, 9",
    "rwkv6, wkv.head_size, 0",
  })
  void requireUsable_sizesThatContradictEachOther_areRefused(String name, String key, int value)
      throws IOException {
    GgufFile file = file(name, raw -> raw.entries.put(name + "." + key, Value.number(4, value)));
    assertThatThrownBy(() -> GgufCheck.requireUsable(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(file.path().toString())
        .hasMessageContaining(name);
  }

  @Test
  void requireUsable_numbersPerLayer_haveToBeOneForEach() throws IOException {
    assertThatCode(() -> GgufCheck.requireUsable(file("llama", raw -> heads(raw, 4, 2, 1))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> GgufCheck.requireUsable(file("llama", raw -> heads(raw, 4, 2, 3))))
        .hasMessageContaining("has 3 numbers for 1 layers");
    assertThatThrownBy(() -> GgufCheck.requireUsable(file("llama", raw -> heads(raw, 6, 2, 1))))
        .hasMessageContaining("array of whole numbers");
  }

  private static void heads(RawGguf raw, int type, int value, int length) {
    raw.entries.put("llama.attention.head_count", Value.array(Value.number(type, value), length));
  }

  @Test
  void requireUsable_tensorsThatEndTheProcess_areRefused() throws IOException {
    assertTensorRefused(0, 24, "the storage type I8");
    assertTensorRefused(0, 15, "the storage type Q8_K");
    assertTensorRefused(1, 8, "the storage type Q8_0");
    assertTensorRefused(1, 30, "the storage type BF16");
    GgufFile narrow =
        file("llama", raw -> raw.tensors.set(0, raw.tensors.getFirst().withExtents(64, 32)));
    assertThatThrownBy(() -> GgufCheck.requireUsable(narrow))
        .hasMessageContainingAll("token_embd.weight", "[64, 32]");
    GgufFile none = file("llama", raw -> raw.tensors.removeFirst());
    assertThatThrownBy(() -> GgufCheck.requireUsable(none))
        .hasMessageContaining("token_embd.weight is missing");
  }

  private void assertTensorRefused(int index, int type, String words) throws IOException {
    GgufFile file =
        file(
            "llama",
            raw -> {
              RawGguf.Tensor old = raw.tensors.get(index);
              long[] extents = index == 0 ? new long[] {256, 8} : new long[] {256};
              int bytes = (int) TensorType.ofId(type).orElseThrow().bytes(256, index == 0 ? 8 : 1);
              raw.tensors.set(
                  index, new RawGguf.Tensor(old.name(), extents, type, new byte[bytes], -1));
            });
    assertThatThrownBy(() -> GgufCheck.requireUsable(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(words);
  }

  @Test
  void requireUsable_unknownArchitecture_namesTheRemedyUnlessTheLibraryIsTheUsers()
      throws IOException {
    GgufFile file =
        file("llama", raw -> raw.entries.put("general.architecture", Value.text("qwen9")));
    assertThatThrownBy(() -> GgufCheck.requireUsable(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("qwen9", "--lib");
    assertThatCode(() -> GgufCheck.requireUsable(file, true)).doesNotThrowAnyException();
  }
}
