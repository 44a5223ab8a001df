package io.tailwalk.train.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphVocabulary;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Streams;
import io.tailwalk.llama.CacheType;
import io.tailwalk.llama.LlamaContext;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.ffi.WeightSettings;
import io.tailwalk.train.TinyModels;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingSettings;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported files as llama.cpp runs them. */
class GgufExportTest {
  private static final LlamaOptions EXACT =
      LlamaOptions.DEFAULTS.withThreads(1).withCacheType(CacheType.F32).withTrust(true);

  @TempDir private Path folder;

  static Stream<TransformerConfig> shapes() {
    TransformerConfig llama = TransformerConfig.llama(20, 48, 3, 4, 32);
    return Stream.of(
        llama,
        TransformerConfig.gpt2(20, 48, 3, 4, 32),
        new TransformerConfig(Architecture.LLAMA, 20, 48, 2, 2, 32, 40, true, 1e-4, 500));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void write_randomModel_hasTheSameLogProbs(TransformerConfig config) {
    try (Transformer model = spread(config)) {
      assertSameDistributions(model);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void write_trainedModel_hasTheSameLogProbs(TransformerConfig config) {
    try (Transformer model = Transformer.create(config, 3);
        Adam adam =
            new Adam(LearningRate.fixed(0.01), Adam.Constants.adamW(0), model.layout().decayed())) {
      new Trainer(
              model,
              adam,
              TrainingData.shuffled(TinyModels.examples(200, 4), 16, 1),
              TrainingSettings.standard())
          .run(60);
      assertSameDistributions(model);
    }
  }

  /**
   * Llama's shape agrees with the trainer itself. For GPT-2's, the trainer agrees with a reference,
   * and so does llama.cpp once the reference rounds its activation as llama.cpp's table does; that
   * rounding is the only difference between the two.
   */
  private void assertSameDistributions(Transformer model) {
    if (model.config().architecture() == Architecture.LLAMA) {
      assertThat(worst(model, GgufNumbers.F32, all -> distribution(model, all))).isLessThan(1e-4);
      return;
    }
    var exact = new Gpt2Reference(model, Gpt2Reference::gelu);
    var rounded = new Gpt2Reference(model, Gpt2Reference::tableGelu);
    int[] some = Streams.of(5).ints(30, 0, 20).toArray();
    assertThat(distribution(model, some)).containsExactly(exact.distribution(some), within(1e-4));
    assertThat(worst(model, GgufNumbers.F32, rounded::distribution)).isLessThan(1e-4);
    assertThat(worst(model, GgufNumbers.F32, all -> distribution(model, all))).isLessThan(2e-3);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void write_halfPrecision_isHalfAsLongAndClose(TransformerConfig config) throws IOException {
    try (Transformer model = spread(config)) {
      double error = worst(model, GgufNumbers.F16, all -> distribution(model, all));
      assertThat(error).isBetween(1e-5, 0.1);
      long half = Files.size(folder.resolve("model.gguf"));
      GgufExport.write(folder.resolve("whole.gguf"), model, GgufTokenizer.ids(20));
      assertThat((double) half).isLessThan(0.62 * Files.size(folder.resolve("whole.gguf")));
    }
  }

  /** The largest difference over all tokens after prefixes of many lengths. */
  private double worst(
      Transformer model, GgufNumbers numbers, Function<int[], double[]> reference) {
    Path file = folder.resolve("model.gguf");
    GgufExport.write(file, "test", model, GgufTokenizer.ids(20), numbers);
    RandomGenerator random = Streams.of(17);
    int[] prompt = random.ints(5, 0, 20).toArray();
    int[][] prefixes = new int[30][];
    for (int i = 0; i < prefixes.length; i++) {
      prefixes[i] = random.ints(random.nextInt(40), 0, 20).toArray();
    }
    double worst = 0;
    try (LlamaModel exported = LlamaModel.open(file, EXACT);
        LlamaContext context = exported.open(prompt, new ContextOptions(40, 8))) {
      LogProbs[] distributions = context.next(prefixes);
      for (int i = 0; i < prefixes.length; i++) {
        double[] expected =
            reference.apply(
                IntStream.concat(IntStream.of(prompt), IntStream.of(prefixes[i])).toArray());
        for (int token = 0; token < 20; token++) {
          worst = Math.max(worst, Math.abs(distributions[i].logProb(token) - expected[token]));
        }
      }
    }
    return worst;
  }

  private static double[] distribution(Transformer model, int[] all) {
    double[] logits = model.logits(TokenBatch.ofPrefixes(List.of(all)));
    double total = Math.log(Arrays.stream(logits).map(Math::exp).sum());
    for (int i = 0; i < logits.length; i++) {
      logits[i] -= total;
    }
    return logits;
  }

  /** Larger weights than the initial ones, so that every path through the model matters. */
  private static Transformer spread(TransformerConfig config) {
    Transformer model = Transformer.create(config, 8);
    RandomGenerator random = Streams.of(9);
    float[] values = model.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.1 * random.nextGaussian());
    }
    model.setValues(values);
    return model;
  }

  @ParameterizedTest
  @EnumSource
  void words_ofTheGraphTask_encodeAsTheTaskDoes(Architecture architecture) {
    var vocabulary = new GraphVocabulary(new GraphShape(2, 2, 120));
    Path file = folder.resolve("graph.gguf");
    try (Transformer model = Transformer.create(config(architecture, vocabulary.size()), 1)) {
      List<String> words = vocabulary.texts().stream().map(String::strip).toList();
      GgufExport.write(file, model, GgufTokenizer.words(words, vocabulary.encode("=")[0]));
    }
    try (NativeModel llamaCpp =
        NativeModel.load(LlamaLibrary.embedded(), file, WeightSettings.onProcessor(true))) {
      String text = "12 7 | 7 3 / 1 9 =";
      assertThat(llamaCpp.tokenize(text, true)).containsExactly(vocabulary.encode(text));
      text = "0 119 1 11 111 | 2 = / 110";
      assertThat(llamaCpp.tokenize(text, true)).containsExactly(vocabulary.encode(text));
    }
    try (LlamaModel model = LlamaModel.open(file, EXACT)) {
      for (String text :
          List.of("12 7 | 7 3 / 1 9 =", "0 119 1 11 111 | 2 = / 110", " 5 17 100", "7")) {
        int[] expected = vocabulary.encode(text);
        assertThat(model.encode(Prompt.text(text))).as(text).containsExactly(expected);
        assertThat(model.vocabulary().encode(text)).as(text).containsExactly(expected);
        assertThat(model.vocabulary().decode(expected)).isEqualTo(" " + text.strip());
      }
      for (int token = 0; token < vocabulary.size(); token++) {
        assertThat(model.vocabulary().bytes(token)).isEqualTo(vocabulary.bytes(token));
        assertThat(model.vocabulary().isEnd(token))
            .isEqualTo(vocabulary.texts().get(token).equals(" ="));
      }
      for (String text : List.of("120", "1 x", "1|2", "01", "\u6f22")) {
        assertThatThrownBy(() -> model.encode(Prompt.text(text)))
            .as(text)
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("not a token");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytes_anyText_encodesAsItsBytes(Architecture architecture) {
    Path file = folder.resolve("bytes.gguf");
    try (Transformer model = Transformer.create(config(architecture, 257), 1)) {
      GgufExport.write(file, model, GgufTokenizer.bytes());
    }
    try (LlamaModel model = LlamaModel.open(file, EXACT)) {
      for (String text :
          List.of(
              "ab", " a  b\n\n\tc", "It's 12345 \u00e9\u6f22\ud83d\ude00\u2581", "\0\r\n", "")) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = IntStream.range(0, bytes.length).map(i -> bytes[i] & 255).toArray();
        assertThat(model.vocabulary().encode(text)).as(text).containsExactly(ids);
        assertThat(model.encode(Prompt.text(text)))
            .containsExactly(IntStream.concat(IntStream.of(256), IntStream.of(ids)).toArray());
        assertThat(model.vocabulary().decodeBytes(ids)).isEqualTo(bytes);
      }
      for (int token = 0; token < 257; token++) {
        assertThat(model.vocabulary().isEnd(token)).isEqualTo(token == 256);
        byte[] piece = token == 256 ? new byte[0] : new byte[] {(byte) token};
        assertThat(model.vocabulary().bytes(token)).isEqualTo(piece);
      }
    }
  }

  private static TransformerConfig config(Architecture architecture, int vocabulary) {
    return architecture == Architecture.GPT2
        ? TransformerConfig.gpt2(vocabulary, 32, 1, 2, 16)
        : TransformerConfig.llama(vocabulary, 32, 1, 2, 16);
  }

  @Test
  void write_twice_givesTheSameBytes() throws IOException {
    try (Transformer model = spread(TransformerConfig.llama(20, 48, 1, 2, 16))) {
      GgufExport.write(folder.resolve("a"), model, GgufTokenizer.ids(20));
      GgufExport.write(folder.resolve("b"), model, GgufTokenizer.ids(20));
    }
    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void write_withATokenizerOfAnotherSize_isRefused() {
    try (Transformer model = Transformer.create(TransformerConfig.llama(20, 8, 1, 2, 16), 1)) {
      assertThatThrownBy(() -> GgufExport.write(folder.resolve("a"), model, GgufTokenizer.ids(21)))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("the tokenizer has 21 tokens and the model 20");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void words_thatCannotBePutTogether_areRefused() {
    assertThatThrownBy(() -> GgufTokenizer.words(List.of("a", "abc"), 0))
        .hasMessageContaining("\"abc\"")
        .hasMessageContaining("\"ab\"");
    assertThatThrownBy(() -> GgufTokenizer.words(List.of("a", "a b"), 0))
        .hasMessageContaining("whitespace");
    assertThatThrownBy(() -> GgufTokenizer.words(List.of("a", "a"), 0))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> GgufTokenizer.words(List.of("a"), 1)).hasMessageContaining("0..0");
  }
}
