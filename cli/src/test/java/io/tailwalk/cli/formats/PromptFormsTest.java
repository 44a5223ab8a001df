package io.tailwalk.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code generate} on the rows of data sets as they are, in files of every kind. */
class PromptFormsTest {
  @TempDir private Path folder;

  /**
   * A row of a data set, the prompt that its task makes of it, and what passes and what does not.
   */
  enum Problem {
    GSM8K(
        "{\"question\": \"3 + 4?\", \"answer\": \"3 + 4 = <<3+4=7>>7\\n#### 7\"}",
        "Question: 3 + 4?\nAnswer:",
        " 7.",
        " 8."),
    MATH(
        "{\"problem\": \"$\\\\frac12$ of 1?\", \"level\": \"Level 1\", \"solution\": \"So $\\\\boxed{\\\\frac{1}{2}}$.\"}",
        "Problem:\n$\\frac12$ of 1?\n\nSolution:", " It is \\boxed{0.5}.", " It is \\boxed{2}."),
    HUMANEVAL(
        "{\"task_id\": \"HumanEval/0\", \"prompt\": \"def add(a, b):\\n\", \"entry_point\": \"add\", \"canonical_solution\": \"\", \"test\": \"def check(candidate):\\n    assert candidate(1, 2) == 3\\n\"}",
        "def add(a, b):\n",
        "    return a + b\n",
        "    return a - b\n"),
    MBPP(
        "{\"task_id\": 11, \"text\": \"Double a number.\", \"code\": \"\", \"test_list\": [\"assert double(2) == 4\"], \"test_setup_code\": \"\", \"challenge_test_list\": []}",
        "\"\"\"\nDouble a number.\nassert double(2) == 4\n\"\"\"\n",
        "def double(x):\n    return 2 * x\n",
        "def double(x):\n    return x\n");

    private final String row;
    private final String prompt;
    private final String right;
    private final String wrong;

    Problem(String row, String prompt, String right, String wrong) {
      this.row = row;
      this.prompt = prompt;
      this.right = right;
      this.wrong = wrong;
    }
  }

  private CliRun generate(String model, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("generate", "--model", "gguf:" + folder.resolve(model), "--max-tokens", "1"));
    words.addAll(List.of("--sampler", "ancestral", "--json", "--quiet"));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private static List<JsonNode> rows(CliRun run) {
    assertThat(run.code()).as(run.err()).isZero();
    return run.out().lines().map(JsonText::parse).toList();
  }

  /** Models that say the right completion, or the wrong one, as one token. */
  @ParameterizedTest
  @EnumSource
  void problems_areLaidOutAndJudged(Problem problem) throws IOException {
    TinyGguf.saying(problem.right).write(folder.resolve("right.gguf"));
    TinyGguf.saying(problem.wrong).write(folder.resolve("wrong.gguf"));
    String file = Written.text(folder.resolve("rows.jsonl"), problem.row + "\n");
    String task = problem.name().toLowerCase(Locale.ROOT);
    JsonNode right = rows(generate("right.gguf", "--prompts", file, "--task", task)).getFirst();
    assertThat(right.get("prompt").stringValue()).isEqualTo(problem.prompt);
    assertThat(right.get("completion").stringValue()).isEqualTo(problem.right);
    assertThat(right.get("reward").doubleValue()).isEqualTo(1);
    JsonNode wrong = rows(generate("wrong.gguf", "--prompts", file, "--task", task)).getFirst();
    assertThat(wrong.get("completion").stringValue()).isEqualTo(problem.wrong);
    assertThat(wrong.get("reward").doubleValue()).isZero();
  }

  /** The prompt of a chat is its layout by the template of the model. */
  private static final String CHAT =
      "\"<|im_start|>user\\nq<|im_end|>\\n<|im_start|>assistant\\n\"";

  /** Rows without a task: the prompt in JSON as samples have it. */
  enum Form {
    GSM8K(Problem.GSM8K.row, "\"3 + 4?\""),
    MATH(Problem.MATH.row, "\"$\\\\frac12$ of 1?\""),
    HUMANEVAL(Problem.HUMANEVAL.row, "\"def add(a, b):\\n\""),
    MBPP(Problem.MBPP.row, "\"Double a number.\""),
    ALPACA(
        "{\"instruction\": \"Add.\", \"input\": \"1, 2\", \"output\": \"3\"}",
        "\"Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\\n\\n### Instruction:\\nAdd.\\n\\n### Input:\\n1, 2\\n\\n### Response:\""),
    PREFERENCES("{\"prompt\": \"p\", \"chosen\": \"c\", \"rejected\": \"r\"}", "\"p\""),
    COMPLETIONS("{\"prompt\": \"p\", \"completion\": \"c\"}", "\"p\""),
    CONVERSATIONAL(
        "{\"prompt\": [{\"role\": \"user\", \"content\": \"q\"}], \"completion\": [{\"role\": \"assistant\", \"content\": \"c\"}]}",
        CHAT),
    MESSAGES(
        "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"c\"}]}",
        CHAT),
    SHAREGPT(
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"q\"}, {\"from\": \"gpt\", \"value\": \"c\"}]}",
        CHAT),
    PREFERENCE_CHATS(
        "{\"chosen\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"c\"}], \"rejected\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"r\"}]}",
        CHAT);

