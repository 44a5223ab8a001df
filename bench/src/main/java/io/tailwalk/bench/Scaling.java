package io.tailwalk.bench;

import com.sun.management.ThreadMXBean;
import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongToDoubleFunction;

/**
 * How cost grows, with a model that costs nothing: processor time for each model token as a
 * multiple of that at the first value of a row, medians of several runs; and how many model tokens
 * an estimate needs as the success probability falls. See bench/scaling.
 */
public final class Scaling {
  private static final int VOCABULARY = 4_096;
  private static final int LENGTH = 32;
  private static final long TOKENS = 8_000;
  private static final int N = 8;
  private static final int RUNS = 5;
  private static final int PROMPTS = 16;
  private static final int SEEDS = 20;
  private static final long BUDGET_OF_ESTIMATE = 4_000;
  private static final double WANTED_ERROR = 0.1;
  private static final List<String> NAMES = List.of("best-of-n", "smc", "vgb-momentum", "auto");
  private static final Vocabulary WORDS = FreeModel.words(VOCABULARY);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<String> json = new ArrayList<>();

  private Scaling() {}

  /** Prints a table for each quantity, and all of them as JSON on the last line. */
  public static void main(String[] args) {
    var scaling = new Scaling();
    scaling.table(
        "completions of a prompt",
        new long[] {1, 16, 64, 256},
        name -> n -> median(seed -> perToken(name, (int) n, LENGTH, TOKENS, seed)));
    scaling.table(
        "tokens of a completion",
        new long[] {16, 32, 128, 512},
        name -> length -> median(seed -> perToken(name, N, (int) length, 4 * TOKENS, seed)));
    scaling.table(
        "budget in model tokens",
        new long[] {1_000, 10_000, 100_000, 1_000_000},
        name ->
            tokens ->
                tokens < 100_000
                    ? median(seed -> perToken(name, N, LENGTH, tokens, seed))
                    : perToken(name, N, LENGTH, tokens, 1));
    scaling.table(
        "threads, 16 prompts",
        new long[] {1, 2, 4, 8},
        name -> threads -> median(seed -> onThreads(name, (int) threads, seed)));
    scaling.estimates();
    System.out.println("{\"scaling\": [" + String.join(", ", scaling.json) + "]}");
  }

  /** The cost of a sampler at a value. */
  private interface Costs {
    LongToDoubleFunction of(String sampler);
  }

