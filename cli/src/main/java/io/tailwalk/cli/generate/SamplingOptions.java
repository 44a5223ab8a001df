package io.tailwalk.cli.generate;

import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how prompts are answered. */
public final class SamplingOptions {
  private static final String ENUMERATE = "enumerate";
  private static final int MOST_CHILDREN = 100_000;

  @Option(
      names = "--verifier",
      paramLabel = "SPEC",
      defaultValue = "any",
      description = {
        "What a completion must pass; parts are joined by ' and ':",
        "avoid:CHARS         none of these characters, in either case",
        "length:MIN..MAX     this many characters",
        "regex:PATTERN       the pattern, from beginning to end",
        "cmd:PROGRAM ARGS    what a program says (docs/verifier-protocol.md)",
        "exact:TEXT, answer:TEXT  a known answer, alone or in prose; @field takes it from the row",
        "grammar:FILE        texts of a grammar in GBNF",
        "json-schema:FILE    JSON that a schema admits",
        "prm:URL             a process reward model's score (README, Verifiers)",
        "judge:gguf:PATH     a second model's probability of yes",
        "code:python,tests=FILE   code that passes tests in a sandbox",
        "any                 everything, the default"
      })
  private String verifier = "";

  @Option(
      names = "--value",
      paramLabel = "FILE",
      description =
          "A learned value of prefixes that guides the sampler; 'tailwalk value train' makes it."
              + " The verifier still judges what is complete.")
  private @Nullable Path value;

  @Option(
      names = {"-n", "--n"},
      paramLabel = "N",
      defaultValue = "1",
      description = "Completions of each prompt. Default: ${DEFAULT-VALUE}.")
  private int n;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Length limit of a completion. Default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1.0",
      description =
          "Of the model's distribution, token by token; log_prob and the success probability are those of the distribution at"
              + " this temperature. Default: ${DEFAULT-VALUE}.")
  private double temperature;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Same seed, same bytes, at any --threads. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "A text that ends a completion and is cut off it; may be repeated.")
  private List<String> stop = List.of();

  @Option(
      names = "--children",
      paramLabel = "enumerate|K",
      description =
          "How a prefix branches: into every token, or into K actions drawn from the model. Default:"
              + " enumerate where verifier and --value can mask a whole vocabulary, else 16.")
  private @Nullable String children;

  @Option(
      names = "--block",
      paramLabel = "L",
      description = "Tokens of an action where children are drawn. Default: 1.")
  private @Nullable Integer block;

  @Option(
      names = "--budget-tokens",
      paramLabel = "N",
      description =
          "Model tokens each prompt may cost, the prompt itself apart; walks use it up to sharpen"
              + " their estimate. Default: 16 x n x max-tokens.")
  private @Nullable Long budgetTokens;

  @Option(
      names = "--budget-calls",
      paramLabel = "N",
      description = "Model calls (batches) each prompt may cost. Default: no limit.")
  private @Nullable Long budgetCalls;

  @Option(
      names = "--budget-seconds",
      paramLabel = "S",
      description =
          "Seconds each prompt may take; what is drawn then depends on the machine. Default: no"
              + " limit.")
  private @Nullable Double budgetSeconds;

  /** The request as the flags have it; refuses what is out of range. */
  public Request of(Request request) {
    Require.atLeast("--n", n, 1);
    Require.between("--max-tokens", maxTokens, 1, Require.MOST_TOKENS);
    Require.that(
        temperature > 0 && Double.isFinite(temperature),
        "--temperature must be above 0 and finite, got "
            + temperature
            + "; take a small one for near-greedy decoding");
    Require.that(!stop.contains(""), "--stop must not be empty; leave it out for no stop text");
    Request asked =
        request
            .verifier(verifier)
            .completions(n)
            .maxTokens(maxTokens)
            .temperature(temperature)
            .stop(stop.toArray(String[]::new))
            .seed(seed);
    return budget(children(value == null ? asked : asked.value(value)));
  }

  private Request children(Request request) {
    if (children == null && block == null) {
      return request;
    }
    String wanted = children == null ? Integer.toString(Request.DEFAULT_CHILDREN) : children;
    if (wanted.equals(ENUMERATE)) {
      Require.that(
          block == null, "--block needs children that are drawn; give --children K with it");
      return request.everyToken();
    }
    boolean inRange = wanted.matches("[1-9]\\d{0,5}") && Integer.parseInt(wanted) <= MOST_CHILDREN;
    Require.that(
        inRange,
        "--children takes 'enumerate' or a number from 1 to "
            + MOST_CHILDREN
            + ", got '"
            + wanted
            + "'");
    int length = block == null ? 1 : block;
    Require.between("--block", length, 1, Require.MOST_TOKENS);
    return request.children(Integer.parseInt(wanted), length);
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
