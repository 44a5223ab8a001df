package io.tailwalk.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: sgd | nam: sgd | the key optimizer.name is missing",
        "name: sgd, | name: sgd, colour: red, | the key optimizer.colour is unknown; valid keys"
            + " are",
        "name: sgd | name: sgdx | the key optimizer.name is sgdx; use one of sgd",
        "layers: 2 | layers: 0 | the key model.layers is 0; give a whole number of at least 1",
        "layers: 2 | layers: two | the key model.layers is \"two\"",
        "heads: 2 | heads: 3 | model: embedding 16 is not a multiple of heads 3",
        "kind: bytes | kind: letters | the key tokenizer.kind is",
        "file: train.jsonl | file: nothing.jsonl | the key data.file names no file",
        "steps: 4 | steps: 4, epochs: 2 | the key training.steps and epochs are both given",
        "learning_rate: 0.01 | learning_rate: -1 | optimizer: the learning rate must be above 0",
        "gguf: true | gguf: maybe | the key output.gguf is",
        "gguf: true | gguf: true, gguf: true | not valid YAML",
        "output: {folder: out, gguf: true} | | the key output is missing",
        "format: pairs} | format: tokens} | the key data.format is tokens",
        "evaluation: { | evaluation: {levels: [0, 4], | evaluation: N = 0.0 is not a finite factor",
        "output: { | objective: {name: tokens}#output: { | the key objective.name is tokens; use"
            + " one of",
        "output: { | objective: {name: token-steps, level: 2}#output: { | the key objective.level"
            + " is unknown",
        "steps: 4 | steps: 4, clip: 1 | OBJECTIVE no use for training.clip",
        "name: sgd | name: adam | OBJECTIVE token-steps, but optimizer.name is adam; use sgd",
        "output: { | objective: {name: truncated-distillation, level: 4}#output: { | the key"
            + " objective.teacher is missing",
        "context: 12 | context: 3 | do not fit into the model's context of 3"
      })
  void open_badRecipe_isOneSentenceWithFileAndKey(String from, String to, String message)
      throws IOException {
    Path file = RecipeFiles.write(folder, "sgd", 4);
    String text = Files.readString(file);
    assertThat(text).contains(from.strip());
    String changed = text.replace(from.strip(), to == null ? "" : to.strip()).replace('#', '\n');
    boolean steps = message.contains("OBJECTIVE");
    Files.writeString(file, steps ? changed + "objective: {name: token-steps}\n" : changed);
    assertThatThrownBy(() -> TrainingRun.open(file, false))
        .hasMessageContaining(message.replace("OBJECTIVE", "").strip())
        .message()
        .doesNotContain("\n")
        .contains(message.contains("do not fit") ? "train.jsonl, row 1" : "run.yaml");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "normalised-sgd", "adam", "adamw"})
  void run_everyOptimizer_leavesScoresGgufAndCheckpoints(String optimizer) throws IOException {
    Path file = RecipeFiles.write(folder, optimizer, 12);
    TrainingRun run = TrainingRun.open(file, false);
    assertThat(run.run(() -> false, (_, _) -> {})).isEqualTo(12);
    for (long step : new long[] {0, 10, 12}) {
      assertThat(run.folder().checkpoint(step)).exists();
      assertThat(run.folder().gguf(step)).exists();
      List<String> scores = Files.readAllLines(run.folder().scores(step));
      assertThat(scores).hasSize(9);
      assertThat(scores.getFirst()).contains("\"model\":\"" + step + "\"").contains("log_prob");
    }
    assertThat(Files.readAllLines(run.folder().metrics())).hasSize(12 + 3);
  }

  @Test
  void run_askedToStop_goesOnFromTheVeryStep() throws IOException {
    Path straight = RecipeFiles.write(folder.resolve("a"), "adam", 20);
    TrainingRun.open(straight, false).run(() -> false, (_, _) -> {});
    Path stopped = RecipeFiles.write(folder.resolve("b"), "adam", 20);
    int[] asked = {0};
    assertThat(TrainingRun.open(stopped, false).run(() -> ++asked[0] > 7, (_, _) -> {}))
        .isEqualTo(7);
    assertThatThrownBy(() -> TrainingRun.open(stopped, false))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("already contains a run; resume it with --resume");
    TrainingRun resumed = TrainingRun.open(stopped, true);
    long[] first = {0};
    resumed.run(() -> false, (_, report) -> first[0] = first[0] == 0 ? report.step() : first[0]);
    assertThat(first[0]).isEqualTo(8);
    for (String name : List.of("checkpoints/step-00000020.safetensors", "metrics.jsonl")) {
      assertThat(folder.resolve("b/out").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("a/out").resolve(name));
    }
    assertThat(folder.resolve("b/out/checkpoints/stopped-00000007.safetensors")).doesNotExist();
  }

  private Path objective(Path folder, String optimizer, String objective) throws IOException {
    Path file = RecipeFiles.write(folder, optimizer, 20);
    return Files.writeString(file, Files.readString(file) + "objective: " + objective + "\n");
  }

  private void assertSameBytesAfterAStop(String optimizer, String objective) throws IOException {
    Path straight = objective(folder.resolve("a"), optimizer, objective);
    TrainingRun.open(straight, false).run(() -> false, (_, _) -> {});
    Path stopped = objective(folder.resolve("b"), optimizer, objective);
    int[] asked = {0};
    assertThat(TrainingRun.open(stopped, false).run(() -> ++asked[0] > 7, (_, _) -> {}))
        .isEqualTo(7);
    TrainingRun.open(stopped, true).run(() -> false, (_, _) -> {});
    for (String name : List.of("checkpoints/step-00000020.safetensors", "metrics.jsonl")) {
      assertThat(folder.resolve("b/out").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("a/out").resolve(name));
    }
  }

  @Test
  void run_tokenSteps_resumesWithTheSameBytesAndOnlyWithTheSameObjective() throws IOException {
    assertSameBytesAfterAStop("sgd", "{name: token-steps}");
    Path plain = RecipeFiles.write(folder.resolve("b"), "sgd", 30);
    Files.writeString(plain, Files.readString(plain).replace("warm_up: 3", "warm_up: 4"));
    TrainingRun other = TrainingRun.open(plain, true);
    assertThatThrownBy(() -> other.run(() -> false, (_, _) -> {}))
        .hasMessageContaining("its objective was token-steps and is now maximum-likelihood");
  }

  @Test
  void run_otherRate_namesOnlyTheSettingThatChanged() throws IOException {
    Path recipe = RecipeFiles.write(folder, "adam", 20);
    int[] asked = {0};
    TrainingRun.open(recipe, false).run(() -> ++asked[0] > 7, (_, _) -> {});
    Files.writeString(recipe, Files.readString(recipe).replace("warm_up: 3", "warm_up: 4"));
    TrainingRun changed = TrainingRun.open(recipe, true);
    assertThatThrownBy(() -> changed.run(() -> false, (_, _) -> {}))
        .hasMessageMatching(
            "(?s)cannot resume from .*: its \\w+ changed: warm_up was 3 and is now 4; restore the old one or"
                + " start again");
  }

  @Test
  void run_truncatedDistillation_resumesAndDependsOnTeacherAndLevel() throws IOException {
    Path teacherRun = RecipeFiles.write(folder.resolve("teacher"), "adam", 12);
    TrainingRun.open(teacherRun, false).run(() -> false, (_, _) -> {});
    String teacher = folder.resolve("teacher/out/checkpoints/step-00000012.safetensors").toString();
    String of = "{name: truncated-distillation, teacher: '" + teacher + "', level: %s}";
    assertSameBytesAfterAStop("sgd", of.formatted("1.01"));
    Path whole = objective(folder.resolve("c"), "sgd", of.formatted("1e9"));
    TrainingRun.open(whole, false).run(() -> false, (_, _) -> {});
    Path likelihood = RecipeFiles.write(folder.resolve("d"), "sgd", 20);
    TrainingRun.open(likelihood, false).run(() -> false, (_, _) -> {});
    String scores = "out/scores/step-00000020.jsonl";
    assertThat(folder.resolve("c").resolve(scores))
        .as("a level that is never reached is maximum likelihood")
        .hasSameBinaryContentAs(folder.resolve("d").resolve(scores));
    assertThat(Files.readString(folder.resolve("a").resolve(scores)))
        .as("a low level cuts")
        .isNotEqualTo(Files.readString(folder.resolve("d").resolve(scores)));
    Path low = objective(folder.resolve("e"), "sgd", of.formatted("1"));
    assertThatThrownBy(() -> TrainingRun.open(low, false))
        .hasMessageContaining("the key objective.level is 1.0; give the N of the coverage");
    Path perToken = objective(folder.resolve("f"), "sgd", of.formatted("4"));
    Files.writeString(
        perToken, Files.readString(perToken).replace("seed: 4", "seed: 4, loss_mean: token"));
    assertThatThrownBy(() -> TrainingRun.open(perToken, false))
        .hasMessageContaining("but training.loss_mean is token");
  }
}
