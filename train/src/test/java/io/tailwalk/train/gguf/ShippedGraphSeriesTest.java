package io.tailwalk.train.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphVocabulary;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.llama.gguf.TensorInfo;
import io.tailwalk.records.scores.ResponseGroup;
import io.tailwalk.records.scores.ResponseReader;
import io.tailwalk.records.scores.ResponseScorer;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The checkpoints in the repository, row by row: the {@code score} of each held-out response
 * through llama.cpp equals that of the trained model through PyTorch.
 */
class ShippedGraphSeriesTest {
  private static final Path SERIES =
      Path.of(System.getProperty("tailwalk.repository", "..")).resolve("examples/graph-series");
  private static final Path HELD_OUT = SERIES.resolve("heldout.jsonl");
  private static final GraphVocabulary WORDS = new GraphVocabulary(new GraphShape(6, 2, 20));

  /** Of {@link GgufExport#write}: what is in one parameter of ours. */
  private static final Map<String, List<String>> STACKS =
      Map.of(
          "attn_qkv", List.of("attn_q", "attn_k", "attn_v"),
          "ffn_gate_up", List.of("ffn_gate", "ffn_up"));

  @ParameterizedTest
  @ValueSource(strings = {"step-00000", "step-00800", "step-03200"})
  void score_everyHeldOutRow_isTheTrainersToWithinTenThousandths(String name) throws IOException {
    Path file = SERIES.resolve(name + ".gguf");
    List<ResponseGroup> groups = ResponseGroup.of(ResponseReader.read(HELD_OUT));
    List<Example> examples =
        groups.stream()
            .flatMap(group -> group.responses().stream())
            .map(row ->
                new Example(
                    WORDS.encode(((Prompt.Text) row.prompt()).text()),
                    WORDS.encode(row.completion())))
            .toList();
    double[] expected;
    try (Transformer model = read(file)) {
      expected = model.sequenceLogProbs(examples, 50);
    }
    double[] actual = new double[expected.length];
    int row = 0;
    try (LanguageModel model = LlamaModel.open(file, LlamaOptions.DEFAULTS.withTrust(true))) {
      var scorer = new ResponseScorer(name, model, false);
      for (ResponseGroup group : groups) {
        for (var score : scorer.score(group).scores()) {
          actual[row++] = score.logProbs().stream().mapToDouble(Double::doubleValue).sum();
        }
      }
    }
    assertThat(row).isEqualTo(1000);
    double worst = 0;
    for (int i = 0; i < row; i++) {
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    assertThat(worst).isLessThan(1e-4);
  }

  private static Transformer read(Path path) throws IOException {
    GgufFile file = GgufFile.read(path);
    var config =
        TransformerConfig.llama(
            WORDS.size(),
            (int) file.contextLength().orElseThrow(),
            (int) file.hyperparameter("block_count").orElseThrow(),
            (int) file.hyperparameter("attention.head_count").orElseThrow(),
            (int) file.hyperparameter("embedding_length").orElseThrow());
    Transformer model = Transformer.create(config, 1);
    float[] values = model.values();
    try (FileChannel channel = FileChannel.open(path)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, file.fileBytes());
      Map<String, TensorInfo> tensors = new HashMap<>();
      file.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
      for (ParameterSpec parameter : model.layout().parameters()) {
        int to = parameter.offset();
        for (String part : parts(parameter.name())) {
          TensorInfo tensor = Objects.requireNonNull(tensors.remove(part), part);
          bytes
              .slice((int) (file.dataStart() + tensor.offset()), (int) tensor.bytes())
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer()
              .get(values, to, (int) tensor.elements());
          to += (int) tensor.elements();
        }
        assertThat(to).as(parameter.name()).isEqualTo(parameter.offset() + parameter.size());
      }
      assertThat(tensors).isEmpty();
    }
    model.setValues(values);
    return model;
  }

  private static List<String> parts(String name) {
    return STACKS.entrySet().stream()
        .filter(stack -> name.contains(stack.getKey()))
        .findFirst()
        .map(stack ->
            stack.getValue().stream().map(part -> name.replace(stack.getKey(), part)).toList())
        .orElse(List.of(name));
  }
}
