package io.tailwalk.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.CacheType;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tiny models of each architecture, converted and run by llama.cpp, against the token ids and
 * log-probabilities of Transformers and SentencePiece in expected.json (make_goldens.py).
 */
class GoldenTest {
  /** The architectures that the embedded library does not know need TAILWALK_LIBLLAMA. */
  private static final Set<String> NEW = Set.of("qwen3", "smollm3");

  /**
   * Texts with other ids than in Transformers, as docs/convert.md describes: composed characters
   * (NFC), a space before a text that begins with one, and the letter that stands for a space.
   */
  private static final Map<String, Set<String>> DIFFERENT =
      Map.of(
          "qwen2", Set.of("e\u0301 decomposed"),
          "qwen3", Set.of("e\u0301 decomposed"),
          "llama2",
              Set.of(
                  "  two   spaces    four",
                  "     ",
                  " leading",
                  " ".repeat(40) + "x",
                  "</s> x",
                  "\u2581\u2581 literal \u2581x"),
          "gemma", Set.of("\u2581\u2581 literal \u2581x"),
          "gemma2", Set.of("\u2581\u2581 literal \u2581x"),
          "gemma3", Set.of("\u2581\u2581 literal \u2581x"));

  @TempDir private Path folder;

  static List<String> models() {
    List<String> names =
        new ArrayList<>(
            List.of("llama3", "smollm", "mistral", "llama2", "qwen2", "gemma", "gemma2", "gemma3"));
    if (library().isPresent()) {
      names.addAll(NEW);
    }
    return names;
  }

  private static Optional<Path> library() {
    return Optional.ofNullable(System.getenv("TAILWALK_LIBLLAMA")).map(Path::of);
  }

  private static LlamaModel open(Path file) {
    LlamaOptions options =
        LlamaOptions.DEFAULTS.withThreads(1).withTrust(true).withCacheType(CacheType.F32);
    return LlamaModel.open(file, library().map(options::withLibrary).orElse(options));
  }

  private Path convert(String name, Path checkpoint) {
    Path file = folder.resolve(name + ".gguf");
    try (Conversion conversion = Conversion.open(checkpoint)) {
      conversion.write(file, NumberType.F32);
    }
    return file;
  }

  private static int[] ids(JsonNode node) {
    return IntStream.range(0, node.size()).map(i -> node.get(i).intValue()).toArray();
  }

  /**
   * Largest difference of a log-probability. Healthy models differ by 6e-6; Gemma by 1e-3, because
   * llama.cpp rounds its activation to half precision. Queries in the order of the checkpoint, a
   * norm without its 1, or no scaling of positions differ by more than 0.04.
   */
  @ParameterizedTest
  @MethodSource("models")
  void logProbs_equalThoseOfTransformers(String name) {
    JsonNode expected = Golden.expected(name);
    double bound = name.startsWith("gemma") ? 2e-3 : 1e-4;
    try (LlamaModel model = open(convert(name, Golden.folder(name, folder)))) {
      for (JsonNode response : expected.path("responses")) {
        int[] all = ids(response.path("ids"));
        int[] prompt = Arrays.copyOf(all, 1);
        int[] rest = Arrays.copyOfRange(all, 1, all.length);
        try (ModelContext context = model.open(prompt, new ContextOptions(rest.length, 1))) {
          double[] found = context.score(rest);
          for (int i = 0; i < found.length; i++) {
            double wanted = response.path("log_probs").get(i).doubleValue();
            assertThat(Math.abs(found[i] - wanted)).as("%s at %d", name, i).isLessThan(bound);
          }
        }
      }
      try (ModelContext context = model.open(new int[] {9, 10, 11}, new ContextOptions(1, 1))) {
        var distribution = context.next(new int[][] {{}})[0];
        assertThat(distribution.size()).isEqualTo(expected.path("last").size());
        for (int token = 0; token < distribution.size(); token++) {
          double wanted = expected.path("last").get(token).doubleValue();
          assertThat(Math.abs(distribution.logProb(token) - wanted)).isLessThan(bound);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void tokenIds_equalThoseOfTheirLibrary(String name) {
    Set<String> different = DIFFERENT.getOrDefault(name, Set.of());
    try (LlamaModel model = open(convert(name, Golden.folder(name, folder)))) {
      for (JsonNode text : Golden.expected(name).path("texts")) {
        String given = text.path("text").stringValue();
        if (isMarkedOnlyHere(name, given)) {
          continue;
        }
        int[] found = model.encode(new Prompt.Text(given));
        int[] wanted = ids(text.path("ids"));
        assertThat(Arrays.equals(found, wanted))
            .as(
                "%s of \"%s\": %s, and not %s",
                name, given, Arrays.toString(found), Arrays.toString(wanted))
            .isEqualTo(!different.contains(given));
      }
    }
  }

  /** SentencePiece itself does not look for control tokens in a text, prompts do. */
  private static boolean isMarkedOnlyHere(String name, String text) {
    return name.equals("mistral") && text.contains("</s>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama3", "smollm", "qwen2"})
  void parts_giveTheSameBytesAsOneFile(String name) {
    Path one = Golden.folder(name, folder.resolve("one"));
    Path three = Golden.folder(name, folder.resolve("three"), Weights.Form.F32, 3);
    Path first = convert("first", one);
    assertThat(convert("second", three)).hasSameBinaryContentAs(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama3", "qwen2"})
  void endTokens_areAllThatTheFilesName(String name) {
    try (LlamaModel model = open(convert(name, Golden.folder(name, folder)))) {
      int last = 400 - (name.equals("llama3") ? 1 : 2);
      assertThat(model.vocabulary().isEnd(last)).isTrue();
      if (name.equals("llama3")) {
        assertThat(model.vocabulary().isEnd(last - 1)).isTrue();
        assertThat(model.vocabulary().isEnd(last - 2)).isTrue();
        assertThat(model.file().chatTemplate())
            .hasValueSatisfying(template ->
                assertThat(template)
                    .startsWith("{{ bos_token }}")
                    .contains("<|im_start|>assistant"));
      }
      assertThat(model.vocabulary().isEnd(300)).isFalse();
    }
  }
}
