package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.Plural;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.coverage.passk.SuccessCurve;
import io.tailwalk.coverage.passk.VoteCurves;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.runs.work.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The graded samples of one run: counts if they are plain draws, and success probabilities if the
 * run record contains them.
 *
 * @param files its files
 * @param name name of the run
 * @param counted curves from plain draws; empty if draws are not plain, or rewards are graded and
 *     no threshold says which pass
 * @param rewarded the same draws selected by their reward; empty if rewards are 0 for fail and 1
 *     for pass
 * @param votes the answers of the same draws; empty if answers are unknown or no prompt has two
 * @param weighed the same votes with the rewards as weights; empty if {@code rewarded} is, or a
 *     reward is negative
 * @param range of the rewards, as far as it is known without a statement by the user
 * @param masses success probabilities, empty if unknown
 * @param error error probability of each interval of the success probabilities
 */
public record PassRun(
    List<Path> files,
    String name,
    Optional<RunCurves> counted,
    Optional<RunCurves> rewarded,
    Optional<VoteCurves> votes,
    Optional<VoteCurves> weighed,
    Interval range,
    List<PromptSuccess> masses,
    double error) {

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

  /** Keeps an immutable copy. */
  public PassRun {
    files = List.copyOf(files);
    masses = List.copyOf(masses);
  }

  /** Reads runs as {@link #parse(List, PassOptions)} does, without choices. */
  public static List<PassRun> parse(List<String> texts) {
    return parse(texts, PassOptions.NONE);
  }

  /**
   * Reads runs given as {@code [NAME=]FILE}; the default name is the name of the file, and {@code
   * -} is standard input. A run has several files if its name is given with each, or if the name of
   * the file is a pattern. All names are checked before any file is read. EvalPlus results become
   * two runs, with and without the additional tests.
   *
   * @throws InputException about the setting {@code samples}, if no file is named or a name occurs
   *     twice
   * @throws TableException that names file, row and fix if a file cannot be read
   */
  public static List<PassRun> parse(List<String> texts, PassOptions options) {
    return PassReader.parse(texts, options);
  }

  /**
   * Reads a samples file without choices.
   *
   * @throws InputException if the file has results of several sets of tests
   */
  public static PassRun read(Path file, String name) {
    List<PassRun> runs = read(List.of(Input.of(file)), name, PassOptions.NONE);
    if (runs.size() > 1) {
      throw new InputException(
          file + ": it has results of several sets of tests; read it with options");
    }
    return runs.getFirst();
  }

  /** Reads the files of one run; EvalPlus results become two. */
  public static List<PassRun> read(List<Input> files, String name, PassOptions options) {
    return PassReader.read(files, name, options);
  }

  /** The files in words. */
  static String place(List<Path> files) {
    return files.size() == 1
        ? files.getFirst().toString()
        : files.getFirst() + " and " + Plural.of(files.size() - 1, "other file");
  }

  /** Largest k for which pass@k can be counted; 0 if there is none. */
  public long countable() {
    return counted.map(RunCurves::fewestSamples).orElse(0L);
  }

  /** Largest number of samples to select from by reward; 0 if there is none. */
  public long selectable() {
    return rewarded.map(RunCurves::fewestSamples).orElse(0L);
  }

  /**
   * The curve at each k: counted if there are enough samples, otherwise computed from the success
   * probabilities. Empty if it is not known which samples pass.
   */
  public List<Point> curve(List<Long> ks, double delta) {
    List<Point> points = new ArrayList<>();
    if (counted.isEmpty() && masses.isEmpty()) {
      requireSelectable(ks);
      return points;
    }
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
                    place(files),
                    Plural.of(countable(), "sample"),
                    TableException.quoted(counted.orElseThrow().fewestSampledPrompt())));
      }
    }
    return points;
  }

  private void requireSelectable(List<Long> ks) {
    long most = ks.stream().mapToLong(k -> k).max().orElse(0);
    if (most > selectable()) {
      throw InputException.about(
          "k",
          "%d: %s has %s of prompt %s; draw more, or lower k"
              .formatted(
                  most,
                  place(files),
                  Plural.of(selectable(), "sample"),
                  TableException.quoted(rewarded.orElseThrow().fewestSampledPrompt())));
    }
  }
}