    private final String row;
    private final String prompt;

    Form(String row, String prompt) {
      this.row = row;
      this.prompt = prompt;
    }
  }

  @BeforeEach
  void model() throws IOException {
    new TinyGguf(Map.of("a", 9.0))
        .withChats()
        .flag("tokenizer.ggml.add_space_prefix", false)
        .write(folder.resolve("tiny.gguf"));
  }

  @ParameterizedTest
  @EnumSource
  void rows_arePrompts_inEveryForm(Form form) throws IOException {
    String file = Written.text(folder.resolve("rows.jsonl"), form.row + "\n");
    List<JsonNode> rows = rows(generate("tiny.gguf", "--prompts", file, "--verifier", "any"));
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().get("prompt").toString()).isEqualTo(form.prompt);
  }

  /** Three prompts in two files of a pattern; the second one holds JSON lines. */
  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "array", "csv", "tsv", "gz", "zst", "parquet"})
  void prompts_areReadFromFilesOfEveryKind(String kind) throws IOException {
    write(
        kind,
        folder.resolve("in-1"),
        "{\"prompt\": \"x\", \"n\": 1}\n{\"prompt\": \"y\", \"n\": 2}\n");
    Written.text(folder.resolve("in-2"), "{\"prompt\": \"z\"}\n");
    for (List<String> files :
        List.of(List.of(folder + "/in-*"), List.of(folder + "/in-1", folder + "/in-2"))) {
      List<String> words = new ArrayList<>(List.of("--verifier", "any", "--prompts"));
      words.addAll(files);
      assertThat(rows(generate("tiny.gguf", words.toArray(String[]::new))))
          .extracting(row -> row.get("prompt").stringValue())
          .containsExactly("x", "y", "z");
    }
  }

  /** The same of responses, whose probabilities are known. */
  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "array", "csv", "tsv", "gz", "zst", "parquet"})
  void responses_areReadFromFilesOfEveryKind(String kind) throws IOException {
    write(
        kind,
        folder.resolve("in-1"),
        "{\"prompt\": \"x\", \"completion\": \"a\"}\n{\"prompt\": \"y\", \"completion\": \"b\"}\n");
    Written.text(folder.resolve("in-2"), "{\"prompt\": \"z\", \"completion\": \"aa\"}\n");
    TinyGguf model = new TinyGguf(Map.of("a", 9.0));
    double[] expected = {model.logProb("a"), model.logProb("b"), model.logProb("a", "a")};
    Path out = folder.resolve("out.jsonl");
    CliRun run =
        CliRun.of(
            "score",
            "--model",
            "gguf:" + folder.resolve("tiny.gguf"),
            "--data",
            folder + "/in-*",
            "--out",
            out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(JsonText.parse(lines.get(i)).get("log_prob").doubleValue())
          .isCloseTo(expected[i], within(1e-4));
    }
  }

  private static void write(String kind, Path file, String lines) throws IOException {
    switch (kind) {
      case "jsonl" -> Written.text(file, lines);
      case "array" -> Written.text(file, Written.array(lines));
      case "csv" -> Written.text(file, separated(lines, ","));
      case "tsv" -> Written.text(file, separated(lines, "\t"));
      case "gz" -> Written.gzip(file, lines);
      case "zst" -> Written.zstd(file, separated(lines, ","));
      default -> Written.parquet(file, "*", lines);
    }
  }

  /** JSON lines of flat objects as separated values. */
  private static String separated(String lines, String separator) {
    StringBuilder text = new StringBuilder();
    for (String line : lines.lines().toList()) {
      JsonNode row = JsonText.parse(line);
      if (text.isEmpty()) {
        text.append(String.join(separator, row.propertyNames())).append('\n');
      }
      List<String> fields = row.values().stream().map(JsonNode::asString).toList();
      text.append(String.join(separator, fields)).append('\n');
    }
    return text.toString();
  }

  @Test
  void aWrongRow_isRefusedByFileAndRow() throws IOException {
    Written.text(folder.resolve("in-1"), "{\"prompt\": \"x\"}\n");
    String second = Written.zstd(folder.resolve("in-2"), "{\"prompt\": \"y\"}\n{\"promt\": 1}\n");
    CliRun run = generate("tiny.gguf", "--verifier", "any", "--prompts", folder + "/in-*");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("tailwalk: " + second + ", row 2: ").hasLineCount(1);
  }
}
