import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.Tailwalk;
import io.tailwalk.runs.models.EngineSettings;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.verifiers.VerifierSpecs;
import java.io.IOException;
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
  private static final List<String> FIELDS =
      List.of(
          "model",
          "prompt",
          "constraint",
          "sampler",
          "seed",
          "budget",
          "max_tokens",
          "tokens",
          "estimate");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": ?(?:\"([^\"]*)\"|([^,}]+))");

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Path folder;
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

  private Efficiency(Path folder, String model, Path results, String[] pairs) {
    this.folder = folder;
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
        throw new IllegalArgumentException(
            "'%s' is no NAME=VALUE of a known name; the names are %s"
                .formatted(pair, String.join(", ", settings.keySet())));
      }
    }
    Stream.of("prompts", "seeds", "budget", "max-tokens").forEach(name -> number(name, 1));
    Stream.of("first-seed", "reference-budget").forEach(this::number);
    samplers().forEach(sampler -> Samplers.create(sampler, Map.of()));
    var _ = late();
    var _ = isOn("flash-attn");
  }

  /** The folder of prompts and constraints, the model, the file of results, and settings. */
  public static void main(String[] args) {
    try {
      String[] pairs = Arrays.copyOfRange(args, 3, args.length);
      var bench = new Efficiency(Path.of(args[0]), args[1], Path.of(args[2]), pairs);
      bench.read();
      bench.measure();
      bench.report();
    } catch (IllegalArgumentException | InputException | ModelException e) {
      refuse(e.getMessage());
    } catch (IOException e) {
      refuse("cannot read or write a file; check its folder and its contents: " + e);
    }
  }

  private static void refuse(String sentence) {
    System.err.println("bench/efficiency: " + sentence);
    System.exit(2);
  }

  private int number(String name) {
    return number(name, 0);
  }

  private int number(String name, int least) {
    String value = settings.get(name);
    if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < least) {
      throw new IllegalArgumentException(
          "%s must be a whole number from %d to 999999999, got '%s'".formatted(name, least, value));
    }
    return Integer.parseInt(value);
  }

  private boolean isOn(String name) {
    return switch (settings.get(name)) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s must be on or off, got '%s'".formatted(name, settings.get(name)));
    };
  }

  private List<String> samplers() {
    return List.of(settings.get("samplers").split(","));
  }

  private void read() throws IOException {
    if (Files.exists(results)) {
      for (String line : Files.readAllLines(results)) {
        Map<String, String> fields = fields(line);
        if (!fields.keySet().containsAll(FIELDS)) {
          throw refused(null);
        }
        if (!fields.get("model").equals(model)) {
          throw new IllegalArgumentException(
              results + " has runs of " + fields.get("model") + "; name a file for each model");
        }
        try {
          take(fields);
        } catch (NumberFormatException e) {
          throw refused(e);
        }
      }
    }
  }

  private IllegalArgumentException refused(NumberFormatException cause) {
    return new IllegalArgumentException(
        results + " has lines of another program; name another file", cause);
  }

  private void take(Map<String, String> fields) {
    if (!fields.get("max_tokens").equals(settings.get("max-tokens"))) {
      return;
    }
    String cell = fields.get("prompt") + "/" + fields.get("constraint");
    String budget = fields.get("budget");
    long seed = Long.parseLong(fields.get("seed"));
    double estimate = Double.parseDouble(fields.get("estimate"));
    if (seed == REFERENCE_SEED && budget.equals(settings.get("reference-budget"))) {
      keepReference(cell, fields.get("sampler"), estimate);
    } else if (wanted(seed) && budget.equals(settings.get("budget"))) {
      double tokens = Double.parseDouble(fields.get("tokens"));
      keep(cell, fields.get("sampler"), seed, new Run(estimate, tokens));
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
    List<Map<String, String>> prompts =
        rows("default-sampler-prompts.jsonl").stream().limit(number("prompts")).toList();
    List<Map<String, String>> constraints = rows("default-sampler-constraints.jsonl");
    requireCells(prompts, constraints);
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
        for (Map<String, String> prompt : prompts) {
          for (Map<String, String> constraint : constraints) {
            for (String sampler : seed == REFERENCE_SEED ? OF_REFERENCES : samplers()) {
              if (late()) {
                return;
              }
              run(opened, prompt, constraint, sampler, seed);
            }
          }
        }
      }
    }
  }

  private List<Map<String, String>> rows(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream().map(Efficiency::fields).toList();
  }

  private static String cell(Map<String, String> prompt, Map<String, String> constraint) {
    return prompt.get("id") + "/" + constraint.get("id");
  }

  private void requireCells(
      List<Map<String, String>> prompts, List<Map<String, String>> constraints) {
    List<String> cells =
        prompts.stream()
            .flatMap(prompt -> constraints.stream().map(constraint -> cell(prompt, constraint)))
            .toList();
    if (cells.stream().noneMatch(cell -> cell.contains(settings.get("cells")))) {
      throw new IllegalArgumentException(
          "cells '%s' is part of no cell's name; the cells are %s"
              .formatted(settings.get("cells"), String.join(", ", cells)));
    }
  }

  private boolean late() {
    String until = settings.get("until");
    try {
      return !until.isEmpty() && LocalTime.now().isAfter(LocalTime.parse(until));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("until must be HH:MM, got '" + until + "'", e);
    }
  }

  private void run(
      LanguageModel opened,
      Map<String, String> prompt,
      Map<String, String> constraint,
      String sampler,
      long seed)
      throws IOException {
    String cell = cell(prompt, constraint);
    boolean isReference = seed == REFERENCE_SEED;
    if (!cell.contains(settings.get("cells"))
        || isReference && references.getOrDefault(cell, Map.of()).containsKey(sampler)) {
      return;
    }
    Map<String, TreeMap<Long, Run>> known = estimates.getOrDefault(cell, Map.of());
    if (known.getOrDefault(sampler, new TreeMap<>()).containsKey(seed)) {
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
            "{\"model\": \"%s\", \"prompt\": \"%s\", \"constraint\": \"%s\","
                + " \"sampler\": \"%s\", \"seed\": %d, \"budget\": %d, \"max_tokens\": %s,"
                + " \"tokens\": %d, \"estimate\": %.6g, \"low\": %.6g, \"high\": %.6g}%n",
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
      LanguageModel model,
      Prompt prompt,
      Verifier verifier,
      String sampler,
      long seed,
      int tokens) {
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
          Budget.ofModelTokens(tokens).withTreeBytes(Runtime.getRuntime().maxMemory() / 2);
      RunOptions options = RunOptions.of(COMPLETIONS, budget, seed).toTheEndOfTheBudget();
      return Samplers.create(sampler, Map.of()).run(problem, options, SamplingListener.NONE);
    }
  }

  // ---------------------------------------------------------------- report

  /** The mean of a cell's long runs; of all its runs if there are none. */
  private double reference(String name) {
    Map<String, Double> known = references.getOrDefault(name, Map.of());
    return known.isEmpty()
        ? mean(
            estimates.get(name).values().stream().flatMap(each -> each.values().stream()),
            Run::value)
        : known.values().stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** Relative errors of the seeds of a cell, by sampler. */
  private static Map<String, List<Run>> errors(
      Map<String, TreeMap<Long, Run>> cell, double reference) {
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

  /** Tokens that the runs used, maybe more than the budget, times the square of the error. */
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

  /** Prints a row for each cell, and all of them as JSON on the last line. */
  private void report() {
    List<Map<String, List<Run>>> cells = new ArrayList<>();
    List<String> json = new ArrayList<>();
    System.out.print("| cell | success probability |");
    samplers().forEach(sampler -> System.out.print(" `" + sampler + "` |"));
    System.out.println(compares() ? " ratio | interval |" : "");
    System.out.println("|---|---|" + "---|".repeat(samplers().size() + (compares() ? 2 : 0)));
    estimates.forEach((name, cell) -> {
      double reference = reference(name);
      Map<String, List<Run>> errors = errors(cell, reference);
      if (!errors.keySet().containsAll(samplers())) {
        return;
      }
      if (cell.values().stream()
          .flatMap(seeds -> seeds.values().stream())
          .allMatch(run -> run.value() == 0)) {
        System.out.println("| " + name + " | no run estimates more than 0 |");
        json.add("{\"cell\": \"" + name + "\", \"tokens\": null}");
        return;
      }
      cells.add(errors);
      row(name, reference, errors, json);
    });
    StringBuilder all = new StringBuilder();
    if (compares() && !cells.isEmpty()) {
      double[] ends =
          interval(random ->
              median(cells.stream().map(cell -> ratio(resampled(cell, random))).toList()));
      double median = median(cells.stream().map(this::ratio).toList());
      int seeds =
          cells.stream()
              .flatMap(cell -> cell.values().stream())
              .mapToInt(List::size)
              .min()
              .orElse(0);
      System.out.printf(
          Locale.ROOT,
          "%nmedian ratio %.2f, 95%% of resampled seeds %.2f to %.2f; least seeds of a cell %d%n",
          median,
          ends[0],
          ends[1],
          seeds);
      all.append(ratioInJson("median_ratio", median, ends))
          .append(", \"least_seeds\": ")
          .append(seeds);
    }
    System.out.println("{\"efficiency\": [" + String.join(", ", json) + "]" + all + "}");
  }

  private void row(
      String name, double reference, Map<String, List<Run>> errors, List<String> json) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "| %s | %.2g |", name, reference));
    List<String> needed = new ArrayList<>();
    for (String sampler : samplers()) {
      double tokens = tokens(errors.get(sampler));
      line.append(String.format(Locale.ROOT, " %,.0f |", tokens));
      needed.add("\"" + sampler + "\": " + inJson(tokens));
    }
    String compared = "";
    if (compares()) {
      double ratio = ratio(errors);
      double[] ends = interval(random -> ratio(resampled(errors, random)));
      line.append(String.format(Locale.ROOT, " %.2f | %.2f to %.2f |", ratio, ends[0], ends[1]));
      compared = ratioInJson("ratio", ratio, ends);
    }
    System.out.println(line);
    json.add(
        "{\"cell\": \"%s\", \"success_probability\": %s, \"tokens\": {%s}%s}"
            .formatted(name, inJson(reference), String.join(", ", needed), compared));
  }

  /** Whether there is a ratio of `auto` to others. */
  private boolean compares() {
    return samplers().contains("auto") && samplers().size() > 1;
  }

  private static String ratioInJson(String name, double ratio, double[] ends) {
    return ", \"%s\": %s, \"interval\": [%s, %s]"
        .formatted(name, inJson(ratio), inJson(ends[0]), inJson(ends[1]));
  }

  /** JSON has no infinity. */
  private static String inJson(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.5g", value) : "null";
  }

  private static Map<String, List<Run>> resampled(
      Map<String, List<Run>> errors, RandomGenerator random) {
    Map<String, List<Run>> drawn = new LinkedHashMap<>();
    errors.forEach((sampler, seeds) ->
        drawn.put(
            sampler, seeds.stream().map(_ -> seeds.get(random.nextInt(seeds.size()))).toList()));
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
