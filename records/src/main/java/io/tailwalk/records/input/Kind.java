package io.tailwalk.records.input;

import io.tailwalk.records.JsonRow;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a file is, recognised by the fields of a row. */
public enum Kind {
  /** One score per row: a response under a model. */
  SCORES("score table, one row per response and model"),
  /** One row per response, one column per model. */
  WIDE_SCORES("score table, one column per model"),
  /** lm-evaluation-harness, {@code loglikelihood} requests: multiple choice or one continuation. */
  HARNESS_CHOICES("lm-evaluation-harness samples with log-likelihoods"),
  /** lm-evaluation-harness, {@code loglikelihood_rolling} requests. */
  HARNESS_ROLLING("lm-evaluation-harness samples of whole documents"),
  /** lm-evaluation-harness, {@code generate_until} requests. */
  HARNESS_GENERATIONS("lm-evaluation-harness samples of generated texts"),
  /** Samples of {@code tailwalk generate}, or any with an id and a reward. */
  GRADED_SAMPLES("graded samples"),
  /** EvalPlus results. */
  EVALPLUS("EvalPlus results"),
  /** bigcode-evaluation-harness generations, which have no results. */
  BIGCODE_GENERATIONS("generations of bigcode-evaluation-harness"),
  /** Means over tasks, without samples: results of bigcode-evaluation-harness. */
  METRICS("metrics of bigcode-evaluation-harness, without samples"),
  /** An Inspect AI evaluation log. */
  INSPECT_LOG("Inspect AI log"),
  /** Rollouts of verl. */
  VERL("verl rollouts"),
  /** Rollouts of OpenRLHF. */
  OPENRLHF("OpenRLHF rollouts"),
  /** Completion logs of TRL: one column per reward function, and an advantage. */
  TRL("TRL completions"),
  /** Instruction data: {@code instruction}, {@code input}, {@code output}. */
  ALPACA("Alpaca instructions"),
  /** Chats: {@code conversations} of {@code from} and {@code value}. */
  SHAREGPT("ShareGPT conversations"),
  /** Preference pairs: {@code prompt}, {@code chosen}, {@code rejected}. */
  PREFERENCES("preference pairs"),
  /** HumanEval problems. */
  HUMANEVAL("HumanEval problems"),
  /** MBPP problems. */
  MBPP("MBPP problems"),
  /** GSM8K problems. */
  GSM8K("GSM8K problems"),
  /** MATH problems. */
  MATH("MATH problems"),
  /** Prompts with responses, as texts or chats. */
  RESPONSES("prompts with responses"),
  /** Prompts or chats without responses. */
  PROMPTS("prompts"),
  /** None of these. */
  UNKNOWN("unknown");

  /** The columns of a wide table that hold no model's scores. */
  private static final Set<Field> OF_WIDE =
      Set.of(Field.EXAMPLE, Field.PROMPT_ID, Field.TOKENS, Field.REFERENCE);

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** The kind in a few words. */
  public String words() {
    return words;
  }

  /** The kind of a row. */
  public static Kind of(JsonRow row) {
    Collection<String> fields = row.object().propertyNames();
    if (has(fields, "doc_id", "arguments")) {
      return harness(row);
    }
    // The header of an Inspect log is an object "eval" too.
    boolean header = has(fields, "version", "status", "eval");
    if (header || has(fields, "eval", "samples") || has(fields, "epoch", "scores", "target")) {
      return INSPECT_LOG;
    }
    if (row.object().path("eval").isObject()) {
      return EVALPLUS;
    }
    if (row.object().path(Rows.BARE).isArray()) {
      return BIGCODE_GENERATIONS;
    }
    if (row.object().values().stream().anyMatch(Kind::isPassMetric)) {
      return METRICS;
    }
    return problems(row, fields);
  }

  private static Kind problems(JsonRow row, Collection<String> fields) {
    if (has(fields, "task_id", "entry_point", "test")) {
      return HUMANEVAL;
    }
    if (fields.contains("test_list") && (fields.contains("text") || fields.contains("prompt"))) {
      return MBPP;
    }
    if (has(fields, "problem", "solution")) {
      return MATH;
    }
    if (has(fields, "question", "answer")
        && row.object().path("answer").asString("").contains("####")) {
      return GSM8K;
    }
    if (has(fields, "instruction", "output") || has(fields, "instruction", "input")) {
      return ALPACA;
    }
    if (row.object().path("conversations").isArray()) {
      return SHAREGPT;
    }
    if (has(fields, "chosen", "rejected")) {
      return PREFERENCES;
    }
    return samples(row, fields);
  }

  private static Kind samples(JsonRow row, Collection<String> fields) {
    if (has(fields, "input", "output")
        && (fields.contains("gts") || has(fields, "score", "step"))) {
      return VERL;
    }
    if (has(fields, "input", "output") && fields.contains("reward")) {
      return OPENRLHF;
    }
    if (has(fields, "prompt", "completion", "advantage")) {
      return TRL;
    }
    boolean scored = any(fields, Field.LOG_PROB) || any(fields, Field.LOG_PROBS);
    if (any(fields, Field.MODEL) && scored && any(fields, Field.EXAMPLE)) {
      return SCORES;
    }
    boolean graded = any(fields, Field.PASS) || any(fields, Field.REWARD);
    if (graded && (any(fields, Field.TASK) || any(fields, Field.TASK_TEXT))) {
      return GRADED_SAMPLES;
    }
    if (fields.contains("messages") || fields.contains("prompt")) {
      return fields.contains("completion") || endsWithAnswer(row.object().path("messages"))
          ? RESPONSES
          : PROMPTS;
    }
    return isWide(row, fields) ? WIDE_SCORES : UNKNOWN;
  }

  private static boolean isPassMetric(JsonNode node) {
    return node.isObject()
        && node.propertyNames().stream().anyMatch(name -> name.startsWith("pass@"));
  }

  private static Kind harness(JsonRow row) {
    JsonNode arguments = row.object().path("arguments");
    JsonNode first = first(arguments);
    if (second(first).isObject()) {
      return HARNESS_GENERATIONS;
    }
    return first.size() == 1 ? HARNESS_ROLLING : HARNESS_CHOICES;
  }

  private static JsonNode first(JsonNode node) {
    return node.isEmpty() ? node : node.values().iterator().next();
  }

  private static JsonNode second(JsonNode node) {
    return node.isObject() ? node.path("arg_1") : node.path(1);
  }

  private static boolean endsWithAnswer(JsonNode messages) {
    return messages.isArray()
        && !messages.isEmpty()
        && messages.path(messages.size() - 1).path("role").asString("").equals("assistant");
  }

  /** An example and at least one further column of numbers that are at most 0. */
  private static boolean isWide(JsonRow row, Collection<String> fields) {
    List<String> models =
        fields.stream().filter(name -> OF_WIDE.stream().noneMatch(f -> f.matches(name))).toList();
    return any(fields, Field.EXAMPLE)
        && !models.isEmpty()
        && models.stream().allMatch(name -> row.has(name) && isLogProb(row.object().path(name)));
  }

  private static boolean isLogProb(JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue() <= 0;
    }
    return node.isString()
        && node.stringValue().matches("-(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|inf)|0(?:\\.0*)?");
  }

  private static boolean has(Collection<String> fields, String... names) {
    return fields.containsAll(Set.of(names));
  }

  private static boolean any(Collection<String> fields, Field field) {
    return fields.stream().anyMatch(field::matches);
  }
}
