package io.tailwalk.lab.calibration;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.Finding;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.runs.work.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One verdict over parts that were run separately, from their {@code calibration.json}; it equals
 * the verdict of a single run of all their cells.
 *
 * @param files at least one file; all of the same scale, seed and repeats
 */
public record CombinedCalibration(List<Path> files) implements Experiment {
  /** Keeps a copy. */
  public CombinedCalibration {
    files = List.copyOf(files);
  }

  @Override
  public String name() {
    return CalibrationExperiment.NAME;
  }

  @Override
  public String claim() {
    return CalibrationExperiment.CLAIM;
  }

  /**
   * Reads the files and judges their cells.
   *
   * @throws TableException naming the file that has no figures of this experiment or does not match
   *     the first file
   */
  @Override
  public Finding run(Watch watch) {
    JsonNode first = figures(files.getFirst());
    CalibrationHeader header = CalibrationHeader.read(files.getFirst(), first);
    Map<CellKey, CalibrationCell> cells = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      watch.step(i, files.size(), file.toString());
      JsonNode figures = i == 0 ? first : figures(file);
      CalibrationHeader other = CalibrationHeader.read(file, figures);
      if (!other.equals(header)) {
        throw TableException.in(
            file,
            "has the settings " + other + ", not " + header,
            "combine parts of one scale, seed and number of repeats");
      }
      for (CalibrationCell cell : cells(file, figures)) {
        CalibrationCell known = cells.putIfAbsent(cell.key(), cell);
        if (known != null && !known.equals(cell)) {
          if (!known.judging(true).equals(cell.judging(true))) {
            throw TableException.in(
                file, "has other figures for " + cell.key(), "combine parts of one version");
          }
          cells.put(cell.key(), cell.judging(true));
        }
      }
    }
    return CalibrationFigures.finding(header, List.copyOf(cells.values()));
  }

  private static JsonNode figures(Path file) {
    try {
      JsonNode json = JsonText.parse(Files.readString(file));
      if (!json.path("experiment").asString("").equals(CalibrationExperiment.NAME)) {
        throw TableException.in(
            file, "is not of the experiment calibration", "give calibration.json of a part");
      }
      return json.path("figures");
    } catch (IOException e) {
      throw new TableException(
          file + ": cannot be read as a text file; check the path and its permissions.", e);
    } catch (JacksonException e) {
      throw new TableException(file + ": is not JSON; give calibration.json of a part.", e);
    }
  }

  private static List<CalibrationCell> cells(Path file, JsonNode figures) {
    try {
      return CalibrationFigures.read(figures);
    } catch (IllegalArgumentException e) {
      throw new TableException(
          file + ": " + e.getMessage() + "; give calibration.json of a part.", e);
    }
  }
}
