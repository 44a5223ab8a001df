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
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * What a long run takes: memory that survives a garbage collection at its peak, processor time, the
 * part of the budget that was used, and what ended the run. The model costs nothing and its scores
 * take the memory of a real one; the tree has half of the heap, as in the commands. Arguments:
 * model tokens, then names of samplers, or none for all. The property {@code vocabulary} sets
 * another number of tokens of the vocabulary.
 */
public final class Memory {
  private static final long MOST_TOKENS = 1_000_000_000;

  private Memory() {}

  /** What the arguments ask for. */
  private record Wanted(int vocabulary, long tokens, List<String> samplers) {}

  /** Prints a row for each sampler, and all of them as JSON on the last line. */
  public static void main(String[] args) {
    Wanted wanted = Arguments.read("bench/memory", () -> wanted(args));
    long tokens = wanted.tokens();
    Vocabulary vocabulary = FreeModel.words(wanted.vocabulary());
    var tables = new FreeModel(wanted.vocabulary(), Overhead.LENGTH);
    AtomicLong peak = watch();
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    System.out.printf(Locale.ROOT, "vocabulary %,d, heap of %,d MiB%n", wanted.vocabulary(), heap);
    System.out.println(
        "| sampler | peak, MiB | CPU, s | used of the budget | evaluated again | ended by |");
    System.out.println("|---|---|---|---|---|---|");
    List<String> json = new ArrayList<>();
    for (String name : wanted.samplers()) {
      System.gc();
      peak.set(0);
      long start = cpu();
      Optional<Sampling> sampling = sampling(vocabulary, tables, name, tokens);
      json.add(row(name, peak.get() >> 20, (cpu() - start) / 1e9, sampling, tokens));
    }
    System.out.printf(
        Locale.ROOT,
        "{\"memory\": [%s], \"vocabulary\": %d, \"model_tokens\": %d, \"heap_mib\": %d}%n",
        String.join(", ", json),
        wanted.vocabulary(),
        tokens,
        heap);
  }

  private static Wanted wanted(String[] args) {
    List<String> names =
        args.length < 2 ? Samplers.names() : List.of(Arrays.copyOfRange(args, 1, args.length));
    names.forEach(name -> Samplers.create(name, Map.of()));
    return new Wanted(
        Arguments.vocabulary("-Dvocabulary", System.getProperty("vocabulary", "49152")),
        args.length == 0 ? 1_000_000 : Arguments.number("MODEL-TOKENS", args[0], 1, MOST_TOKENS),
        names);
  }

  /** A run; empty if it was out of memory. */
  private static Optional<Sampling> sampling(
      Vocabulary vocabulary, FreeModel tables, String name, long tokens) {
    try {
      return Optional.of(run(vocabulary, tables, name, tokens, treeBytes()));
    } catch (OutOfMemoryError e) {
      return Optional.empty();
    }
  }

  /** Prints a row, and returns its JSON. */
  private static String row(
      String name, long peak, double seconds, Optional<Sampling> sampling, long tokens) {
    System.out.printf(Locale.ROOT, "| %s | %d | %.1f |", name, peak, seconds);
    String used = "null";
    String again = "null";
    String end = "out of memory";
    if (sampling.isPresent()) {
      Sampling made = sampling.get();
      used = String.format(Locale.ROOT, "%.3f", made.cost().modelTokens() / (double) tokens);
      double recomputed = made.diagnostics().counts().getOrDefault("recomputed_tokens", 0.0);
      again = String.format(Locale.ROOT, "%.0f", recomputed);
      end = made.stopReason().wireName();
      System.out.printf(Locale.ROOT, " %s | %,.0f | %s |%n", used, recomputed, end);
    } else {
      System.out.printf(" | | %s |%n", end);
    }
    return String.format(
        Locale.ROOT,
        "{\"sampler\": \"%s\", \"peak_mib\": %d, \"cpu_s\": %.1f, \"used\": %s,"
            + " \"evaluated_again\": %s, \"ended_by\": \"%s\"}",
        name,
        peak,
        seconds,
        used,
        again,
        end);
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

  /**
   * The largest heap after a collection. A collection also reports the pools outside the heap, of
   * classes and compiled code, which the limit of the heap does not count.
   */
  private static AtomicLong watch() {
    var peak = new AtomicLong();
    Set<String> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, _) -> {
                var info =
                    GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData());
                long used =
                    info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> heap.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
                peak.accumulateAndGet(used, Math::max);
              },
              null,
              null);
    }
    return peak;
  }
}
