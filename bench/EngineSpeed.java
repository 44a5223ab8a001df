import com.sun.management.OperatingSystemMXBean;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.llama.ffi.ContextSettings;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.llama.ffi.NativeContext;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.ffi.WeightSettings;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Samplers next to plain decoding by the same library; see bench/engine. */
final class EngineSpeed {
  private static final int LENGTH = 32;
  private static final int CELL_STEP = 256;
  private static final int F32 = 0;
  private static final int[] WALKS = {1, 16, 64};
  private static final String PROMPT = "Once upon a time";
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private EngineSpeed() {}

  /** Processor time and calls of the engine for each model token. */
  private record Spent(double nanos, double calls) {}

  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    try {
      compare(file, args[1], Integer.parseInt(args[2]));
    } catch (ModelException e) {
      System.err.println("bench/engine: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void compare(Path file, String named, int repeats) {
    boolean embedded = named.equals("embedded");
    LlamaOptions options = LlamaOptions.DEFAULTS.withThreads(1).withTrust(true);
    if (!embedded) {
      options = options.withLibrary(Path.of(named));
    }
    LlamaLibrary library = embedded ? LlamaLibrary.embedded() : LlamaLibrary.of(Path.of(named));
    List<String> json = new ArrayList<>();
    try (LlamaModel model = LlamaModel.open(file, options);
        NativeModel plain =
            NativeModel.load(library, file, WeightSettings.onProcessor(options.memoryMap()))) {
      System.out.println(
          "| walks | sampler | processor time to plain decoding | calls of the engine a token |");
      System.out.println("|---|---|---|---|");
      for (int walks : WALKS) {
        compare(model, plain, walks, repeats, json);
      }
    }
    System.out.println("{\"engine\": [" + String.join(", ", json) + "]}");
  }

  private static void compare(
      LlamaModel model, NativeModel plain, int walks, int repeats, List<String> json) {
    Map<String, Map<String, String>> samplers = new LinkedHashMap<>();
    samplers.put("best-of-n", Map.of("parallel", "" + walks));
    if (walks > 1) {
      samplers.put("smc", Map.of("particles", "" + walks));
    }
    samplers.put("vgb-momentum", Map.of("walks", "" + walks));
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    Map<String, List<Double>> calls = new LinkedHashMap<>();
    for (int repeat = -1; repeat < repeats; repeat++) {
      double limit = plain(model, plain, walks);
      for (String name : samplers.keySet()) {
        Spent spent = run(model, name, samplers.get(name), walks, repeat + 1);
        if (repeat >= 0) {
          ratios.computeIfAbsent(name, _ -> new ArrayList<>()).add(spent.nanos() / limit);
          calls.computeIfAbsent(name, _ -> new ArrayList<>()).add(spent.calls());
        }
      }
    }
    for (String name : samplers.keySet()) {
      double ratio = median(ratios.get(name));
      double call = median(calls.get(name));
      System.out.printf(Locale.ROOT, "| %d | %s | %.2f | %.3f |%n", walks, name, ratio, call);
      json.add(
          String.format(
              Locale.ROOT,
              "{\"walks\": %d, \"sampler\": \"%s\", \"cpu\": %.4f, \"calls\": %.4f}",
              walks,
              name,
              ratio,
              call));
    }
  }

  /** Nanoseconds of the processor for each token of so many sequences that advance together. */
  private static double plain(LlamaModel model, NativeModel plain, int walks) {
    int[] prompt = model.encode(Prompt.text(PROMPT));
    int cells = Math.ceilDiv(prompt.length + walks * LENGTH, CELL_STEP) * CELL_STEP;
    int batch = Math.min(cells, LlamaOptions.DEFAULTS.batchTokens());
    var settings = new ContextSettings(cells, batch, walks, 1, F32);
    try (var context = new NativeContext(plain, settings)) {
      for (int i = 0; i < prompt.length; i++) {
        context.add(prompt[i], i, -1L >>> (64 - walks), i == prompt.length - 1);
      }
      require(context.decode());
      long start = SYSTEM.getProcessCpuTime();
      for (int step = 0; step < LENGTH; step++) {
        context.clearBatch();
        for (int walk = 0; walk < walks; walk++) {
          int token = (31 * step + 17 * walk) % plain.size();
          context.add(token, prompt.length + step, 1L << walk, true);
        }
        require(context.decode());
      }
      return (double) (SYSTEM.getProcessCpuTime() - start) / (walks * LENGTH);
    }
  }

  private static void require(int code) {
    if (code != 0) {
      throw new IllegalStateException("decode call ended with " + code);
    }
  }

  private static Spent run(
      LlamaModel model, String name, Map<String, String> parameters, int walks, long seed) {
    Prompt prompt = Prompt.text(PROMPT);
    var options = new ContextOptions(LENGTH, walks);
    try (ModelContext context = model.open(model.encode(prompt), options)) {
      var verifier = Verifiers.avoid("e");
      var problem =
          new SamplingProblem(
              prompt,
              model.vocabulary(),
              context,
              verifier,
              verifier.prefixValue(),
              new ExpansionRule.Enumerate(),
              LENGTH,
              List.of());
      Budget budget = Budget.ofModelTokens((long) Math.max(walks, 4) * LENGTH);
      RunOptions run = RunOptions.of(walks, budget, seed).toTheEndOfTheBudget();
      long start = SYSTEM.getProcessCpuTime();
      var cost = Samplers.create(name, parameters).run(problem, run, SamplingListener.NONE).cost();
      double tokens = cost.modelTokens();
      return new Spent((SYSTEM.getProcessCpuTime() - start) / tokens, cost.decodeCalls() / tokens);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
    return sorted.get(sorted.size() / 2);
  }
}
