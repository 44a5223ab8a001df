package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code train} through the real command line. */
class TrainCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path TOKENIZER =
      Path.of("../train/src/test/resources/io/tailwalk/train/tokenizer/small.json");
  private static final String BYTES = "{kind: bytes}";
  private static final String HUGGING_FACE =
      "{kind: huggingface, file: tokenizer.json, begin: <tool>, end: <|endoftext|>}";
  private static final String DATA =
      """
      {"id": "one", "prompt": "It is a ", "completion": "truth, \\u00e9 12\\n"}
      {"id": "two", "prompt": "She was", "completion": " happy"}
      {"id": "three", "prompt": "", "completion": "It's so."}
      """;

  @TempDir private Path folder;

  /** Writes a run of ten steps with its data; results go to a folder beside. */
  private Path recipe(String tokenizer) throws IOException {
    Files.writeString(folder.resolve("data.jsonl"), DATA);
    Files.copy(
        TOKENIZER,
        folder.resolve("tokenizer.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return Files.writeString(
        folder.resolve("run.yaml"),
        """
        tokenizer: %s
        model: {shape: llama, context: 40, layers: 1, heads: 2, embedding: 16}
        data: {file: data.jsonl, format: pairs}
        optimizer: {name: adamw, learning_rate: 0.01}
        training: {steps: 10, batch: 2, seed: 4, threads: 1, checkpoint_every: 5}
        evaluation: {file: data.jsonl, format: pairs}
        output: {folder: out, gguf: true}
        """
            .formatted(tokenizer));
  }

  private static CliRun train(Path file, String... more) {
    List<String> args = new ArrayList<>(List.of("train", file.toString(), "--quiet"));
    args.addAll(List.of(more));
    return CliRun.of(args.toArray(String[]::new));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted(Comparator.naturalOrder()).toList();
    }
  }

  /** The log-probabilities that the trainer and that llama.cpp gives, by one convention of ends. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {BYTES + ";false", BYTES + ";true", HUGGING_FACE + ";false", HUGGING_FACE + ";true"})
  void train_gguf_isScoredAsTheTrainerDoes(String tokenizer, boolean end) throws IOException {
    Path config = recipe(tokenizer);
    if (end) {
      Files.writeString(
          config, Files.readString(config).replace("evaluation: {", "evaluation: {end: true, "));
    }
    CliRun trained = train(config);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out()).startsWith("10 steps made; results are in " + folder.resolve("out"));
    for (String name :
        List.of(
            "checkpoints/step-00000000.safetensors",
            "checkpoints/step-00000005.safetensors",
            "checkpoints/step-00000010.safetensors",
            "gguf/step-00000010.gguf",
            "metrics.jsonl")) {
      assertThat(folder.resolve("out").resolve(name)).isNotEmptyFile();
    }
    List<String> args =
        new ArrayList<>(
            List.of(
                "score",
                "--model",
                "gguf:" + folder.resolve("out/gguf/step-00000010.gguf"),
                "--data",
                folder.resolve("data.jsonl").toString(),
                "--quiet",
                "--out",
                folder.resolve("scores.jsonl").toString()));
    if (end) {
      args.add("--end");
    }
    CliRun scored = CliRun.of(args.toArray(String[]::new));
    assertThat(scored.code()).as(scored.err()).isZero();
    List<JsonNode> own = lines(folder.resolve("out/scores/step-00000010.jsonl"));
    List<JsonNode> llamaCpp = lines(folder.resolve("scores.jsonl"));
    assertThat(own).hasSize(3);
    assertThat(llamaCpp).hasSize(3);
    for (int i = 0; i < 3; i++) {
      int tokens = own.get(i).get("tokens").intValue();
      assertThat(llamaCpp.get(i).get("log_prob").doubleValue())
          .isCloseTo(own.get(i).get("log_prob").doubleValue(), within(1e-4 * tokens))
          .isLessThan(-1);
      assertThat(llamaCpp.get(i).get("tokens").intValue()).isEqualTo(tokens);
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(JSON::readTree).toList();
  }

  @Test
  void resume_finishedRunWithMoreSteps_goesOn() throws IOException {
    Path file = recipe(HUGGING_FACE);
    assertThat(train(file).code()).isZero();
    CliRun again = train(file);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("already contains a run; resume it with --resume");
    Files.writeString(file, Files.readString(file).replace("steps: 10", "steps: 12"));
    CliRun resumed = train(file, "--resume");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).startsWith("12 steps made");
    assertThat(folder.resolve("out/gguf/step-00000012.gguf")).isNotEmptyFile();
    List<JsonNode> metrics = lines(folder.resolve("out/metrics.jsonl"));
    assertThat(metrics.stream().filter(line -> line.has("loss")).map(line -> line.get("step")))
        .extracting(JsonNode::intValue)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void resume_ofNothing_begins() throws IOException {
    CliRun run = train(recipe(BYTES), "--resume");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("out/checkpoints/step-00000010.safetensors")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "name: adamw; name: adamw, colour: red; the key optimizer.colour is unknown",
        "steps: 10; steps: ten; the key training.steps is",
        "learning_rate: 0.01; learning_rate: 0; optimizer: the learning rate must be above 0",
        "data: {file: data.jsonl; data: {file: no.jsonl; the key data.file names no file",
        "file: tokenizer.json; file: none.json; the key tokenizer.file names no file",
        "file: tokenizer.json; file: run.yaml; run.yaml, line 1: not valid JSON",
        "end: <|endoftext|>; end: <|none|>; has no token \"<|none|>\"",
        ", end: <|endoftext|>; ; the key tokenizer.end is missing",
        "begin: <tool>; begin: <tool>, prefix: true; the key tokenizer.prefix is unknown",
        "kind: huggingface; kind: sentencepiece; use one of bytes, words, ids, huggingface"
      })
  void train_badRecipe_isRefusedWithNothingWritten(String from, String to, String says)
      throws IOException {
    Path file = recipe(HUGGING_FACE);
    String text = Files.readString(file);
    assertThat(text).contains(from.strip());
    Files.writeString(file, text.replace(from.strip(), to == null ? "" : to.strip()));
    refused(file, says);
  }

  private void refused(Path file, String says) throws IOException {
    List<String> before = files();
    CliRun run = train(file);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("tailwalk: ").contains(says).doesNotContain("\tat ");
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void train_noSuchRecipe_isRefused() throws IOException {
    refused(folder.resolve("none.yaml"), "none.yaml");
  }

  /** What llama.cpp cannot tokenise trains all the same, without GGUF files. */
  @Test
  void train_tokenizerThatLlamaCppHasNot_needsGgufFalse() throws IOException {
    Path file = recipe(HUGGING_FACE);
    Path tokenizer = folder.resolve("tokenizer.json");
    Files.writeString(
        tokenizer,
        Files.readString(tokenizer)
            .replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}"));
    refused(
        file,
        "the key output.gguf is true, but llama.cpp cannot tokenise as "
            + tokenizer
            + " does, because it has a normalizer; train without GGUF files");
    Files.writeString(file, Files.readString(file).replace("gguf: true", "gguf: false"));
    CliRun run = train(file);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("out/gguf")).isEmptyDirectory();
    assertThat(folder.resolve("out/scores/step-00000010.jsonl")).isNotEmptyFile();
  }

  @Test
  void train_brokenTokenizer_isRefused() throws IOException {
    Path file = recipe(HUGGING_FACE);
    Path tokenizer = folder.resolve("tokenizer.json");
    String text = Files.readString(tokenizer);
    Files.writeString(tokenizer, text.substring(0, text.length() / 2));
    refused(file, "tokenizer.json, line");
    Files.writeString(tokenizer, text.replace("\"merges\": [", "\"merges\": [[\"a\", \"zz\"], "));
    refused(file, "Hugging Face's library does not read it");
  }

  /** Each letter makes the next one more probable, and only if the flag is given. */
  @Test
  void testTimeTraining_repeatedLetter_becomesMoreProbable() throws IOException {
    CliRun trained = train(recipe(BYTES));
    assertThat(trained.code()).as(trained.err()).isZero();
    Files.writeString(
        folder.resolve("data.jsonl"),
        """
        {"id": "one", "prompt": "It is a ", "completion": "zzzzzzzzzzzzzzzzzzzz"}
        """);
    double plain = score("plain.jsonl");
    assertThat(score("again.jsonl")).isEqualTo(plain);
    assertThat(score("trained.jsonl", "--test-time-training", "0.3")).isGreaterThan(plain + 2);
    assertThat(score("slowly.jsonl", "--test-time-training", "1e-9"))
        .isCloseTo(plain, within(1e-4));
    CliRun builtin =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompt",
            "x",
            "--verifier",
            "any",
            "--test-time-training",
            "0.3");
    assertThat(builtin.code()).isEqualTo(2);
    assertThat(builtin.err()).contains("--test-time-training").contains("checkpoint");
  }

  private double score(String out, String... more) throws IOException {
    Path file = folder.resolve(out);
    List<String> args =
        new ArrayList<>(
            List.of(
                "score",
                "--model",
                "checkpoint:" + folder.resolve("out/checkpoints/step-00000010.safetensors"),
                "--data",
                folder.resolve("data.jsonl").toString(),
                "--quiet",
                "--out",
                file.toString()));
    args.addAll(List.of(more));
    CliRun scored = CliRun.of(args.toArray(String[]::new));
    assertThat(scored.code()).as(scored.err()).isZero();
    return lines(file).getFirst().get("log_prob").doubleValue();
  }
}
