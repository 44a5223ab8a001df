package io.tailwalk.convert.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsFileTest {
  @TempDir private Path folder;

  private Path file(long length, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + json.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length < 0 ? json.length : length)
            .put(json)
            .put(data);
    return Files.write(folder.resolve("model.safetensors"), out.array());
  }

  private static String entry(String name, String type, String shape, int begin, int end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, end);
  }

  @Test
  void read_threeTypes_givesTheirNumbers() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1.5f).putFloat(-2).putShort((short) 0x3e00).putShort((short) 0xc000);
    data.putShort((short) 0x3fc0).putShort((short) 0xc000);
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},%s,%s,%s}"
            .formatted(
                entry("a", "F32", "[2]", 0, 8),
                entry("b", "F16", "[1,2]", 8, 12),
                entry("c", "BF16", "[2,1]", 12, 16));
    try (Arena arena = Arena.ofConfined()) {
      Map<String, StoredTensor> tensors =
          SafeTensorsFile.read(file(-1, header, data.array()), arena);
      for (String name : new String[] {"a", "b", "c"}) {
        float[] values = new float[2];
        Objects.requireNonNull(tensors.get(name)).read(0, values, 2);
        assertThat(values).containsExactly(1.5f, -2);
      }
      assertThat(Objects.requireNonNull(tensors.get("b")).shape()).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | cut short: the tensor "a" ends at byte 12
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}} | "a" has 8 bytes for a shape of 4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | tensors end at byte 4 of 8
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | "b" begins at byte 0
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | "a" begins at byte 4
          {"a":{"dtype":"F4","shape":[2],"data_offsets":[0,8]}} | unknown type "F4"
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | extent that is not a whole number
          {"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}} | shape beyond any file
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[-1,7]}} | offset that is not a whole number
          {"a":{"dtype":"F32","shape":[2]}} | no shape or no offsets
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{}} | not valid JSON
          [] | not a JSON object
          {"a": | not valid JSON
          """)
  void read_wrongHeader_isNamed(String header, String sentence) throws IOException {
    Path file = file(-1, header, new byte[8]);
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> SafeTensorsFile.read(file, arena))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(file + " is damaged: ")
          .hasMessageContaining(sentence);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "100000000000", "9223372036854775807", "40"})
  void read_wrongHeaderLength_isRefused(long length) throws IOException {
    Path file = file(length, "{}", new byte[8]);
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> SafeTensorsFile.read(file, arena))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("its header would have " + length + " bytes");
    }
  }

  @Test
  void requireReadable_quantizedTensor_isNamed() throws IOException {
    String header = "{" + entry("w", "F8_E4M3", "[8]", 0, 8) + "}";
    try (Arena arena = Arena.ofConfined()) {
      StoredTensor tensor =
          Objects.requireNonNull(
              SafeTensorsFile.read(file(-1, header, new byte[8]), arena).get("w"));
      assertThatThrownBy(tensor::requireReadable)
          .hasMessageContaining("the tensor w is stored as F8_E4M3");
    }
  }
}
