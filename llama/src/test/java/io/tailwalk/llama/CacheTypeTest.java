package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.llama.gguf.TensorInfo;
import io.tailwalk.llama.gguf.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheTypeTest {
  private static TensorInfo tensor(TensorType type, long elements, long bytes) {
    return new TensorInfo(type.name(), elements, type.id(), 0, bytes);
  }

  private static GgufFile file(TensorInfo... tensors) {
    return new GgufFile(Path.of("a.gguf"), 3, Map.of(), List.of(tensors), 0, 0);
  }

  @Test
  void of_auto_isThatOfMostWeights() {
    GgufFile single = file(tensor(TensorType.F32, 100, 400), tensor(TensorType.Q4_1, 320, 200));
    GgufFile quantised = file(tensor(TensorType.F32, 10, 40), tensor(TensorType.Q4_1, 320, 200));
    assertThat(CacheType.AUTO.of(single)).isEqualTo(CacheType.F32);
    assertThat(CacheType.AUTO.of(quantised)).isEqualTo(CacheType.F16);
    assertThat(CacheType.AUTO.of(file(tensor(TensorType.F16, 9, 18)))).isEqualTo(CacheType.F16);
  }

  @Test
  void of_named_isItself() {
    GgufFile single = file(tensor(TensorType.F32, 100, 400));
    assertThat(CacheType.F16.of(single)).isEqualTo(CacheType.F16);
    assertThat(CacheType.F32.of(single)).isEqualTo(CacheType.F32);
    assertThatThrownBy(CacheType.AUTO::ggmlType).isInstanceOf(IllegalStateException.class);
  }

  /** llama.cpp ends the process on heads that are no multiple of a block. */
  @Test
  void requireFits_headsOutsideBlocks_areRefused() {
    Map<String, Object> sizes =
        Map.of(
            "general.architecture",
            "llama",
            "llama.embedding_length",
            64L,
            "llama.attention.head_count",
            4L);
    GgufFile small = new GgufFile(Path.of("a.gguf"), 3, sizes, List.of(), 0, 0);
    CacheType.F16.requireFits(small);
    assertThatThrownBy(() -> CacheType.Q8_0.requireFits(small))
        .hasMessageContainingAll("a.gguf", "heads of 16", "multiples of 32", "--cache-type");
  }
}
