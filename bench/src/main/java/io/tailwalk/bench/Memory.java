package io.tailwalk.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.ThreadMXBean;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * What a long run takes: memory that survives a garbage collection at its peak, processor time, the
 * part of the budget that was used, and what ended the run. The model costs nothing and its scores
 * take the memory of a real one; the tree has half of the heap, as in the commands. Arguments:
 * model tokens, then names of samplers, or none for all.
 */
public final class Memory {
  /** Tokens of the vocabulary; the property {@code vocabulary} sets another number. */
  private static final int VOCABULARY = Integer.getInteger("vocabulary", 49_152);

  private Memory() {}

  /** Prints a row for each sampler. */
  public static void main(String[] args) {
    long tokens = args.length == 0 ? 1_000_000 : Long.parseLong(args[0]);
    List<String> names =
        args.length < 2 ? Samplers.names() : List.of(Arrays.copyOfRange(args, 1, args.length));
    Vocabulary vocabulary = FreeModel.words(VOCABULARY);
    var tables = new FreeModel(VOCABULARY, Overhead.LENGTH);
    AtomicLong peak = watch();
    System.out.printf(
        Locale.ROOT,
        "vocabulary %,d, heap of %,d MiB%n",
        VOCABULARY,
        Runtime.getRuntime().maxMemory() >> 20);
    System.out.println(
        "| sampler | peak, MiB | CPU, s | used of the budget | evaluated again | ended by |");
    System.out.println("|---|---|---|---|---|---|");
    for (String name : names) {
      System.gc();
      peak.set(0);
      long start = cpu();
      String result;
      try {
        result = row(run(vocabulary, tables, name, tokens, treeBytes()), tokens);
      } catch (OutOfMemoryError e) {
        result = "| | out of memory |";
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.1f %s%n",
          name,
          peak.get() >> 20,
          (cpu() - start) / 1e9,
          result);
    }
  }

  private static String row(Sampling sampling, long tokens) {
    return String.format(
        Locale.ROOT,
        "| %.3f | %,.0f | %s |",
        sampling.cost().modelTokens() / (double) tokens,
        sampling.diagnostics().counts().getOrDefault("recomputed_tokens", 0.0),
        sampling.stopReason().wireName());
  }

  /** The tree's memory in a command. */
  private static long treeBytes() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  static Sampling run(
      Vocabulary vocabulary, FreeModel tables, String sampler, long tokens, long treeBytes) {
    SamplingProblem problem =
        FreeModel.problem(vocabulary, tables.fresh(), new ExpansionRule.Enumerate());
    Budget budget = Budget.ofModelTokens(tokens).withTreeBytes(treeBytes);
    return Samplers.create(sampler, Map.of())
        .run(problem, RunOptions.of(8, budget, 1).toTheEndOfTheBudget(), SamplingListener.NONE);
  }

  private static long cpu() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadCpuTime();
  }

  /** The largest heap after a collection. */
  private static AtomicLong watch() {
    var peak = new AtomicLong();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, _) -> {
                var info =
                    GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData());
                long used =
                    info.getGcInfo().getMemoryUsageAfterGc().values().stream()
                        .mapToLong(MemoryUsage::getUsed)
                        .sum();
                peak.accumulateAndGet(used, Math::max);
              },
              null,
              null);
    }
    return peak;
  }
}
