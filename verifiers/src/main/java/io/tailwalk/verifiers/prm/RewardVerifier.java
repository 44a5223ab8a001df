package io.tailwalk.verifiers.prm;

import io.tailwalk.core.Addresses;
import io.tailwalk.core.ServerKey;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.verifiers.judge.JudgeTemplate;
import io.tailwalk.verifiers.spec.SpecOptions;
import io.tailwalk.verifiers.spec.TimeLimit;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process reward model behind HTTP. Its score of a prefix, between 0 and 1, is the prefix's
 * value, never below a floor, because a wrong zero would lose all completions of the prefix. For
 * complete texts the reward is the score, or 1 if the score only guides.
 */
public final class RewardVerifier implements Verifier {
  private static final Set<String> OPTIONS =
      Set.of("shape", "model", "key", "label", "link", "leaf", "floor", "template");
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final String SHAPES = "classify, pooling, rerank, tei-rerank, predict, chat";

  private final String name;
  private final SpecOptions options;
  private final RewardShape shape;
  private final RewardClient client;
  private final String template;
  private final boolean sigmoid;
  private final boolean guidesOnly;
  private final double floor;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

  RewardVerifier(
      String name, SpecOptions options, RewardShape shape, String template, RewardClient client) {
    this.name = name;
    this.options = options;
    this.shape = shape;
    this.template = template;
    this.client = client;
    this.sigmoid = options.choice("link", "none", "sigmoid").equals("sigmoid");
    this.guidesOnly = options.choice("leaf", "score", "pass").equals("pass");
    this.floor = floor(options);
  }

  /**
   * Parses the two halves of {@code prm[30s]:URL,shape=classify,model=NAME,key=VARIABLE}.
   *
   * @param kind {@code prm}, or with a time limit for each answer, {@code prm[30s]}
   * @param argument the address, then {@code shape=} (else by the address's end), {@code model=},
   *     {@code key=} (the environment variable with the key), {@code label=} (the good class),
   *     {@code link=none|sigmoid}, {@code leaf=score|pass}, {@code floor=}, {@code template=} (a
   *     file, for chats)
   * @throws IllegalArgumentException in one sentence if the specification is invalid
   */
  public static RewardVerifier ofSpec(String kind, String argument) {
    return ofSpec(kind, argument, System.getenv(), FIRST_WAIT);
  }

