package io.tailwalk.llama.ffi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The check of defaults as the known generations write them, and as none does. */
class ParameterLayoutTest {
  private static final ParameterLayout LATE_2026 =
      new ParameterLayout(28, 44, 52, -1, 104, 133, 24, true, 16, 32, 40);

  private final MemorySegment model = Arena.ofAuto().allocate(ParameterLayout.STRUCT);
  private final MemorySegment context = Arena.ofAuto().allocate(ParameterLayout.STRUCT);

  private static void ints(MemorySegment struct, int offset, int... values) {
    for (int i = 0; i < values.length; i++) {
      struct.set(ValueLayout.JAVA_INT, offset + 4L * i, values[i]);
    }
  }

  private static void flags(MemorySegment struct, int offset, int... values) {
    for (int i = 0; i < values.length; i++) {
      struct.set(ValueLayout.JAVA_BYTE, offset + i, (byte) values[i]);
    }
  }

  private void early2025() {
    ints(context, 0, 512, 2048, 512, 1, 4, 4, -1, -1, -1);
    ints(context, 88, 1, 1);
    flags(context, 96, 0, 0, 1, 0, 1);
    ints(model, 12, 1);
    flags(model, 56, 0, 1);
  }

  private void late2026() {
    ints(context, 0, 512, 2048, 512, 1, 0, 0, 1, 4, 4, 0, -1, -1, -1, -1);
    ints(context, 104, 1, 1);
    flags(context, 128, 0, 1, 1, 1, 1, 0);
    ints(model, 16, -1, 1, -1, 1);
    flags(model, 72, 0, 0, 1, 0, 0, 0);
  }

  @Test
  void find_early2025_hasNoUnifiedFlag() {
    early2025();
    assertThat(ParameterLayout.find(model, context, false))
        .contains(new ParameterLayout(16, 28, -1, 99, 88, -1, 57, false, 8, 16, 24));
  }

  @Test
  void find_late2026_hasLoadModeAndUnifiedFlag() {
    late2026();
    assertThat(ParameterLayout.find(model, context, true)).contains(LATE_2026);
  }

  @Test
  void find_mid2025_hasFlashFlagBeforeTheUnifiedOne() {
    ints(context, 0, 512, 2048, 512, 1, 4, 4, -1, -1, -1);
    ints(context, 88, 1, 1);
    flags(context, 112, 0, 1, 0, 1, 1, 1, 0);
    ints(model, 16, 999, 1);
    flags(model, 64, 0, 1);
    assertThat(ParameterLayout.find(model, context, false))
        .contains(new ParameterLayout(16, 28, -1, 114, 88, 118, 65, false, 16, 24, 32));
  }

  @Test
  void find_anyDefaultElsewhere_isRefused() {
    int[] contextOffsets = {0, 4, 8, 12, 28, 32, 40, 44, 48, 104, 108, 128, 131};
    for (int offset : contextOffsets) {
      late2026();
      ints(context, offset - offset % 4, 77);
      assertThat(ParameterLayout.find(model, context, true)).as("offset %d", offset).isEmpty();
      context.fill((byte) 0);
    }
    int[] modelOffsets = {20, 24, 32, 40, 72};
    for (int offset : modelOffsets) {
      late2026();
      ints(model, offset, 77);
      assertThat(ParameterLayout.find(model, context, true)).as("offset %d", offset).isEmpty();
      model.fill((byte) 0);
    }
    late2026();
    ints(model, 24, 0);
    assertThat(ParameterLayout.find(model, context, true)).isEmpty();
    assertThat(ParameterLayout.find(model, context, false)).isEqualTo(Optional.empty());
  }

  /** The size of the cache of experts comes before the abort callback (llama.h of b11739). */
  @Test
  void find_october2026_hasACacheOfExperts() {
    late2026();
    context.asSlice(112, 32).fill((byte) 0);
    context.set(ValueLayout.JAVA_LONG, 112, 7);
    flags(context, 136, 0, 1, 1, 1, 1, 0);
    assertThat(ParameterLayout.find(model, context, true))
        .contains(new ParameterLayout(28, 44, 52, -1, 104, 141, 24, true, 16, 32, 40));
  }

  /** Before {@code lazy_mode} there was no padding before the shares. */
  @Test
  void find_loadModeWithoutLazyMode_hasTheGpuRightBeforeTheShares() {
    late2026();
    model.fill((byte) 0);
    ints(model, 16, -1, 1, -1, 0);
    flags(model, 64, 0, 0, 1, 0, 0, 0);
    assertThat(ParameterLayout.find(model, context, true))
        .contains(new ParameterLayout(28, 44, 52, -1, 104, 133, 24, true, 16, 28, 32));
  }

  @Test
  void checked_knownBuildWithOtherFields_isRefused() {
    Path library = Path.of("libllama.so");
    assertThat(KnownBuilds.checked(library, new Build("0.5.0-dev", "0ad4a86"), LATE_2026))
        .isEqualTo(LATE_2026);
    assertThat(KnownBuilds.checked(library, new Build("b99999", ""), LATE_2026))
        .isEqualTo(LATE_2026);
    assertThatThrownBy(() -> KnownBuilds.checked(library, new Build("b4916", ""), LATE_2026))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("libllama.so calls itself llama.cpp b4916", "embedded");
  }
}
