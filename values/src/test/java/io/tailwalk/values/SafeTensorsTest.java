package io.tailwalk.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
  @TempDir private Path folder;

  private Path file(String header, int values) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + 4 * values).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    return Files.write(folder.resolve("f.safetensors"), bytes.array());
  }

  @Test
  void write_thenRead_isTheSame() {
    Path file = folder.resolve("a.safetensors");
    float[] values = {1.5f, -2, 0, 4, 5, 6};
    var tensor = new SafeTensors.Tensor(List.of(2, 3), values, 0, 6);
    new SafeTensors(Map.of("k", "v"), Map.of("t", tensor)).write(file);
    SafeTensors read = SafeTensors.read(file, "value file");
    assertThat(read.metadata()).isEqualTo(Map.of("k", "v"));
    SafeTensors.Tensor only = read.tensors().values().iterator().next();
    assertThat(only.shape()).containsExactly(2, 3);
    assertThat(only.values()).containsExactly(values);
  }

  /**
   * A header may claim anything; no memory is allocated for data that the file does not contain.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\": {\"dtype\": \"F32\", \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": null, \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": \"2\", \"data_offsets\": [0, 8]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2147483647], \"data_offsets\": [0, 8589934588]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [65536, 65536, 65536, 65536], \"data_offsets\": [0, 0]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [-2], \"data_offsets\": [8, 0]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [1.5], \"data_offsets\": [0, 6]}}",
        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [4, 12]}}",
        "{\"t\": {\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [0, 4]}}",
        "{\"t\": 7}",
        "[]",
        "{\"__metadata__\": {\"a\": {}}}"
      })
  void read_headerThatCannotBeTrue_isRefused(String header) throws IOException {
    Path file = file(header, 2);
    assertThatThrownBy(() -> SafeTensors.read(file, "value file"))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("f.safetensors");
  }

  /** Arbitrary bytes result in content or one sentence. */
  @Test
  void read_anyBytes_readsOrComplains() throws IOException {
    String sound =
        "{\"__metadata__\": {\"a\": \"b\"}, \"t\": {\"dtype\": \"F32\", \"shape\": [2, 1],"
            + " \"data_offsets\": [0, 8]}}";
    byte[] whole = Files.readAllBytes(file(sound, 2));
    var random = new SplittableRandom(4);
    byte[] pieces = "{}[]\",:0123456789eE+-.nul".getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] bytes =
          java.util.Arrays.copyOf(whole, whole.length - random.nextInt(2) * random.nextInt(9));
      for (int change = random.nextInt(4); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean()
                ? pieces[random.nextInt(pieces.length)]
                : (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("f.safetensors"), bytes);
      try {
        SafeTensors.read(file, "value file");
        read++;
      } catch (LearningException e) {
        assertThat(e.getMessage()).contains("f.safetensors").doesNotContain("\n");
      }
    }
    assertThat(read).isBetween(100, 2900);
  }
}
