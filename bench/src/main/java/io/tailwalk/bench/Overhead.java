package io.tailwalk.bench;

import com.sun.management.ThreadMXBean;
import io.tailwalk.core.Exponentials;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a distribution costs beyond the model, with a model that costs nothing: processor time in
 * passes, one of which takes the exponential of every score and adds them, and bytes allocated.
 * Each figure is the median of several runs of one process. Arguments: sizes of vocabularies.
 */
public final class Overhead {
  /** Tokens of a completion. */
  static final int LENGTH = 32;

  private static final int TOKENS = 3_000;
  private static final int RUNS = 5;
  private static final int PASSES = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Overhead() {}

  /** Prints a table for each vocabulary, and all of them as JSON on the last line. */
  public static void main(String[] args) {
    int[] sizes =
        args.length == 0
            ? new int[] {49_152, 151_936}
            : Arguments.read(
                "bench/overhead",
                () ->
                    Arrays.stream(args)
                        .mapToInt(size -> Arguments.vocabulary("VOCABULARY", size))
                        .toArray());
    List<String> json = new ArrayList<>();
    for (int size : sizes) {
      table(size, json);
    }
    System.out.println("{\"overhead\": [" + String.join(", ", json) + "]}");
  }

  private static void table(int size, List<String> json) {
    Vocabulary vocabulary = FreeModel.words(size);
    var model = new FreeModel(size, LENGTH);
    double pass = pass(model);
    System.out.printf(
        Locale.ROOT,
        "vocabulary %,d: one pass takes %.3f ms of processor time%n",
        size,
        pass / 1e6);
    System.out.println("| sampler | passes a distribution | kB a distribution |");
    System.out.println("|---|---|---|");
    samplers()
        .forEach((name, sampler) -> {
          ExpansionRule rule =
              name.endsWith("16 children")
                  ? new ExpansionRule.Sample(16, 1)
                  : new ExpansionRule.Enumerate();
          double[] times = new double[RUNS];
          double[] bytes = new double[RUNS];
          for (int run = -1; run < RUNS; run++) {
            Spent spent = run(vocabulary, model, sampler.get(), rule, run + 1, TOKENS);
            if (run >= 0) {
              times[run] = spent.nanos() / pass;
              bytes[run] = spent.bytes() / 1e3;
            }
          }
          double passes = median(times);
          double kilobytes = median(bytes);
          System.out.printf(Locale.ROOT, "| %s | %.2f | %.1f |%n", name, passes, kilobytes);
          json.add(
              String.format(
                  Locale.ROOT,
                  "{\"vocabulary\": %d, \"sampler\": \"%s\", \"passes\": %.5g, \"kb\": %.5g}",
                  size,
                  name,
                  passes,
                  kilobytes));
        });
  }

  /**
   * What a run spent for each model token.
   *
   * @param nanos processor time
   * @param bytes allocated
   * @param calls of the model
   */
  record Spent(double nanos, double bytes, double calls) {}

  static Map<String, Supplier<Sampler>> samplers() {
    Map<String, Supplier<Sampler>> samplers = new LinkedHashMap<>();
    samplers.put("best-of-n", Samplers::bestOfN);
    samplers.put("smc", Samplers::smc);
    samplers.put("vgb", Samplers::vgb);
    samplers.put("vgb-momentum", Samplers::vgbMomentum);
    samplers.put("auto", Samplers::auto);
    samplers.put("vgb-momentum, 16 children", Samplers::vgbMomentum);
    return samplers;
  }

  static Spent run(
      Vocabulary vocabulary,
      FreeModel model,
      Sampler sampler,
      ExpansionRule rule,
      long seed,
      long tokens) {
    SamplingProblem problem = FreeModel.problem(vocabulary, model, rule);
    RunOptions options = RunOptions.of(8, Budget.ofModelTokens(tokens), seed).toTheEndOfTheBudget();
    long time = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    Sampling sampling = sampler.run(problem, options, SamplingListener.NONE);
    double used = sampling.cost().modelTokens();
    return new Spent(
        (THREADS.getCurrentThreadCpuTime() - time) / used,
        (THREADS.getCurrentThreadAllocatedBytes() - allocated) / used,
        sampling.cost().modelCalls() / used);
  }

  /** Nanoseconds of one pass: the largest score, then the sum of exponentials. */
  static double pass(FreeModel model) {
    var exponentials = new Exponentials();
    double[] times = new double[RUNS];
    double sink = 0;
    for (int run = -2; run < RUNS; run++) {
      long time = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < PASSES; i++) {
        sink += ExpPass.sum(model.table(i), exponentials);
      }
      if (run >= 0) {
        times[run] = (double) (THREADS.getCurrentThreadCpuTime() - time) / PASSES;
      }
    }
    if (Double.isNaN(sink)) {
      throw new IllegalStateException("the sum is not a number");
    }
    return median(times);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
