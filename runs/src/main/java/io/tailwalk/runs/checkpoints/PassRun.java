package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.Plural;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.passk.BestOfN;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PromptSamples;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.coverage.passk.SuccessCurve;
import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.GradedReader;
import io.tailwalk.records.scores.GradedSample;
import io.tailwalk.records.scores.SuccessReader;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The graded samples of one run: counts if they are plain draws, and success probabilities if the
 * run record contains them.
 *
 * @param file the samples file
 * @param name name of the run
 * @param counted curves from plain draws
 * @param masses success probabilities, empty if unknown
 * @param error error probability of each interval of the success probabilities
 */
public record PassRun(
    Path file, String name, Optional<RunCurves> counted, List<PromptSuccess> masses, double error) {

  /** How a point was computed. */
  public enum Method {
    COUNTED("counted"),
    FROM_SUCCESS_PROBABILITY("from success probability");

    final String words;

    Method(String words) {
      this.words = words;
    }
  }

  /** A point of the curve and how it was computed. */
  public record Point(CurvePoint curve, Method method) {}

  /** The name and file of a run that has not been read yet. */
  private record Named(String name, Path file) {
    static Named of(String text) {
      int equals = text.indexOf('=');
      boolean named = equals > 0 && !text.substring(0, equals).contains("/");
      Path file = Path.of(named ? text.substring(equals + 1) : text);
      if (file.toString().isEmpty()) {
        throw InputException.about("samples", text + " names no file; give NAME=FILE.jsonl");
      }
      String last = String.valueOf(file.getFileName());
      return new Named(
          named ? text.substring(0, equals) : last.replaceFirst("\\.jsonl$", ""), file);
    }
  }

  /**
   * Reads runs given as {@code [NAME=]FILE}; the default name is the name of the file. All names
   * are checked before any file is read.
   *
   * @throws InputException about the setting {@code samples}, if no file is named or a name occurs
   *     twice
   */
  public static List<PassRun> parse(List<String> texts) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String text : texts) {
      Named run = Named.of(text);
      if (files.put(run.name(), run.file()) != null) {
        throw InputException.about(
            "samples",
            "two runs are named '"
                + run.name()
                + "'; give them different names, as in NAME="
                + run.file());
      }
    }
    return files.entrySet().stream().map(run -> read(run.getValue(), run.getKey())).toList();
  }

  /** Reads a samples file. */
  public static PassRun read(Path file, String name) {
    List<GradedSample> samples = GradedReader.read(file);
    if (samples.isEmpty()) {
      throw new InputException(file + ": no samples; give at least one row");
    }
    List<SuccessReader.Mass> known = SuccessReader.beside(file).orElse(List.of());
    boolean graded =
        samples.stream().anyMatch(sample -> !passesOrFails(sample.reward()))
            || known.stream().anyMatch(mass -> !mass.boundedByOne());
    List<PromptSuccess> masses = graded ? List.of() : masses(file, known);
    double error = known.stream().mapToDouble(mass -> 1 - mass.level()).max().orElse(0);
    boolean plain = samples.stream().allMatch(GradedSample::plain);
    if (!plain && graded) {
      throw new InputException(
          file
              + ": its rewards are graded, so its record contains mean rewards, which determine no"
              + " pass@k, and its sampler returns only completions that pass; draw with the sampler"
              + " ancestral");
    }
    if (!plain && masses.isEmpty()) {
      throw new InputException(
          file
              + ": its sampler returns only completions that pass, so pass@k cannot be counted, and"
              + " there is no run record with success probabilities next to it; draw with the"
              + " sampler ancestral, or keep FILE.run.json");
    }
    try {
      return new PassRun(
          file,
          name,
          plain ? Optional.of(new RunCurves(name, prompts(samples))) : Optional.empty(),
          masses,
          error);
    } catch (CoverageException e) {
      throw new InputException(file + ": " + e.getMessage(), e);
    }
  }

  private static boolean passesOrFails(double reward) {
    return reward == 0 || reward == 1;
  }

  private static List<PromptSuccess> masses(Path file, List<SuccessReader.Mass> known) {
    try {
      return known.stream()
          .map(mass ->
              PromptSuccess.clamped(
                  mass.promptId(),
                  mass.value(),
                  mass.interval(),
                  mass.standardError(),
                  mass.bias()))
          .toList();
    } catch (CoverageException e) {
      throw new InputException(file + ", its run record: " + e.getMessage(), e);
    }
  }

  private static List<PromptSamples> prompts(List<GradedSample> samples) {
    Map<String, List<GradedSample>> byPrompt = new LinkedHashMap<>();
    samples.forEach(
        sample -> byPrompt.computeIfAbsent(sample.promptId(), _ -> new ArrayList<>()).add(sample));
    List<PromptSamples> prompts = new ArrayList<>();
    byPrompt.forEach((id, all) -> {
      long correct = all.stream().filter(GradedSample::correct).count();
      boolean scored = all.stream().noneMatch(sample -> Double.isNaN(sample.score()));
      List<BestOfN.Scored> scores =
          scored
              ? all.stream().map(s -> new BestOfN.Scored(s.score(), s.reward())).toList()
              : List.of();
      prompts.add(new PromptSamples(id, all.size(), correct, scores));
    });
    return prompts;
  }

  /** Largest k for which pass@k can be counted; 0 if there is none. */
  public long countable() {
    return counted.map(RunCurves::fewestSamples).orElse(0L);
  }

  /**
   * The curve at each k: counted if there are enough samples, otherwise computed from the success
   * probabilities.
   */
  public List<Point> curve(List<Long> ks, double delta) {
    List<Point> points = new ArrayList<>();
    for (long k : ks) {
      if (k <= countable()) {
        points.add(
            new Point(counted.orElseThrow().passAtK(List.of(k), delta).getFirst(), Method.COUNTED));
      } else if (!masses.isEmpty()) {
        points.add(
            new Point(SuccessCurve.at(masses, k, error, delta), Method.FROM_SUCCESS_PROBABILITY));
      } else {
        throw InputException.about(
            "k",
            "%d: %s has %s of prompt %s, and there is no run record with success probabilities of a pass-or-fail verifier next to it; draw more, lower k, or keep FILE.run.json of 'tailwalk generate'"
                .formatted(
                    k,
                    file,
                    Plural.of(countable(), "sample"),
                    TableException.quoted(counted.orElseThrow().fewestSampledPrompt())));
      }
    }
    return points;
  }
}