  private void table(String what, long[] values, Costs costs) {
    System.out.printf("%n| %s | %s |%n", what, join(values));
    System.out.println("|---|" + "---|".repeat(values.length));
    for (String name : NAMES) {
      LongToDoubleFunction cost = costs.of(name);
      var _ = cost.applyAsDouble(values[0]);
      double[] ratios = Arrays.stream(values).mapToDouble(cost).toArray();
      double first = ratios[0];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] /= first;
      }
      row(what, name, values, ratios, "%.2f");
    }
  }

  private void row(String what, String name, long[] values, double[] figures, String form) {
    StringBuilder line = new StringBuilder("| `" + name + "` |");
    for (int i = 0; i < figures.length; i++) {
      line.append(' ').append(String.format(Locale.ROOT, form, figures[i])).append(" |");
      json.add(
          String.format(
              Locale.ROOT,
              "{\"of\": \"%s\", \"sampler\": \"%s\", \"value\": %d, \"figure\": %.5g}",
              what,
              name,
              values[i],
              figures[i]));
    }
    System.out.println(line);
  }

  private static String join(long[] values) {
    return String.join(
        " | ", Arrays.stream(values).mapToObj(v -> String.format(Locale.ROOT, "%,d", v)).toList());
  }

  private static double perToken(String name, int n, int length, long tokens, long seed) {
    long start = THREADS.getCurrentThreadCpuTime();
    double used = run(name, n, length, tokens, seed);
    return (THREADS.getCurrentThreadCpuTime() - start) / used;
  }

  private static double run(String name, int n, int length, long tokens, long seed) {
    SamplingProblem problem =
        FreeModel.problem(WORDS, new FreeModel(VOCABULARY, length), new ExpansionRule.Enumerate());
    Budget budget =
        Budget.ofModelTokens(tokens).withTreeBytes(Runtime.getRuntime().maxMemory() / 2);
    RunOptions options = RunOptions.of(n, budget, seed).toTheEndOfTheBudget();
    return Samplers.create(name, Map.of())
        .run(problem, options, SamplingListener.NONE)
        .cost()
        .modelTokens();
  }

  /** Processor time of all threads for each token of prompts that run side by side. */
  private static double onThreads(String name, int threads, long seed) {
    List<double[]> spent = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<double[]>> runs = new ArrayList<>();
      for (int prompt = 0; prompt < PROMPTS; prompt++) {
        long own = seed * PROMPTS + prompt;
        runs.add(
            pool.submit(() -> {
              long start = THREADS.getCurrentThreadCpuTime();
              double tokens = run(name, N, LENGTH, TOKENS / 4, own);
              return new double[] {THREADS.getCurrentThreadCpuTime() - start, tokens};
            }));
      }
      for (Future<double[]> run : runs) {
        spent.add(run.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a run failed", e);
    }
    double time = spent.stream().mapToDouble(each -> each[0]).sum();
    return time / spent.stream().mapToDouble(each -> each[1]).sum();
  }

  /**
   * Model tokens to a relative error of a tenth, extrapolated by the square root from the root mean
   * square error of 20 seeds with 4,000 tokens each, on strings of two kinds of brackets that must
   * be balanced; every value is off by an independent factor with a log of standard deviation 0.5.
   */
  private void estimates() {
    int[] lengths = {6, 16, 32, 48, 64, 88};
    List<Problem> problems = new ArrayList<>();
    double[] logs = new double[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      Problem exact = DyckProblems.exact(new DyckLanguage(lengths[i], lengths[i] / 2));
      logs[i] = logSuccess(lengths[i]);
      problems.add(DyckProblems.withIidError(exact, 0.5, 1));
    }
    System.out.printf("%n| model tokens to 10%% error at a success probability of |");
    for (double log : logs) {
      System.out.printf(Locale.ROOT, " %.0e |", Math.exp(log));
    }
    System.out.printf("%n|---|%s%n", "---|".repeat(logs.length));
    long[] names = Arrays.stream(lengths).asLongStream().toArray();
    for (String name : NAMES.subList(1, NAMES.size())) {
      double[] tokens = new double[lengths.length];
      for (int i = 0; i < lengths.length; i++) {
        double error = error(problems.get(i), name, Math.exp(logs[i]));
        tokens[i] = BUDGET_OF_ESTIMATE * Math.pow(error / WANTED_ERROR, 2);
      }
      row("model tokens to 10% error at a length", name, names, tokens, "%.0f");
    }
  }

  /** Log of the probability that uniform brackets are balanced: {@code C_h 2^h / 4^2h}, h pairs. */
  private static double logSuccess(int length) {
    int pairs = length / 2;
    double log = pairs * Math.log(2) - length * Math.log(4) - Math.log(pairs + 1);
    for (int i = 1; i <= pairs; i++) {
      log += Math.log(pairs + i) - Math.log(i);
    }
    return log;
  }

  private static double error(Problem problem, String name, double success) {
    double squares = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      double value = sampling(problem, name, seed, BUDGET_OF_ESTIMATE).successProbability().value();
      squares += Math.pow(value / success - 1, 2);
    }
    return Math.sqrt(squares / SEEDS);
  }

  private static Sampling sampling(Problem problem, String name, long seed, long tokens) {
    var model = problem.model();
    int[] prompt = model.encode(problem.prompt());
    try (ModelContext context =
        model.open(prompt, new ContextOptions(problem.maxTokens(), PROMPTS))) {
      var sampled =
          new SamplingProblem(
              problem.prompt(),
              model.vocabulary(),
              context,
              problem.verifier(),
              problem.value(),
              new ExpansionRule.Enumerate(),
              problem.maxTokens(),
              List.of());
      RunOptions options =
          RunOptions.of(N, Budget.ofModelTokens(tokens), seed).toTheEndOfTheBudget();
      return Samplers.create(name, Map.of()).run(sampled, options, SamplingListener.NONE);
    }
  }

  private static double median(IntToDoubleFunction run) {
    double[] values = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      values[i] = run.applyAsDouble(i + 1);
    }
    Arrays.sort(values);
    return values[RUNS / 2];
  }
}
