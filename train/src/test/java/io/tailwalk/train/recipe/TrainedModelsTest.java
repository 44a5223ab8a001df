package io.tailwalk.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.testkit.LanguageModelContract;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.run.TokenSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints as language models, with and without test-time training. */
class TrainedModelsTest {
  private static final double RATE = 0.3;

  @TempDir private static Path folder;
  private static Path bytes;
  private static Path ids;

  @BeforeAll
  static void train() throws IOException {
    bytes = trained(RecipeFiles.write(folder.resolve("bytes"), "adam", 12), 12);
    Files.createDirectories(folder.resolve("ids"));
    Files.writeString(folder.resolve("ids/train.jsonl"), "{\"tokens\":[0,1,2,1]}\n".repeat(8));
    Path recipe =
        Files.writeString(
            folder.resolve("ids/run.yaml"),
            """
            tokenizer: {kind: ids, vocabulary: 3}
            model: {shape: llama, context: 8, layers: 1, heads: 2, embedding: 8}
            data: {file: train.jsonl, format: tokens}
            objective: {name: token-steps}
            optimizer: {name: sgd, learning_rate: 0.1}
            training: {steps: 5, batch: 2, threads: 1, checkpoint_every: 5}
            output: {folder: out}
            """);
    ids = trained(recipe, 5);
  }

  private static Path trained(Path recipe, long steps) {
    TrainingRun run = TrainingRun.open(recipe, false);
    run.run(() -> false, (_, _) -> {});
    return run.folder().checkpoint(steps);
  }

  private static LanguageModel open(double rate) {
    return TrainedModels.open("checkpoint:ids", ids, rate);
  }

  @Nested
  class Plain extends Contract {
    @Override
    protected LanguageModel openModel() {
      return TrainedModels.open("checkpoint:bytes", bytes, 0);
    }
  }

  @Nested
  class WithTestTimeTraining extends Contract {
    @Override
    protected LanguageModel openModel() {
      return TrainedModels.open("checkpoint:bytes", bytes, RATE);
    }
  }

  abstract static class Contract extends LanguageModelContract {
    @Override
    protected Prompt prompt() {
      return Prompt.text("3+3=");
    }

    @Override
    protected int maxTokens() {
      return 6;
    }
  }

  private static ModelContext context(LanguageModel model) {
    return model.open(new int[] {0, 1}, new ContextOptions(4, 1));
  }

  private static double sum(ModelContext context, int[] prefix, double logProb, int length) {
    if (prefix.length == length) {
      assertThat(Arrays.stream(context.score(prefix)).sum()).isCloseTo(logProb, within(1e-12));
      return Math.exp(logProb);
    }
    LogProbs next = context.next(new int[][] {prefix})[0];
    double sum = 0;
    for (int token = 0; token < next.size(); token++) {
      int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
      longer[prefix.length] = token;
      sum += sum(context, longer, logProb + next.logProb(token), length);
    }
    return sum;
  }

  /** Scores agree with what a walk over the tree multiplies, in whatever order it is asked. */
  @Test
  void next_allResponses_sumToOneAndAreScoredAlike() {
    try (LanguageModel model = open(RATE);
        ModelContext context = context(model)) {
      assertThat(sum(context, new int[0], 0, 4)).isCloseTo(1, within(1e-12));
    }
  }

  /** The recursion of the trainer itself, by which the parameters are restored bit for bit. */
  @Test
  void score_isThatOfTokenSteps() {
    int[] response = {2, 2, 1, 2};
    try (LanguageModel model = open(RATE);
        ModelContext context = context(model);
        Transformer trained = Checkpoint.read(ids).model()) {
      double wanted =
          new TokenSteps(trained, RATE).logProb(new Example(new int[] {0, 1}, response));
      assertThat(Arrays.stream(context.score(response)).sum()).isCloseTo(wanted, within(1e-5));
    }
  }

  /** A step in the wrong direction would make a repeated token less probable. */
  @Test
  void next_repeatedToken_becomesMoreProbableAndTheRootIsRestored() {
    try (LanguageModel plain = open(0);
        LanguageModel moving = open(RATE);
        ModelContext still = context(plain);
        ModelContext context = context(moving)) {
      LogProbs root = context.next(new int[][] {{}})[0];
      assertThat(root.logProb(2)).isEqualTo(still.next(new int[][] {{}})[0].logProb(2));
      int[] repeated = {2, 2, 2};
      assertThat(context.next(new int[][] {repeated})[0].logProb(2))
          .isGreaterThan(still.next(new int[][] {repeated})[0].logProb(2) + 0.05);
      assertThat(context.next(new int[][] {{}})[0].logProb(2)).isEqualTo(root.logProb(2));
      try (ModelContext other = context(moving)) {
        assertThat(other.next(new int[][] {{}})[0].logProb(2)).isEqualTo(root.logProb(2));
      }
      assertThat(moving.identity().fingerprint()).isNotEqualTo(plain.identity().fingerprint());
      assertThat(moving.identity().description()).contains("test-time training at the rate 0.3");
      assertThat(context.usage().recomputedTokens()).isPositive();
    }
  }

  @Test
  void open_withoutTokenizerOrTooLong_isOneSentence() throws IOException {
    Path alone = Files.copy(ids, folder.resolve("alone.safetensors"));
    assertThatThrownBy(() -> TrainedModels.open("checkpoint:alone", alone, 0))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no tokenizer, which train keeps in");
    try (LanguageModel model = open(0)) {
      assertThatThrownBy(() -> model.open(new int[] {0, 1}, new ContextOptions(8, 1)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("set max_tokens to at most 7");
      assertThat(model.vocabulary().encode(" 1 2")).containsExactly(1, 2);
    }
    try (LanguageModel model = open(1e30);
        ModelContext context = context(model)) {
      assertThatThrownBy(() -> context.next(new int[][] {{2, 1, 2}}))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("lower the rate");
    }
  }
}
