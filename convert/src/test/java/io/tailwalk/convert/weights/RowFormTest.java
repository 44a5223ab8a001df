package io.tailwalk.convert.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowFormTest {
  private static final StoredTensor TENSOR =
      new StoredTensor(
          "w", Path.of("model.safetensors"), StoredType.F32, List.of(64), MemorySegment.NULL);

  private static ByteBuffer put(TensorType type, float... row) {
    ByteBuffer out = ByteBuffer.allocate(4 * row.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    RowForm.put(TENSOR, row, row.length, type, out);
    return out.flip();
  }

  @Test
  void brains_roundToNearestEven() {
    ByteBuffer out =
        put(
            TensorType.BF16,
            1,
            Float.intBitsToFloat(0x3f808000),
            Float.intBitsToFloat(0x3f818000),
            Float.intBitsToFloat(0x3f808001),
            -0f);
    assertThat(List.of(out.getShort(), out.getShort(), out.getShort(), out.getShort()))
        .containsExactly((short) 0x3f80, (short) 0x3f80, (short) 0x3f82, (short) 0x3f81);
    assertThat(out.getShort()).isEqualTo((short) 0x8000);
  }

  @Test
  void blocks_areWithinHalfAScale() {
    SplittableRandom random = new SplittableRandom(5);
    float[] row = new float[64];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (random.nextDouble(-1, 1) * (i < 32 ? 3 : 0.01));
    }
    ByteBuffer out = put(TensorType.Q8_0, row);
    for (int block = 0; block < 2; block++) {
      float scale = Float.float16ToFloat(out.getShort());
      assertThat(scale).isPositive();
      for (int i = 32 * block; i < 32 * block + 32; i++) {
        // Half a step, and the rounding of the scale to half precision at 127 steps.
        assertThat(Math.abs(out.get() * scale - row[i])).isLessThan(scale * (0.5f + 127f / 2048));
      }
    }
    assertThat(out.hasRemaining()).isFalse();
  }

  @Test
  void blocks_ofZeros_areZeros() {
    ByteBuffer out = put(TensorType.Q8_0, new float[32]);
    while (out.hasRemaining()) {
      assertThat(out.get()).isZero();
    }
  }

  @Test
  void numbersBeyondTheRange_areRefused() {
    assertThatThrownBy(() -> put(TensorType.F16, 70_000))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the tensor w has the number 70000.0, beyond 16-bit");
    assertThatThrownBy(() -> put(TensorType.BF16, Float.MAX_VALUE))
        .hasMessageContaining("beyond bfloat16");
    assertThat(Float.float16ToFloat(put(TensorType.F16, 65_504).getShort())).isEqualTo(65_504);
  }
}
