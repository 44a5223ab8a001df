import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.models.EngineSettings;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.verifiers.VerifierSpecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Model tokens that an estimate of the success probability needs; see bench/efficiency. */
final class Efficiency {
  private static final double WANTED_ERROR = 0.1;
  private static final int RESAMPLES = 2_000;
  private static final int COMPLETIONS = 8;
  private static final int PARALLEL = 64;

  /** Of long runs, whose estimates are the references. */
  private static final long REFERENCE_SEED = 0;

  private static final List<String> OF_REFERENCES = List.of("smc", "auto");
  private static final EngineSettings ONE_PASS_ATTENTION =
      new EngineSettings(
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          true,
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          List.of());
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": ?(?:\"([^\"]*)\"|([^,}]+))");

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final String model;
  private final Path results;

  /**
   * A run.
   *
   * @param value its estimate, or the estimate's relative error
   * @param tokens model tokens it used
   */
  private record Run(double value, double tokens) {}

  /** Estimates of the long runs, by cell and sampler. */
  private final Map<String, Map<String, Double>> references = new LinkedHashMap<>();

  /** Estimates of the seeds, by cell and sampler. */
  private final Map<String, Map<String, TreeMap<Long, Run>>> estimates = new LinkedHashMap<>();

  private Efficiency(String model, Path results, String[] pairs) {
    this.model = model;
    this.results = results;
    settings.put("prompts", "4");
    settings.put("seeds", "20");
    settings.put("first-seed", "1");
    settings.put("budget", "4000");
    settings.put("max-tokens", "16");
    settings.put("samplers", "smc,vgb-momentum,auto");
    settings.put("reference-budget", "0");
    settings.put("cells", "");
    settings.put("until", "");
    settings.put("lib", "");
    settings.put("flash-attn", "off");
    for (String pair : pairs) {
      String[] parts = pair.split("=", 2);
      if (parts.length < 2 || settings.replace(parts[0], parts[1]) == null) {
        throw new IllegalArgumentException(pair + " is none of " + settings.keySet() + " = value");
      }
    }
  }

  public static void main(String[] args) throws IOException {
    try {
      String[] pairs = Arrays.copyOfRange(args, 2, args.length);
      var bench = new Efficiency(args[0], Path.of(args[1]), pairs);
      bench.read();
      bench.measure();
      bench.report();
    } catch (IllegalArgumentException | DateTimeException | UncheckedIOException e) {
      System.err.println("bench/efficiency: " + e.getMessage());
      System.exit(2);
    }
  }

  private int number(String name) {
    try {
      return Integer.parseInt(settings.get(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is no number: " + settings.get(name), e);
    }
  }

  private boolean isOn(String name) {
    return switch (settings.get(name)) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new IllegalArgumentException(name + " is neither on nor off: " + settings.get(name));
    };
  }

  private List<String> samplers() {
    return List.of(settings.get("samplers").split(","));
  }

  private void read() throws IOException {
    if (Files.exists(results)) {
      for (String line : Files.readAllLines(results)) {
        Map<String, String> fields = fields(line);
        if (!fields.keySet().containsAll(List.of("model", "budget", "seed", "tokens", "estimate"))) {
          throw new IllegalArgumentException(results + " has lines of another program; name another file");
        }
        if (!fields.get("model").equals(model)) {
          throw new IllegalArgumentException(
              results + " has runs of " + fields.get("model") + "; name a file for each model");
        }
        if (!fields.get("max_tokens").equals(settings.get("max-tokens"))) {
          continue;
        }
        String cell = fields.get("prompt") + "/" + fields.get("constraint");
        long seed = Long.parseLong(fields.get("seed"));
        double estimate = Double.parseDouble(fields.get("estimate"));
        if (seed == REFERENCE_SEED && fields.get("budget").equals(settings.get("reference-budget"))) {
          keepReference(cell, fields.get("sampler"), estimate);
        } else if (wanted(seed) && fields.get("budget").equals(settings.get("budget"))) {
          double tokens = Double.parseDouble(fields.get("tokens"));
          keep(cell, fields.get("sampler"), seed, new Run(estimate, tokens));
        }
      }
    }
  }

  private boolean wanted(long seed) {
    return seed >= number("first-seed") && seed < (long) number("first-seed") + number("seeds");
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(line);
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
    }
    return fields;
  }

  private void keep(String cell, String sampler, long seed, Run run) {
    estimates
        .computeIfAbsent(cell, _ -> new LinkedHashMap<>())
        .computeIfAbsent(sampler, _ -> new TreeMap<>())
        .put(seed, run);
  }

  private void keepReference(String cell, String sampler, double estimate) {
    references.computeIfAbsent(cell, _ -> new LinkedHashMap<>()).put(sampler, estimate);
  }

  /** Seed by seed, so that an interrupted run has the same seeds of all cells and samplers. */
  private void measure() throws IOException {
    List<String> prompts = Files.readAllLines(Path.of("bench/default-sampler-prompts.jsonl"));
    List<String> verifiers = Files.readAllLines(Path.of("bench/default-sampler-constraints.jsonl"));
    ModelSettings opening = ModelSettings.DEFAULT;
    if (!settings.get("lib").isEmpty()) {
      opening = opening.withLibrary(Path.of(settings.get("lib")));
    }
    if (isOn("flash-attn")) {
      opening = opening.withEngine(ONE_PASS_ATTENTION);
    }
    try (var session = Tailwalk.open(model, opening)) {
      LanguageModel opened = session.model();
      List<Long> seeds = new ArrayList<>();
      if (number("reference-budget") > 0) {
        seeds.add(REFERENCE_SEED);
      }
      long first = number("first-seed");
      for (long seed = first; seed < first + number("seeds"); seed++) {
        seeds.add(seed);
      }
      for (long seed : seeds) {
        for (String prompt : prompts.subList(0, Math.min(prompts.size(), number("prompts")))) {
          for (String verifier : verifiers) {
            for (String sampler : seed == REFERENCE_SEED ? OF_REFERENCES : samplers()) {
              if (late()) {
                return;
              }
              run(opened, fields(prompt), fields(verifier), sampler, seed);
            }
          }
        }
      }
    }
  }

  private boolean late() {
    String until = settings.get("until");
    return !until.isEmpty() && LocalTime.now().isAfter(LocalTime.parse(until));
  }

  private void run(
      LanguageModel opened,
      Map<String, String> prompt,
      Map<String, String> constraint,
      String sampler,
      long seed)
      throws IOException {
    String cell = prompt.get("id") + "/" + constraint.get("id");
    boolean isReference = seed == REFERENCE_SEED;
    if (!cell.contains(settings.get("cells"))
        || isReference && references.getOrDefault(cell, Map.of()).containsKey(sampler)) {
      return;
    }
    if (estimates.getOrDefault(cell, Map.of()).getOrDefault(sampler, new TreeMap<>()).containsKey(seed)) {
      return;
    }
    Verifier verifier = VerifierSpecs.parse(constraint.get("verifier"));
    int budget = number(isReference ? "reference-budget" : "budget");
    Sampling sampling =
        sampling(opened, Prompt.text(prompt.get("prompt")), verifier, sampler, seed, budget);
    Estimate estimate = sampling.successProbability();
    if (isReference) {
      keepReference(cell, sampler, estimate.value());
    } else {
      keep(cell, sampler, seed, new Run(estimate.value(), sampling.cost().modelTokens()));
    }
    String line =
        String.format(
            Locale.ROOT,
            "{\"model\": \"%s\", \"prompt\": \"%s\", \"constraint\": \"%s\", \"sampler\": \"%s\", \"seed\": %d,"
                + " \"budget\": %d, \"max_tokens\": %s, \"tokens\": %d, \"estimate\": %.6g,"
                + " \"low\": %.6g, \"high\": %.6g}%n",
            model,
            prompt.get("id"),
            constraint.get("id"),
            sampler,
            seed,
            budget,
            settings.get("max-tokens"),
            sampling.cost().modelTokens(),
            estimate.value(),
            estimate.interval().low(),
            estimate.interval().high());
    Files.writeString(results, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Sampling sampling(
      LanguageModel model, Prompt prompt, Verifier verifier, String sampler, long seed, int tokens) {
    int length = number("max-tokens");
    try (ModelContext context =
        model.open(model.encode(prompt), new ContextOptions(length, PARALLEL))) {
      var problem =
          new SamplingProblem(
              prompt,
              model.vocabulary(),
              context,
              verifier,
              verifier.prefixValue(),
              new ExpansionRule.Enumerate(),
              length,
              List.of());
      Budget budget =
          Budget.ofModelTokens(tokens)
              .withTreeBytes(Runtime.getRuntime().maxMemory() / 2);
      RunOptions options = RunOptions.of(COMPLETIONS, budget, seed).toTheEndOfTheBudget();
      return Samplers.create(sampler, Map.of()).run(problem, options, SamplingListener.NONE);
    }
  }

  // ---------------------------------------------------------------- report

  /** The mean of a cell's long runs; of all its runs if there are none. */
  private double reference(String name) {
    Map<String, Double> known = references.getOrDefault(name, Map.of());
    return known.isEmpty()
        ? mean(estimates.get(name).values().stream().flatMap(each -> each.values().stream()), Run::value)
        : known.values().stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** Relative errors of the seeds of a cell, by sampler. */
  private static Map<String, List<Run>> errors(Map<String, TreeMap<Long, Run>> cell, double reference) {
    Map<String, List<Run>> errors = new LinkedHashMap<>();
    cell.forEach((sampler, seeds) ->
        errors.put(
            sampler,
            seeds.values().stream()
                .map(run -> new Run(run.value() / reference - 1, run.tokens()))
                .toList()));
    return errors;
  }

  private static double mean(Stream<Run> runs, ToDoubleFunction<Run> of) {
    return runs.mapToDouble(of).average().orElse(Double.NaN);
  }

  /** Tokens that the runs used, which may be more than the budget, times the square of the error. */
  private static double tokens(List<Run> errors) {
    double square = mean(errors.stream(), run -> run.value() * run.value());
    return mean(errors.stream(), Run::tokens) * square / (WANTED_ERROR * WANTED_ERROR);
  }

  /** Tokens of `auto` for each token of the best of the others. */
  private double ratio(Map<String, List<Run>> errors) {
    double best = Double.POSITIVE_INFINITY;
    for (String sampler : samplers()) {
      best = sampler.equals("auto") ? best : Math.min(best, tokens(errors.get(sampler)));
    }
    return tokens(errors.get("auto")) / best;
  }

  private void report() {
    List<Map<String, List<Run>>> cells = new ArrayList<>();
    System.out.print("| cell | success probability |");
    samplers().forEach(sampler -> System.out.print(" `" + sampler + "` |"));
    System.out.println(" ratio | interval |");
    System.out.println("|---|---|" + "---|".repeat(samplers().size() + 2));
    estimates.forEach((name, cell) -> {
      double reference = reference(name);
      Map<String, List<Run>> errors = errors(cell, reference);
      if (!errors.keySet().containsAll(samplers())) {
        return;
      }
      if (cell.values().stream().flatMap(seeds -> seeds.values().stream()).allMatch(run -> run.value() == 0)) {
        System.out.println("| " + name + " | no run estimates more than 0 |");
        return;
      }
      cells.add(errors);
      StringBuilder line =
          new StringBuilder(String.format(Locale.ROOT, "| %s | %.2g |", name, reference));
      for (String sampler : samplers()) {
        line.append(String.format(Locale.ROOT, " %,.0f |", tokens(errors.get(sampler))));
      }
      if (samplers().contains("auto")) {
        double[] ends = interval(random -> ratio(resampled(errors, random)));
        line.append(
            String.format(Locale.ROOT, " %.2f | %.2f to %.2f |", ratio(errors), ends[0], ends[1]));
      }
      System.out.println(line);
    });
    if (samplers().contains("auto") && !cells.isEmpty()) {
      double[] ends =
          interval(random ->
              median(cells.stream().map(cell -> ratio(resampled(cell, random))).toList()));
      System.out.printf(
          Locale.ROOT,
          "%nmedian ratio %.2f, 95%% of resampled seeds %.2f to %.2f; least seeds of a cell %d%n",
          median(cells.stream().map(this::ratio).toList()),
          ends[0],
          ends[1],
          cells.stream()
              .flatMap(cell -> cell.values().stream())
              .mapToInt(List::size)
              .min()
              .orElse(0));
    }
  }

  private static Map<String, List<Run>> resampled(
      Map<String, List<Run>> errors, RandomGenerator random) {
    Map<String, List<Run>> drawn = new LinkedHashMap<>();
    errors.forEach((sampler, seeds) ->
        drawn.put(
            sampler,
            seeds.stream().map(_ -> seeds.get(random.nextInt(seeds.size()))).toList()));
    return drawn;
  }

  private static double[] interval(ToDoubleFunction<RandomGenerator> statistic) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    double[] values = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      values[i] = statistic.applyAsDouble(random);
    }
    Arrays.sort(values);
    return new double[] {values[RESAMPLES / 40], values[RESAMPLES - 1 - RESAMPLES / 40]};
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
