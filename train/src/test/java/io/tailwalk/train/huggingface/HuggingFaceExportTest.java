package io.tailwalk.train.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders as Transformers reads them. */
class HuggingFaceExportTest {
  @TempDir private Path folder;

  static Stream<TransformerConfig> shapes() {
    return Stream.of(
        TransformerConfig.llama(20, 48, 3, 4, 32),
        TransformerConfig.gpt2(20, 48, 3, 4, 32),
        new TransformerConfig(Architecture.LLAMA, 20, 48, 2, 2, 32, 40, true, 1e-4, 500));
  }

  /** Weights so large that a wrong order of rows or a wrong turn shows. */
  private static Transformer spread(TransformerConfig config) {
    Transformer model = Transformer.create(config, 7);
    float[] values = model.values();
    RandomGenerator random = Streams.of(11);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.15 * random.nextGaussian());
    }
    model.setValues(values);
    return model;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void write_model_hasTheSameLogProbs(TransformerConfig config) throws IOException {
    int[] tokens = {3, 17, 5, 5, 0, 19, 8, 2, 11};
    try (Transformer model = spread(config)) {
      HuggingFaceExport.write(folder.resolve("m"), model, TokenizerFiles.ids(20));
      double[] last = new FolderReference(folder.resolve("m")).distribution(tokens);
      for (int token = 0; token < 20; token++) {
        double own = model.sequenceLogProbs(List.of(new Example(tokens, new int[] {token})), 1)[0];
        assertThat(last[token]).isCloseTo(own, within(1e-4));
      }
    }
  }

  @Test
  void write_folderThere_isReplacedAsAWhole() throws IOException {
    Path there = folder.resolve("m");
    try (Transformer model = spread(TransformerConfig.llama(257, 16, 1, 2, 8))) {
      HuggingFaceExport.write(there, model, TokenizerFiles.ids(257));
      HuggingFaceExport.write(there, model, TokenizerFiles.bytes());
    }
    try (Stream<Path> files = Files.list(there)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(
              "config.json",
              "generation_config.json",
              "model.safetensors",
              "tokenizer.json",
              "tokenizer_config.json");
    }
    assertThat(folder.resolve("m.part")).doesNotExist();
    assertThat(Files.readString(there.resolve("generation_config.json")))
        .contains("\"eos_token_id\":256");
  }

  /** Hugging Face's own library gives the ids of the recipe's tokenizers. */
  @Test
  void tokenizers_library_givesTheSameIds() throws IOException {
    String text = "caf\u00e9 \u20ac \ud83d\ude00  x\n";
    try (HuggingFaceTokenizer bytes = library(TokenizerFiles.bytes())) {
      int[] own =
          IntStream.concat(
                  IntStream.of(256),
                  IntStream.range(0, text.getBytes(StandardCharsets.UTF_8).length)
                      .map(i -> text.getBytes(StandardCharsets.UTF_8)[i] & 0xFF))
              .toArray();
      assertThat(ids(bytes, text, true)).containsExactly(own);
      assertThat(bytes.decode(bytes.encode(text).getIds(), true)).isEqualTo(text);
    }
    try (HuggingFaceTokenizer words =
        library(TokenizerFiles.words(List.of("=", "1", "12", "/"), 3))) {
      assertThat(ids(words, "12 1 = 12", true)).containsExactly(2, 1, 0, 2);
    }
    try (HuggingFaceTokenizer numbers = library(TokenizerFiles.ids(30))) {
      assertThat(ids(numbers, "29 0 7", true)).containsExactly(29, 0, 7);
    }
  }

  private HuggingFaceTokenizer library(TokenizerFiles files) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), files.json());
    return HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false"));
  }

  private static int[] ids(HuggingFaceTokenizer tokenizer, String text, boolean special) {
    return Arrays.stream(tokenizer.encode(text, special, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }
}
