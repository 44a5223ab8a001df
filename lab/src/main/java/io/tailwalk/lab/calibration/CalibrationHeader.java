package io.tailwalk.lab.calibration;

import io.tailwalk.lab.Scale;
import io.tailwalk.records.TableException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The settings that parts of one experiment have in common.
 *
 * @param scale size of the run
 * @param seed seed of all randomness
 * @param repeats runs per cell
 * @param trees random trees per regime
 */
record CalibrationHeader(Scale scale, long seed, int repeats, int trees) {
  static CalibrationHeader of(CalibrationSettings settings) {
    return new CalibrationHeader(
        settings.scale(), settings.seed(), settings.repeats(), settings.trees());
  }

  static CalibrationHeader read(Path file, JsonNode figures) {
    Scale scale =
        Arrays.stream(Scale.values())
            .filter(s -> s.wireName().equals(figures.path("scale").asString("")))
            .findFirst()
            .orElseThrow(() -> TableException.in(file, "names no scale", "give calibration.json"));
    return new CalibrationHeader(
        scale,
        figures.path("seed").asLong(0),
        figures.path("repeats").asInt(0),
        figures.path("trees").asInt(0));
  }

  /** Cells in the order of the tables: by regime, sampler and budget. */
  static List<CalibrationCell> sorted(List<CalibrationCell> cells) {
    List<String> regimes = Regimes.full().stream().map(Regime::name).toList();
    return cells.stream()
        .sorted(
            Comparator.comparingInt((CalibrationCell cell) -> regimes.indexOf(cell.key().regime()))
                .thenComparing(cell -> cell.key().sampler().equals(FormerInterval.NAME))
                .thenComparing(cell -> cell.key().sampler())
                .thenComparingInt(cell -> cell.key().budget()))
        .toList();
  }
}
