package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.LlamaLibrary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GpuOptionsTest {
  private static final OptionalInt NONE = OptionalInt.empty();

  private static GpuOptions layers(int layers) {
    return new GpuOptions(OptionalInt.of(layers), NONE, Optional.empty(), List.of());
  }

  @Test
  void of_libraryWithoutGpu_refusesWhatNeedsOne() {
    LlamaLibrary embedded = LlamaLibrary.embedded();
    assertThat(GpuOptions.DEFAULT.of(embedded, true).gpuLayers()).isZero();
    assertThat(layers(0).of(embedded, true).gpuLayers()).isZero();
    List<GpuOptions> refused =
        List.of(
            layers(GpuOptions.ALL),
            new GpuOptions(NONE, OptionalInt.of(0), Optional.empty(), List.of()),
            new GpuOptions(NONE, NONE, Optional.of(SplitMode.ROW), List.of()),
            new GpuOptions(NONE, NONE, Optional.empty(), List.of(1.0, 2.0)));
    for (GpuOptions options : refused) {
      assertThatThrownBy(() -> options.of(embedded, true))
          .isInstanceOf(ModelException.class)
          .hasMessageContainingAll("computes on the processor", "no GPU back end", "omit the flag")
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void constructor_valuesWithoutEffect_areRefused() {
    assertThatThrownBy(() -> layers(-1)).hasMessageContaining("--gpu-layers");
    assertThatThrownBy(
            () -> new GpuOptions(OptionalInt.of(0), OptionalInt.of(1), Optional.empty(), List.of()))
        .hasMessageContaining("omit --main-gpu");
    assertThatThrownBy(
            () -> new GpuOptions(NONE, OptionalInt.of(1), Optional.of(SplitMode.LAYER), List.of()))
        .hasMessageContaining("--main-gpu has no effect");
    assertThatThrownBy(
            () -> new GpuOptions(NONE, OptionalInt.of(1), Optional.empty(), List.of(1.0)))
        .hasMessageContaining("--tensor-split has no effect");
    for (List<Double> shares : List.of(List.of(0.0), List.of(-1.0, 2.0), List.of(Double.NaN))) {
      assertThatThrownBy(() -> new GpuOptions(NONE, NONE, Optional.empty(), shares))
          .hasMessageContaining("--tensor-split needs");
    }
  }

  @Test
  void encoded_anyOptions_areDecodedAgain() {
    for (GpuOptions options :
        List.of(
            GpuOptions.DEFAULT,
            GpuOptions.PROCESSOR,
            layers(GpuOptions.ALL),
            new GpuOptions(NONE, OptionalInt.of(2), Optional.of(SplitMode.NONE), List.of()),
            new GpuOptions(
                OptionalInt.of(7), NONE, Optional.of(SplitMode.ROW), List.of(0.25, 3e-9, 0.0)))) {
      assertThat(GpuOptions.decoded(options.encoded())).isEqualTo(options);
    }
  }
}
