package io.tailwalk.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reinforcement learning described by a recipe. */
class ReinforcementTest {
  @TempDir Path folder;

  /** Passes texts that begin with the letter of the specification. */
  private record Begins(String name) implements Verifier {
    @Override
    public double logReward(Candidate complete) {
      return complete.text().startsWith(name.substring(name.length() - 1))
          ? 0
          : Double.NEGATIVE_INFINITY;
    }
  }

  private static Verifier open(String spec, Path prompts) {
    if (!spec.startsWith("begins:")) {
      throw new IllegalArgumentException("unknown verifier " + spec);
    }
    assertThat(prompts).exists();
    return new Begins(spec);
  }

  private static final String RECIPE =
      """
      tokenizer: {kind: bytes}
      model: {shape: llama, context: 12, layers: 1, heads: 2, embedding: 16}
      reinforcement: {prompts: prompts.jsonl, verifier: "begins:a", group: 32, prompts_per_step: 4, max_tokens: 2}
      optimizer: {name: adam, learning_rate: 0.01}
      training: {steps: 30, seed: 4, threads: 1, checkpoint_every: 10, clip: 1}
      output: {folder: out}
      """;

  private Path recipe(String name, String text) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        own.resolve("prompts.jsonl"), "{\"prompt\": \"one\"}\n{\"prompt\": \"two\"}\n");
    return Files.writeString(own.resolve("run.yaml"), text);
  }

  private static TrainingRun open(Path recipe, boolean resume) {
    return TrainingRun.open(recipe, resume, ReinforcementTest::open);
  }

  @Test
  void run_rewardedLetter_becomesTheFirst() throws IOException {
    TrainingRun run = open(recipe("whole", RECIPE), false);
    List<Double> rewards = new java.util.ArrayList<>();
    run.run(() -> false, (_, report) -> rewards.add(report.drawn().orElseThrow().meanReward()));
    // One byte of 257 at first.
    assertThat(rewards.getFirst()).isLessThan(0.1);
    assertThat(rewards.getLast()).isGreaterThan(0.6);
    assertThat(Files.readString(run.folder().metrics()))
        .contains("\"mean_reward\":")
        .contains("\"mixed_groups\":")
        .contains("\"kl\":");
  }

  @Test
  void run_stoppedAndResumed_endsInTheSameBytes() throws IOException {
    TrainingRun whole = open(recipe("whole", RECIPE), false);
    whole.run(() -> false, (_, _) -> {});
    Path recipe = recipe("stopped", RECIPE);
    var steps = new AtomicInteger();
    assertThat(open(recipe, false).run(() -> steps.incrementAndGet() > 13, (_, _) -> {}))
        .isEqualTo(13);
    TrainingRun resumed = open(recipe, true);
    resumed.run(() -> false, (_, _) -> {});
    assertThat(resumed.folder().checkpoint(30))
        .hasSameBinaryContentAs(whole.folder().checkpoint(30));
    assertThat(resumed.folder().metrics()).hasSameTextualContentAs(whole.folder().metrics());
  }

  @Test
  void open_badRecipes_areRefusedByTheirKey() throws IOException {
    refused(
        RECIPE.replace("group: 32", "group: 1"),
        "the key reinforcement.group is 1; give a whole number of at least 2");
    refused(RECIPE.replace("begins:a", "nothing"), "reinforcement.verifier: unknown verifier");
    refused(RECIPE.replace("max_tokens: 2", "max_tokens: 2, temperature: 1"), "is unknown");
    refused(
        RECIPE.replace("max_tokens: 2", "max_tokens: 2, advantage: best"),
        "use one of leave-one-out, group-normalised");
    refused(RECIPE.replace("max_tokens: 2", "max_tokens: 2, kl: -1"), "kl must be a finite");
    refused(RECIPE.replace("max_tokens: 2", "max_tokens: 20"), "reinforcement.max_tokens 20");
    refused(RECIPE.replace("steps: 30", "steps: 30, batch: 8"), "training.batch is unknown");
    refused(RECIPE.replace("steps: 30", "epochs: 3"), "training.steps is missing");
    refused(
        RECIPE.replace("kind: bytes", "kind: ids, vocabulary: 9"),
        "the key reinforcement needs the tokens' texts");
    refused(
        RECIPE + "data: {file: prompts.jsonl, format: pairs}\n",
        "the key data and reinforcement are both given or both missing");
    Path withoutVerifiers = recipe("plain", RECIPE);
    assertThatThrownBy(() -> TrainingRun.open(withoutVerifiers, false))
        .hasMessageContaining("cannot be opened here");
    assertThat(folder.resolve("plain/out")).doesNotExist();
  }

  private void refused(String text, String message) throws IOException {
    Path recipe = recipe("bad", text);
    assertThatThrownBy(() -> open(recipe, false))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining(message);
    assertThat(folder.resolve("bad/out")).doesNotExist();
  }
}
