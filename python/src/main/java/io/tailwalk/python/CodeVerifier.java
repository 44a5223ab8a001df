package io.tailwalk.python;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.verifiers.spec.PromptFields;
import io.tailwalk.verifiers.spec.SpecFiles;
import io.tailwalk.verifiers.spec.SpecOptions;
import io.tailwalk.verifiers.spec.TimeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A verifier that runs tests on the code of a completion in the sandbox. It decides at leaves:
 * every prefix has value 1. The reward is 1 if all tests pass and 0 otherwise, or the fraction that
 * pass. The tests run in an interpreter of their own, which the code cannot reach.
 */
public final class CodeVerifier implements Verifier {
  private static final Set<String> OPTIONS = Set.of("tests", "score", "before");

  /** The other languages of MultiPL-E, by its names and by their common ones. */
  private static final Set<String> OTHER_LANGUAGES =
      Set.of(
          ("ada adb bash sh clj clojure cpp c++ c cs csharp c# d dart elixir ex erlang fsharp fs go "
                  + "haskell hs java javascript js julia jl kotlin kt lua ml ocaml perl pl php r racket "
                  + "rkt ruby rb rust rs scala swift typescript ts v coq dafny lean luau matlab m")
              .split(" "));

  private final String name;
  private final String testsGiven;
  private final boolean fraction;
  private final boolean withPrompt;
  private final PythonSandbox sandbox;
  private final PromptFields fields;
  private final Map<String, String> sources;
  private final Map<String, CodeTests> parsed = new ConcurrentHashMap<>();
  private final ExecutorService runs = Executors.newVirtualThreadPerTaskExecutor();

  private CodeVerifier(
      String name, SpecOptions options, Tests tests, PythonSandbox box, PromptFields fields) {
    this.name = name;
    this.testsGiven = tests.given();
    this.sources = tests.sources();
    this.fraction = options.choice("score", "all", "fraction").equals("fraction");
    this.withPrompt = options.choice("before", "nothing", "prompt").equals("prompt");
    this.sandbox = box;
    this.fields = fields;
  }

  /**
   * Parses the two halves of {@code code[10s]:python,tests=FILE,score=fraction,before=prompt}.
   *
   * @param kind {@code code}, or with a limit of processor time, {@code code[5s]}
   * @param argument {@code python}, then {@code tests=} a file or {@code @field} of the prompt's
   *     row, {@code score=all|fraction}, {@code before=nothing|prompt} (what is put before the
   *     completion)
   * @throws IllegalArgumentException in one sentence if the specification or the tests are invalid
   */
  public static CodeVerifier ofSpec(String kind, String argument, PromptFields fields) {
    SandboxLimits limits =
        TimeLimit.of(kind).map(SandboxLimits.DEFAULT::withCpuTime).orElse(SandboxLimits.DEFAULT);
    SpecOptions options = SpecOptions.parse("code", argument, OPTIONS);
    String tests = options.get("tests").orElse("");
    if (OTHER_LANGUAGES.contains(options.first())) {
      throw new IllegalArgumentException(
          "code: runs Python only, not "
              + options.first()
              + "; write code:python,tests=FILE, or run the language with cmd:PROGRAM");
    }
    if (!options.first().equals("python") || tests.isEmpty()) {
      throw new IllegalArgumentException(
          "code:" + argument + " is not a code verifier; write code:python,tests=FILE");
    }
    boolean perPrompt = tests.startsWith("@");
    fields.require("code", tests);
    Tests read =
        perPrompt
            ? new Tests(tests, fields.sources(tests))
            : Tests.of(SpecFiles.load("code", tests));
    var verifier =
        new CodeVerifier(kind + ":" + argument, options, read, new PythonSandbox(limits), fields);
    if (!perPrompt) {
      verifier.parsed.put(read.given(), CodeTests.parse(tests, read.given()));
    }
    return verifier;
  }

  /** The tests' text or field, and what they depend on. */
  private record Tests(String given, Map<String, String> sources) {
    static Tests of(SpecFiles.Loaded file) {
      return new Tests(file.text(), file.sources());
    }
  }

  @Override
  public Map<String, String> sources() {
    return sources;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double logReward(Candidate complete) {
    CodeVerdict verdict = judge(complete);
    if (fraction) {
      return Math.log(verdict.passed()) - Math.log(verdict.total());
    }
    return verdict.allPassed() ? 0 : Double.NEGATIVE_INFINITY;
  }

  @Override
  public boolean passesOrFails() {
    return !fraction;
  }

  @Override
  public double logRewardBound() {
    return 0;
  }

  @Override
  public void logRewards(List<Candidate> complete, double[] out) {
    List<Future<Double>> rewards = new ArrayList<>();
    complete.forEach(candidate -> rewards.add(runs.submit(() -> logReward(candidate))));
    try {
      for (int i = 0; i < out.length && i < rewards.size(); i++) {
        out[i] = rewards.get(i).get();
      }
    } catch (InterruptedException e) {
      rewards.forEach(reward -> reward.cancel(true));
      Thread.currentThread().interrupt();
      throw new VerifierException("the verifier " + name + " was interrupted", e);
    } catch (ExecutionException e) {
      rewards.forEach(reward -> reward.cancel(true));
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new VerifierException("the verifier " + name + " failed: " + e.getCause(), e);
    }
  }

  @Override
  public Optional<String> reason(Candidate complete) {
    return Optional.of(judge(complete).reason()).filter(reason -> !reason.isEmpty());
  }

  /** The verdict on a complete response, with the reason of a failure. */
  public CodeVerdict judge(Candidate complete) {
    CodeBlocks.Found found = CodeBlocks.find(complete.text());
    Prompt prompt = complete.prompt();
    String before = withPrompt && prompt instanceof Prompt.Text given ? given.text() : "";
    CodeTests tests = tests(prompt);
    if (!complete.isWellFormed()) {
      return new CodeVerdict(
          0, tests.total(), "the text ends inside a character, or its bytes are not UTF-8");
    }
    if (!found.otherLanguage().isEmpty()) {
      String language = found.otherLanguage();
      return new CodeVerdict(0, tests.total(), "the code is in " + language + ", not in Python");
    }
    return tests.judge(sandbox, before, found.code());
  }

  private CodeTests tests(Prompt prompt) {
    try {
      String source =
          testsGiven.startsWith("@") ? fields.text("code", testsGiven, prompt) : testsGiven;
      return parsed.computeIfAbsent(
          source, text -> CodeTests.parse(fields.place(testsGiven.substring(1)), text));
    } catch (IllegalArgumentException e) {
      throw new VerifierException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    runs.shutdownNow();
  }
}
