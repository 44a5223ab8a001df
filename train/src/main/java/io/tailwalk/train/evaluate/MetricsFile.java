package io.tailwalk.train.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.Json;
import io.tailwalk.records.JsonText;
import io.tailwalk.train.run.DrawnRewards;
import io.tailwalk.train.run.StepReport;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingListener;
import io.tailwalk.values.LearningException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Metrics of a run as JSON lines, one for each reported step and one for each measurement of
 * coverage. Numbers depend only on the run, so that a resumed run writes the same file.
 */
public final class MetricsFile implements TrainingListener, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final BufferedWriter out;
  private final Path file;
  private final long every;

  private MetricsFile(Path file, BufferedWriter out, long every) {
    this.file = file;
    this.out = out;
    this.every = every;
  }

  /**
   * Opens the file of a run.
   *
   * @param resumed the step from which a run resumes: lines of later steps are dropped; 0 for a new
   *     file
   * @param every interval of reported steps, at least 1
   */
  public static MetricsFile open(Path file, long resumed, long every) {
    try {
      if (resumed > 0 && Files.exists(file)) {
        List<String> kept;
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
          kept = lines.filter(line -> isUpTo(resumed, line)).toList();
        }
        AtomicFiles.write(file, writer -> writeLines(writer, kept));
      } else {
        AtomicFiles.write(file, "");
      }
      return new MetricsFile(
          file,
          Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND),
          every);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void writeLines(Writer writer, List<String> lines) throws IOException {
    for (String line : lines) {
      writer.write(line + "\n");
    }
  }

  /** A line truncated by a kill is dropped too: its step is repeated. */
  private static boolean isUpTo(long step, String line) {
    try {
      return JSON.readTree(line).path("step").asLong(Long.MAX_VALUE) <= step;
    } catch (JacksonException _) {
      return false;
    }
  }

  @Override
  public void afterStep(Trainer trainer, StepReport report) {
    if (report.step() % every != 0) {
      return;
    }
    write(
        new StepLine(
            report.step(),
            report.loss(),
            report.gradientNorm(),
            report.learningRate(),
            report.tokens(),
            report.drawn().map(DrawnRewards::meanReward),
            report.drawn().map(DrawnRewards::mixedGroups),
            report.drawn().map(DrawnRewards::kl)));
  }

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private record StepLine(
      long step,
      double loss,
      double gradientNorm,
      double learningRate,
      int tokens,
      Optional<Double> meanReward,
      Optional<Double> mixedGroups,
      Optional<Double> kl) {}

  /** Adds a measurement of coverage. */
  public void add(CoverageReport report) {
    Map<String, Double> coverage = new LinkedHashMap<>();
    for (int k = 0; k < report.grid().size(); k++) {
      coverage.put(level(report.grid().n(k)), report.coverage().get(k));
    }
    Map<String, Double> pass = new LinkedHashMap<>();
    for (int k = 0; k < report.pass().size(); k++) {
      pass.put(String.valueOf(report.passLevels().get(k)), report.pass().get(k));
    }
    write(
        new CoverageLine(
            report.step(),
            report.crossEntropy(),
            report.kl(),
            coverage,
            pass.isEmpty() ? Optional.empty() : Optional.of(pass)));
  }

  private record CoverageLine(
      long step,
      double crossEntropy,
      double kl,
      Map<String, Double> coverage,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Map<String, Double>> pass) {}

  /**
   * Adds a measurement for data with an unknown distribution.
   *
   * @param perResponse mean negative log-probability of a held-out response, nats
   * @param perToken mean negative log-probability of a token, nats
   */
  public void addCrossEntropy(long step, double perResponse, double perToken) {
    write(new CrossEntropyLine(step, perResponse, perToken));
  }

  private record CrossEntropyLine(long step, double crossEntropy, double crossEntropyPerToken) {}

  private static String level(double n) {
    return n == Math.rint(n) && n < 1e15 ? Long.toString((long) n) : Double.toString(n);
  }

  private void write(Record line) {
    try {
      out.write(JsonText.line(Json.of(line)));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static LearningException unwritable(Path file, IOException e) {
    return new LearningException("cannot write the metrics " + file + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }
}
