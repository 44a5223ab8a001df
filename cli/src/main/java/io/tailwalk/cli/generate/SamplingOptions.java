package io.tailwalk.cli.generate;

import io.tailwalk.console.flags.ReasoningFlag;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.TruncationFlags;
import io.tailwalk.runs.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags for the sampling of completions. */
public final class SamplingOptions {
  private static final String ENUMERATE = "enumerate";
  private static final int MOST_CHILDREN = 100_000;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description =
          "Task whose problems --prompts holds, with its prompt, stop texts, length and verifier:"
              + " gsm8k, math, humaneval or mbpp. --verifier, --stop and --max-tokens replace its"
              + " own.")
  private @Nullable String task;

  @Option(
      names = "--verifier",
      paramLabel = "SPEC",
      description = {
        "Condition that each completion must pass; join conditions with ' and ':",
        "avoid:CHARS         none of these characters, in upper or lower case",
        "length:MIN..MAX     from MIN to MAX characters",
        "regex:PATTERN       the pattern, from beginning to end",
        "cmd:PROGRAM ARGS    the answer of a program (docs/verifier-protocol.md)",
        "exact:TEXT, answer:TEXT  a known answer, alone or in prose; @field reads it from the row",
        "grammar:FILE        text that a grammar in GBNF generates",
        "json-schema:FILE    JSON that is valid under a schema",
        "prm:URL             the score of a process reward model (docs/verifiers.md)",
        "judge:gguf:PATH     the probability of yes under a second model",
        "code:python,tests=FILE   code that passes tests in a sandbox",
        "any                 every completion (default)"
      })
  private @Nullable String verifier;

  @Mixin private final ReasoningFlag reasoning = new ReasoningFlag();

  @Option(
      names = "--value",
      paramLabel = "FILE",
      description =
          "Learned value of prefixes that guides the sampler, written by 'tailwalk value train'."
              + " The verifier still judges complete completions.")
  private @Nullable Path value;

  @Option(
      names = {"-n", "--n"},
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of completions per prompt. Default: ${DEFAULT-VALUE}.")
  private int n;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Length limit of a completion, in tokens. Default: 64.")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1.0",
      description =
          "Sampling temperature; log_prob and the success probability are reported at this"
              + " temperature. Default: ${DEFAULT-VALUE}.")
  private double temperature;

  @Mixin private final TruncationFlags cuts = new TruncationFlags();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Random seed; the same seed produces the same bytes at any --threads. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Text that ends a completion and is removed from it; may be repeated.")
  private @Nullable List<String> stop;

  @Option(
      names = "--children",
      paramLabel = "enumerate|K|H+K",
      description =
          "Children of a prefix: every token (enumerate), K actions drawn from the model, or the H"
              + " most probable tokens and K draws for all others (for example 20+4). Default:"
              + " enumerate if the verifier and --value can mask a complete vocabulary, otherwise"
              + " 16, or 64 with --value.")
  private @Nullable String children;

  @Option(
      names = "--block",
      paramLabel = "L",
      description = "Number of tokens in a drawn action. Default: 1.")
  private @Nullable Integer block;

  @Option(
      names = "--budget-tokens",
      paramLabel = "N",
      description =
          "Limit of model tokens per prompt, not counting the prompt itself; walks use the complete"
              + " budget to make their estimate more precise. Default: 16 x n x max-tokens, or x the"
              + " tokens that a server draws for a prefix's --children if these are more.")
  private @Nullable Long budgetTokens;

  @Option(
      names = "--budget-calls",
      paramLabel = "N",
      description = "Limit of model calls (batches) per prompt. Default: no limit.")
  private @Nullable Long budgetCalls;

  @Option(
      names = "--budget-seconds",
      paramLabel = "S",
      description =
          "Time limit per prompt, in seconds; the completions then depend on the machine. Default:"
              + " no limit.")
  private @Nullable Double budgetSeconds;

  /** The request with the settings of the flags; refuses values out of range. */
  public Request of(Request request) {
    Require.atLeast("--n", n, 1);
    if (maxTokens != null) {
      Require.between("--max-tokens", maxTokens, 1, Require.MOST_TOKENS);
    }
    Require.that(
        temperature > 0 && Double.isFinite(temperature),
        "--temperature must be above 0 and finite, got "
            + temperature
            + "; use a small value for near-greedy decoding");
    Require.that(
        stop == null || !stop.contains(""),
        "--stop must not be empty; leave it out if there is no stop text");
    Request asked = task == null ? request : request.task(task);
    asked = verifier == null ? asked : asked.verifier(verifier);
    asked = reasoning.of(asked);
    asked = maxTokens == null ? asked : asked.maxTokens(maxTokens);
    asked = stop == null ? asked : asked.stop(stop.toArray(String[]::new));
    asked = cuts.of(asked.completions(n).temperature(temperature).seed(seed));
    return budget(children(value == null ? asked : asked.value(value)));
  }

  private Request children(Request request) {
    if (children == null && block == null) {
      return request;
    }
    String wanted = children == null ? Integer.toString(Request.DEFAULT_CHILDREN) : children;
    if (wanted.equals(ENUMERATE)) {
      Require.that(block == null, "--block requires drawn children; give --children K with it");
      return request.everyToken();
    }
    String[] numbers = wanted.split("\\+", -1);
    Require.that(
        numbers.length <= 2 && Arrays.stream(numbers).allMatch(SamplingOptions::isNumber),
        "--children accepts 'enumerate', a number from 1 to "
            + MOST_CHILDREN
            + ", or two such numbers joined by +, got '"
            + wanted
            + "'");
    int number = Integer.parseInt(numbers[0]);
    if (numbers.length == 2) {
      Require.that(
          block == null,
          "--block requires drawn children, and the most probable tokens are single ones; omit it"
              + " with --children "
              + wanted);
      return request.headAndTail(number, Integer.parseInt(numbers[1]));
    }
    int length = block == null ? 1 : block;
    Require.between("--block", length, 1, Require.MOST_TOKENS);
    return request.children(number, length);
  }

  private static boolean isNumber(String text) {
    return text.matches("[1-9]\\d{0,5}") && Integer.parseInt(text) <= MOST_CHILDREN;
  }

  private Request budget(Request request) {
    Request limited = request;
    if (budgetTokens != null) {
      Require.atLeast("--budget-tokens", budgetTokens, 1);
      limited = limited.modelTokens(budgetTokens);
    }
    if (budgetCalls != null) {
      Require.atLeast("--budget-calls", budgetCalls, 1);
      limited = limited.modelCalls(budgetCalls);
    }
    if (budgetSeconds != null) {
      Require.that(
          budgetSeconds > 0 && budgetSeconds <= 1e9,
          "--budget-seconds must be above 0 and at most 1e9, got " + budgetSeconds);
      limited = limited.wallTime(Duration.ofNanos(Math.max(1, Math.round(budgetSeconds * 1e9))));
    }
    return limited;
  }
}