  static RewardVerifier ofSpec(
      String kind, String argument, Map<String, String> environment, Duration firstWait) {
    Duration limit = TimeLimit.of(kind).orElse(Duration.ofSeconds(30));
    requireOptionsOutsideQuery(argument);
    SpecOptions options = SpecOptions.parse("prm", argument, OPTIONS);
    URI address = address(options.first());
    String wanted = options.get("shape").orElse(address.getPath());
    RewardShape shape =
        RewardShape.of(wanted)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "prm: the shape \""
                        + wanted
                        + "\" is unknown; add shape= and one of: "
                        + SHAPES));
    Optional<String> key = options.get("key").map(variable -> secret(variable, environment));
    String template = JudgeTemplate.read("prm", options.get("template"));
    String name = kind + ":" + Addresses.shown(options.first()) + afterAddress(argument);
    return new RewardVerifier(
        name,
        options,
        shape,
        template,
        new RewardClient(name, address, shape, key, limit, firstWait));
  }

  private static URI address(String text) {
    try {
      var address = new URI(text);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (web && address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(badAddress(text), e);
    }
    throw new IllegalArgumentException(badAddress(text));
  }

  private static String badAddress(String text) {
    return "prm: needs an address like http://localhost:8000/classify (a key goes into key=VARIABLE), got "
        + Addresses.shown(text);
  }

  private static String afterAddress(String argument) {
    int comma = argument.indexOf(',');
    return comma < 0 ? "" : argument.substring(comma);
  }

  // What follows a comma of a query or a password may be half a key, so it is not repeated.
  private static void requireOptionsOutsideQuery(String argument) {
    boolean mayHoldKey = argument.chars().anyMatch(c -> "?#;@".indexOf(c) >= 0);
    boolean unknown =
        Arrays.stream(argument.split(",", -1))
            .skip(1)
            .anyMatch(option -> !OPTIONS.contains(option.replaceFirst("(?s)=.*", "").strip()));
    if (mayHoldKey && unknown) {
      throw new IllegalArgumentException(
          "prm: the text after a comma is not an option; valid options are "
              + String.join(", ", OPTIONS.stream().sorted().toList())
              + "; write a comma of the address as %2C");
    }
  }

  private static String secret(String variable, Map<String, String> environment) {
    try {
      return ServerKey.ofVariable(variable, environment::get);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("prm: " + e.getMessage(), e);
    }
  }

  private static double floor(SpecOptions options) {
    String text = options.get("floor").orElse("0.001");
    double floor;
    try {
      floor = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      floor = Double.NaN;
    }
    if (floor > 0 && floor < 1) {
      return floor;
    }
    throw new IllegalArgumentException("prm: floor=" + text + " is not a number between 0 and 1");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double logReward(Candidate complete) {
    double[] out = new double[1];
    logRewards(List.of(complete), out);
    return out[0];
  }

  @Override
  public void logRewards(List<Candidate> complete, double[] out) {
    if (guidesOnly) {
      Arrays.fill(out, 0, complete.size(), 0.0);
    } else {
      ask(complete, out, 0);
    }
  }

  @Override
  public ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    return guidesOnly ? _ -> 0.0 : Verifier.super.childLogRewards(prefix, reason);
  }

  @Override
  public ValueFunction prefixValue() {
    return new ValueFunction() {
      @Override
      public double logValue(Candidate prefix) {
        double[] out = new double[1];
        logValues(List.of(prefix), out);
        return out[0];
      }

      @Override
      public void logValues(List<Candidate> prefixes, double[] out) {
        ask(prefixes, out, floor);
      }
    };
  }

  /** Batches of one prompt each, requested concurrently. */
  private void ask(List<Candidate> candidates, double[] out, double least) {
    Map<String, List<Integer>> byPrompt = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      String prompt = JudgeTemplate.text(candidates.get(i).prompt());
      byPrompt.computeIfAbsent(prompt, _ -> new ArrayList<>()).add(i);
    }
    List<Future<?>> answers = new ArrayList<>();
    byPrompt.forEach((prompt, places) -> {
      for (int from = 0; from < places.size(); from += shape.maxBatch()) {
        List<Integer> batch =
            places.subList(from, Math.min(places.size(), from + shape.maxBatch()));
        answers.add(requests.submit(() -> askBatch(prompt, batch, candidates, out, least)));
      }
    });
    await(answers);
  }

  private void askBatch(
      String prompt, List<Integer> places, List<Candidate> all, double[] out, double least) {
    List<String> completions = places.stream().map(place -> all.get(place).text()).toList();
    var query =
        new RewardQuery(prompt, completions, options.get("model"), options.get("label"), template);
    double[] scores = client.scores(query);
    for (int i = 0; i < scores.length; i++) {
      double score = sigmoid ? 1 / (1 + Math.exp(-scores[i])) : scores[i];
      if (!(score >= 0 && score <= 1)) {
        throw new VerifierException(
            "the verifier "
                + name
                + " gave the score "
                + scores[i]
                + ", not between 0 and 1; add link=sigmoid");
      }
      out[places.get(i)] = Math.log(Math.max(least, score));
    }
  }

  private void await(List<Future<?>> answers) {
    try {
      for (Future<?> answer : answers) {
        answer.get();
      }
    } catch (InterruptedException e) {
      answers.forEach(answer -> answer.cancel(true));
      Thread.currentThread().interrupt();
      throw new VerifierException("the verifier " + name + " was interrupted", e);
    } catch (ExecutionException e) {
      answers.forEach(answer -> answer.cancel(true));
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new VerifierException("the verifier " + name + " failed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    requests.shutdownNow();
    client.close();
  }
}
