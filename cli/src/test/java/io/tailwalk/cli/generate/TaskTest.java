package io.tailwalk.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.cli.CliRun;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.runs.Session;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.sampling.Completion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as the data sets have them; a right completion passes and a wrong one does not. */
class TaskTest {
  private static final String GSM8K =
      """
      {"question": "Ann has 3 apples and buys 4. How many has she?", "answer": "She has 3 + 4 = <<3+4=7>>7.\\n#### 7"}
      """;
  private static final String MATH =
      """
      {"problem": "What is $\\\\frac{1}{2}+\\\\frac{1}{4}$?", "level": "Level 1", "type": "Algebra", "solution": "We get $\\\\frac{2}{4}+\\\\frac{1}{4}=\\\\boxed{\\\\frac{3}{4}}$."}
      """;
  private static final String HUMANEVAL =
      """
      {"task_id": "HumanEval/0", "prompt": "def add(a, b):\\n    \\"\\"\\"Adds.\\"\\"\\"\\n", "entry_point": "add", "canonical_solution": "    return a + b\\n", "test": "\\n\\nMETADATA = {}\\n\\n\\ndef check(candidate):\\n    assert candidate(1, 2) == 3\\n    assert candidate(-1, 1) == 0\\n"}
      """;
  private static final String MBPP =
      """
      {"task_id": 11, "text": "Write a function to double a number.", "code": "def double(x):\\r\\n  return 2 * x", "test_list": ["assert double(2) == 4", "assert double(factor) == 10"], "test_setup_code": "factor = 5", "challenge_test_list": []}
      """;
  private static final String SANITIZED =
      """
      {"task_id": 11, "prompt": "Write a function to double a number.", "code": "", "test_imports": ["import math"], "test_list": ["assert double(math.floor(2.5)) == 4"]}
      """;

  @TempDir private Path folder;

  private Path file(String rows) throws IOException {
    return Files.writeString(folder.resolve("rows.jsonl"), rows);
  }

  private PromptResult answer(String task, String rows, String script) throws IOException {
    try (Session session = Tailwalk.over(new ScriptedModel(script))) {
      return session
          .prompts(file(rows))
          .task(task)
          .sampler("ancestral", Map.of())
          .modelTokens(2000)
          .drawAll()
          .getFirst();
    }
  }

  private void judged(String task, String rows, String right, String wrong) throws IOException {
    List<Completion> passing = answer(task, rows, right).sampling().draws();
    assertThat(passing).as(right).hasSize(1);
    assertThat(passing.getFirst().logReward()).isZero();
    List<Completion> failing = answer(task, rows, wrong).sampling().draws();
    assertThat(failing.stream().filter(draw -> draw.logReward() > Double.NEGATIVE_INFINITY))
        .as(wrong)
        .isEmpty();
  }

  @Test
  void gsm8k_readsTheAnswerBehindTheMark() throws IOException {
    judged("gsm8k", GSM8K, " 3 + 4 = 7. The answer is 7.", " The answer is 12.");
    PromptResult result = answer("gsm8k", GSM8K, " It is 7.\nQuestion: another?");
    assertThat(result.job().prompt())
        .isEqualTo(
            Prompt.text("Question: Ann has 3 apples and buys 4. How many has she?\nAnswer:"));
    assertThat(result.sampling().draws().getFirst().text()).isEqualTo(" It is 7.\n");
  }

  @Test
  void math_readsTheLastBox() throws IOException {
    judged("math", MATH, " Thus \\boxed{0.75}.", " Thus \\boxed{\\frac{4}{3}}.");
    judged(
        "math",
        "{\"problem\": \"p\", \"solution\": \"So $\\\\boxed 2$ it is.\"}",
        " \\boxed{2}",
        " \\boxed{3}");
    assertThat(answer("math", MATH, " \\boxed{0.75}").job().prompt())
        .isEqualTo(Prompt.text("Problem:\nWhat is $\\frac{1}{2}+\\frac{1}{4}$?\n\nSolution:"));
  }

  @Test
  void humaneval_callsCheckOnTheEntryPoint() throws IOException {
    judged("humaneval", HUMANEVAL, "    return a + b\n", "    return a - b\n");
    PromptResult result = answer("humaneval", HUMANEVAL, "    return a + b\n\ndef more(): pass");
    assertThat(result.job().id()).isEqualTo("HumanEval/0");
    assertThat(result.sampling().draws().getFirst().text()).isEqualTo("    return a + b\n");
  }

  @Test
  void mbpp_runsTheListOfTests() throws IOException {
    String right = "def double(x):\n    return 2 * x\n";
    judged("mbpp", MBPP, right, "def double(x):\n    return 3 * x\n");
    judged("mbpp", SANITIZED, right, "def double(x):\n    return 3 * x\n");
    assertThat(answer("mbpp", MBPP, right).job().prompt())
        .isEqualTo(
            Prompt.text(
                "\"\"\"\nWrite a function to double a number.\nassert double(2) == 4\n\"\"\"\n"));
  }

  @Test
  void task_otherRowsAndNames_areRefused() throws IOException {
    assertThatThrownBy(() -> answer("gsm8k", MATH, "x"))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("row 1: the field \"question\" is missing");
    assertThatThrownBy(() -> answer("gsm8k", "{\"question\": \"q\", \"answer\": \"7\"}", "x"))
        .hasMessageContaining("row 1: the field \"answer\" has no final answer behind ####");
    assertThatThrownBy(() -> answer("gsm", GSM8K, "x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("use one of: gsm8k, math, humaneval, mbpp");
    try (Session session = Tailwalk.over(new ScriptedModel("x"))) {
      assertThatThrownBy(() -> session.prompt("x").task("gsm8k"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a file of prompts");
    }
  }

  @Test
  void flag_setsVerifierAndLength() throws IOException {
    Path rows = file(GSM8K);
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompts",
            rows.toString(),
            "--task",
            "gsm8k",
            "--verifier",
            "any",
            "--max-tokens",
            "3",
            "--json",
            "--quiet");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"prompt\":\"Question: Ann has 3 apples", "Answer:\"");
    CliRun refused =
        CliRun.of("generate", "--model", "builtin:austen", "--prompt", "x", "--task", "gsm8k");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--task").hasLineCount(1);
  }

  /** Fields that no form needs are there for verifiers; several files; an array; a pattern. */
  @Test
  void prompts_ofSeveralFiles_areReadWithTheirFields() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "prompt,answer\nIt is ,a\nShe was ,b\n");
    Files.writeString(folder.resolve("b.json"), "[{\"prompt\": \"He \", \"answer\": \"c\"}]");
    List<Input> files =
        Input.named(List.of(folder.resolve("a.csv").toString(), folder.resolve("b.*").toString()));
    try (Session session = Tailwalk.over(new ScriptedModel("c"))) {
      List<PromptResult> results =
          session
              .promptFiles(files)
              .verifier("exact:@answer")
              .sampler("ancestral", Map.of())
              .modelTokens(100)
              .drawAll();
      assertThat(results)
          .extracting(result -> result.job().id())
          .containsExactly("a/2", "a/3", "b/1");
      assertThat(results)
          .extracting(result ->
              result.sampling().draws().stream().filter(draw -> draw.logReward() == 0).count())
          .containsExactly(0L, 0L, 1L);
    }
    CliRun mistyped =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompts",
            folder.resolve("a.csv").toString(),
            "--tesk",
            "gsm8k");
    assertThat(mistyped.code()).isEqualTo(2);
    assertThat(mistyped.err()).contains("--tesk");
  }
}
