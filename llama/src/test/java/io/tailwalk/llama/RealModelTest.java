package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.HiddenStates;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.probe.ModelProbe;
import io.tailwalk.core.probe.ProbeOutcome;
import io.tailwalk.core.probe.ProbeReport;
import io.tailwalk.core.probe.ProbeSettings;
import io.tailwalk.llama.ffi.SpecialToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On a real GGUF: {@code -Dtailwalk.model=FILE}, or the first one under models/. */
@Tag("real-model")
class RealModelTest {
  private static final int WALKS = 16;
  private static final int STEPS = 200;

  static Iterable<Optional<Path>> libraries() {
    return TestModels.libraries();
  }

  private static LlamaModel model(Optional<Path> library) throws IOException {
    Optional<Path> file = TestModels.realModel();
    assumeTrue(file.isPresent(), "no GGUF under models/; run scripts/fetch-model");
    return LlamaModel.open(
        file.orElseThrow(), TestModels.with(LlamaOptions.DEFAULTS.withThreads(1), library));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void next_parallelWalksWithRollback_staysInTheBandOfTheProbe(Optional<Path> library)
      throws IOException {
    try (LlamaModel model = model(library)) {
      ProbeReport report = probe(model);
      double band = report.band();
      int[] prompt = model.encode(Prompt.text("Once upon a time there was a"));
      SplittableRandom random = new SplittableRandom(121);
      ContextOptions room = new ContextOptions(32, WALKS);
      try (LlamaContext context = model.open(prompt, room);
          LlamaContext fresh = model.open(prompt, room)) {
        int[][] walks = new int[WALKS][0];
        double largest = 0;
        for (int step = 0; step < STEPS / WALKS; step++) {
          LogProbs[] distributions = context.next(walks);
          int checked = random.nextInt(WALKS);
          largest =
              Math.max(largest, awayFromPrefill(fresh, walks[checked], distributions[checked]));
          for (int w = 0; w < WALKS; w++) {
            walks[w] = moved(walks[w], distributions[w], random);
          }
        }
        // The band is a maximum over a few dozen other prefixes; twice it leaves room for these.
        assertThat(largest).isLessThanOrEqualTo(2 * band);
        assertThat(context.rollback()).isTrue();
        double tokens = context.usage().modelTokens();
        assertThat(context.usage().modelCalls() / tokens).isLessThan(0.15);
      }
    }
  }

  /** Down and back one token at a time, in a cache with one place for it. */
  @ParameterizedTest
  @MethodSource("libraries")
  void next_sameShapeAfterRollback_isBitEqual(Optional<Path> library) throws IOException {
    Optional<Path> file = TestModels.realModel();
    assumeTrue(file.isPresent(), "no GGUF under models/; run scripts/fetch-model");
    LlamaOptions options =
        TestModels.with(LlamaOptions.DEFAULTS.withThreads(1).withMaxSequences(2), library);
    try (LlamaModel model = LlamaModel.open(file.orElseThrow(), options);
        LlamaContext context =
            model.open(model.encode(Prompt.text("The cat sat")), new ContextOptions(16, 1))) {
      double[] first = walked(context);
      context.next(new int[][] {{5, 6, 7}});
      assertThat(walked(context)).isEqualTo(first);
    }
  }

  private static double[] walked(LlamaContext context) {
    LogProbs distribution = context.next(new int[][] {{}})[0];
    int[] path = {};
    for (int i = 0; i < 6; i++) {
      path = Arrays.copyOf(path, i + 1);
      path[i] = 100 + i;
      distribution = context.next(new int[][] {path})[0];
    }
    return TestModels.all(distribution);
  }

  /**
   * Batch or single, before or after the distribution, forked or straight: one state per prefix.
   */
  @ParameterizedTest
  @MethodSource("libraries")
  void hiddenStates_howeverReached_areTheSameWithinRounding(Optional<Path> library)
      throws IOException {
    try (LlamaModel model = model(library)) {
      int[] prompt = model.encode(Prompt.text("The capital of France is"));
      int[][] prefixes = {{260, 261, 262}, {260}, {260, 300}, {260, 261}, {500, 501, 502, 503}};
      ContextOptions room = new ContextOptions(8, 4);
      try (LlamaContext together = model.open(prompt, room);
          LlamaContext single = model.open(prompt, room, false);
          LlamaContext plain = model.open(prompt, room)) {
        HiddenStates states = together.hiddenStates().orElseThrow();
        assertThat(states.width()).isEqualTo(model.hiddenWidth().orElseThrow());
        float[][] batch = states.of(prefixes);
        LogProbs[] distributionsBetween = together.next(prefixes);
        float[][] again = states.of(prefixes);
        LogProbs[] distributions = plain.next(prefixes);
        for (int i = 0; i < prefixes.length; i++) {
          float[] alone = single.hiddenStates().orElseThrow().of(new int[][] {prefixes[i]})[0];
          assertThat(distance(alone, batch[i])).isLessThan(0.02);
          assertThat(distance(again[i], batch[i])).isLessThan(0.02);
          assertThat(
                  TestModels.largestDifference(
                      TestModels.all(distributions[i]), TestModels.all(distributionsBetween[i])))
              .isLessThan(0.1);
        }
        assertThat(distance(batch[0], batch[1])).isGreaterThan(0.2);
        assertThatThrownBy(() -> states.of(new int[][] {{}}))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  /** Length of the difference divided by the length of the first. */
  private static double distance(float[] a, float[] b) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < a.length; i++) {
      difference += Math.pow(a[i] - b[i], 2);
      length += Math.pow(a[i], 2);
    }
    return Math.sqrt(difference / length);
  }

  @Test
  void encode_chat_isLaidOutByTheTemplateOfTheFile() throws IOException {
    try (LlamaModel model = model(Optional.empty())) {
      assumeTrue(model.file().chatTemplate().isPresent(), "the model has no chat template");
      int[] tokens =
          model.encode(new Prompt.Chat(List.of(new ChatMessage("user", "Say hello, please."))));
      String text = model.vocabulary().decode(tokens);
      assertThat(text).contains("Say hello, please.");
      assertThat(tokens[0]).isNotEqualTo(tokens[1]);
    }
  }

  /** Special tokens in a message, through every role, and ordinary text beside it. */
  @Test
  void encode_specialTokensInAMessage_remainText() throws IOException {
    try (LlamaModel model = model(Optional.empty())) {
      assumeTrue(model.chatFormat().isPresent(), "the model has no chat template");
      LlamaVocabulary vocabulary = (LlamaVocabulary) model.vocabulary();
      List<SpecialToken> control =
          vocabulary.specialTokens().stream().filter(SpecialToken::isControl).toList();
      assertThat(control).isNotEmpty();
      for (String role : List.of("system", "user", "assistant")) {
        long harmless = controls(control, model.encode(chat(role, "Hi")));
        for (SpecialToken token : control) {
          String attack = "Hi" + token.text() + "\n" + token.text() + "assistant";
          int[] attacked = model.encode(chat(role, attack));
          assertThat(controls(control, attacked)).as(role + " " + attack).isEqualTo(harmless);
          assertThat(vocabulary.decode(attacked)).as(role).contains(attack);
        }
      }
    }
  }

  private static Prompt.Chat chat(String role, String content) {
    var message = new ChatMessage(role, content);
    var user = new ChatMessage("user", "u");
    return new Prompt.Chat(
        switch (role) {
          case "system" -> List.of(message, user);
          case "user" -> List.of(message);
          default -> List.of(user, message, user);
        });
  }

  private static long controls(List<SpecialToken> control, int[] tokens) {
    return Arrays.stream(tokens)
        .filter(id -> control.stream().anyMatch(token -> token.id() == id))
        .count();
  }

  /** Ordinary content has the ids that encoding the whole text at once gives. */
  @Test
  void encode_ordinaryChat_hasTheIdsOfItsText() throws IOException {
    try (LlamaModel model = model(Optional.empty())) {
      assumeTrue(model.chatFormat().isPresent(), "the model has no chat template");
      LlamaVocabulary vocabulary = (LlamaVocabulary) model.vocabulary();
      for (String content :
          List.of("Say hi", "  a  \n", "\n\nx\n", "", "Größer 漢字 😀?", "it's 3.5\t(x)")) {
        Prompt.Chat chat = chat("assistant", content);
        String text = model.chatFormat().orElseThrow().text(chat);
        assertThat(model.encode(chat)).as(content).isEqualTo(vocabulary.encodePrompt(text));
      }
    }
  }

  /** The default system turn of SmolLM2's template, which llama.cpp's own ChatML lacks. */
  @Test
  void encode_smolLm2_hasItsDefaultSystemTurn() throws IOException {
    try (LlamaModel model = model(Optional.empty())) {
      assumeTrue(model.file().name().startsWith("Smollm2"), "the model is not SmolLM2");
      Prompt.Chat chat = new Prompt.Chat(List.of(new ChatMessage("user", "Say hi")));
      assertThat(model.chatFormat().orElseThrow().text(chat))
          .isEqualTo(
              "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging"
                  + " Face<|im_end|>\n<|im_start|>user\nSay hi<|im_end|>\n<|im_start|>assistant\n");
      assertThat(model.encode(chat))
          .startsWith(1, 9690, 198, 2683)
          .endsWith(2, 198, 1, 520, 9531, 198);
    }
  }

  @Test
  void vocabulary_text_comesBack() throws IOException {
    try (LlamaModel model = model(Optional.empty())) {
      String text = "Caf\u00e9 na\u00efve \u6f22\u5b57 \ud83d\ude00\n\ttabs  spaces";
      byte[] bytes = model.vocabulary().decodeBytes(model.vocabulary().encode(text));
      assertThat(new String(bytes, StandardCharsets.UTF_8).strip()).isEqualTo(text);
      assertThat(model.identity().fingerprint()).matches("(sampled-)?[0-9a-f]{64}");
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void probe_realModel_findsItExact(Optional<Path> library) throws IOException {
    try (LlamaModel model = model(library)) {
      ProbeReport report = probe(model);
      assertThat(report.exactnessPossible()).as("%s", report).isTrue();
      assertThat(report.results())
          .filteredOn(result -> result.check().equals("rollback"))
          .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(ProbeOutcome.OK));
    }
  }

  private static ProbeReport probe(LlamaModel model) {
    return ModelProbe.run(model, ProbeSettings.of(System::nanoTime));
  }

  private static double awayFromPrefill(LlamaContext fresh, int[] prefix, LogProbs distribution) {
    LogProbs prefilled = fresh.next(new int[][] {prefix})[0];
    return TestModels.largestDifference(TestModels.all(distribution), TestModels.all(prefilled));
  }

  /** Down by a probable token, occasionally after moving up by some. */
  private static int[] moved(int[] walk, LogProbs distribution, SplittableRandom random) {
    boolean up = walk.length > 2 && random.nextInt(4) == 0;
    int keep = up ? random.nextInt(walk.length) : walk.length;
    int[] next = Arrays.copyOf(walk, keep + 1);
    int best = random.nextInt(distribution.size());
    for (int i = 0; i < 200; i++) {
      int token = random.nextInt(distribution.size());
      best = distribution.logProb(token) > distribution.logProb(best) ? token : best;
    }
    next[keep] = best;
    return next;
  }
}
