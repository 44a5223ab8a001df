package io.tailwalk.runs.sample;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.PromptLayout;
import io.tailwalk.runs.work.InputException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A known set of problems: how its rows become prompts, where completions stop and what they must
 * pass.
 *
 * @param name its name
 * @param prompt makes the text of the prompt
 * @param gold makes the field {@link #GOLD} from the row
 * @param verifier what completions must pass, as a specification that reads {@link #GOLD}
 * @param stop texts that end a completion
 * @param maxTokens maximum length of a completion, in tokens
 */
public record Task(
    String name,
    Function<JsonRow, String> prompt,
    Function<JsonRow, String> gold,
    String verifier,
    List<String> stop,
    int maxTokens)
    implements PromptLayout {
  /** The field that a task adds to each row: the right answer, or the tests. */
  public static final String GOLD = "task_gold";

  private static final String BOXED = "\\boxed";
  private static final String TESTS = "code:python,tests=@" + GOLD;

  /** Keeps an immutable copy. */
  public Task {
    stop = List.copyOf(stop);
  }

  /**
   * Every task. GSM8K and MATH are laid out as lm-evaluation-harness does without examples,
   * HumanEval as published, MBPP as bigcode-evaluation-harness does.
   */
  public static final List<Task> ALL =
      List.of(
          new Task(
              "gsm8k",
              row -> "Question: " + row.text("question") + "\nAnswer:",
              row -> after(row, "answer", "####"),
              "answer:@" + GOLD,
              List.of("Question:"),
              400),
          new Task(
              "math",
              row -> "Problem:\n" + row.text("problem") + "\n\nSolution:",
              Task::boxed,
              "answer:@" + GOLD,
              List.of("Problem:"),
              1024),
          new Task(
              "humaneval",
              row -> row.text("prompt"),
              row -> row.text("test") + "\n\ncheck(" + row.name("entry_point") + ")\n",
              TESTS + ",before=prompt",
              List.of("\nclass", "\ndef", "\n#", "\nif", "\nprint"),
              512),
          new Task(
              "mbpp",
              row -> "\"\"\"\n" + description(row) + "\n" + tests(row).getFirst() + "\n\"\"\"\n",
              row -> setup(row) + String.join("\n", tests(row)) + "\n",
              TESTS,
              List.of("\nclass", "\nassert", "\n\"\"\"", "\nprint", "\nif", "\n<|/", "\n```"),
              512));

  /**
   * The task with a name.
   *
   * @throws InputException if there is none
   */
  public static Task named(String name) {
    return ALL.stream()
        .filter(task -> task.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            InputException.about(
                "task",
                "unknown task '%s'; use one of: %s"
                    .formatted(name, String.join(", ", ALL.stream().map(Task::name).toList()))));
  }

  @Override
  public Prompt prompt(JsonRow row) {
    return Prompt.text(prompt.apply(row));
  }

  @Override
  public Map<String, String> fields(JsonRow row) {
    return Map.of(GOLD, gold.apply(row));
  }

  /** The text from the last occurrence of a mark, which the verifier of answers understands. */
  private static String after(JsonRow row, String field, String mark) {
    String text = row.text(field);
    int at = text.lastIndexOf(mark);
    if (at < 0) {
      throw row.error(
          "the field \"" + field + "\" has no final answer behind " + mark,
          "give it as the data set does, or choose a verifier of your own without --task");
    }
    return text.substring(at);
  }

  /** The last box of a solution, with braces. */
  private static String boxed(JsonRow row) {
    String box = after(row, "solution", row.text("solution").contains(BOXED) ? BOXED : "\\fbox");
    String content = box.substring(box.startsWith(BOXED) ? BOXED.length() : "\\fbox".length());
    return BOXED
        + (content.startsWith("{")
            ? content
            : "{" + content.replaceFirst("(?s)\\$.*", "").strip() + "}");
  }

  private static String description(JsonRow row) {
    return row.text(row.has("text") ? "text" : "prompt");
  }

  private static List<String> tests(JsonRow row) {
    JsonNode tests = row.object().path("test_list");
    if (!tests.isArray() || tests.isEmpty() || !tests.valueStream().allMatch(JsonNode::isString)) {
      throw row.error("\"test_list\" is not a list of tests", "give it as the data set does");
    }
    return tests.valueStream().map(JsonNode::stringValue).toList();
  }

  /** What runs before the tests: one text in the full data set, a list in the sanitized one. */
  private static String setup(JsonRow row) {
    if (row.has("test_setup_code") && !row.string("test_setup_code").isBlank()) {
      return row.string("test_setup_code") + "\n";
    }
    StringBuilder lines = new StringBuilder();
    row.object().path("test_imports").forEach(line -> lines.append(line.asString("")).append('\n'));
    return lines.toString();
  }
}
