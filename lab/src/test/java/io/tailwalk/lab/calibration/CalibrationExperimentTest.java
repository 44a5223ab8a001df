package io.tailwalk.lab.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.runs.work.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationExperimentTest {
  private static final long SEED = 3;

  @TempDir private Path folder;

  private static Finding run(int threads, List<String> samplers, List<String> regimes) {
    var settings = new CalibrationSettings(Scale.QUICK, 32, SEED, threads, samplers, regimes);
    return new CalibrationExperiment(settings).run(Watch.NONE);
  }

  private Path file(String name, Finding finding) throws IOException {
    return Files.writeString(folder.resolve(name), JsonText.pretty(finding.json()));
  }

  /**
   * Plain draws with exact binomial ends do not mind what values hide; the former interval does.
   * With best-of-n alone the claim holds, and it fails as soon as the former interval is judged.
   */
  @Test
  void verdict_formerIntervalPlanted_turnsToFails() {
    List<String> regimes = List.of("hidden-small", "wrong-zero-small");
    Finding honest = run(1, List.of("best-of-n"), regimes);
    assertThat(honest.verdict()).as("%s", honest.summary()).isEqualTo("holds");
    Finding planted = run(1, List.of("best-of-n", "former"), regimes);
    assertThat(planted.verdict()).isEqualTo("fails");
    assertThat(planted.summary())
        .anyMatch(line -> line.startsWith("fails in hidden-small, former"))
        .noneMatch(line -> line.startsWith("fails in hidden-small, best-of-n"));
  }

  @Test
  void run_otherThreadsAndParts_combineToTheSame() throws IOException {
    List<String> samplers = List.of("outcome-rejection", "auto");
    List<String> regimes = List.of("mild-small", "hidden-small");
    Finding whole = run(1, samplers, regimes);
    assertThat(run(3, samplers, regimes).json()).isEqualTo(whole.json());
    Path a = file("a.json", run(1, List.of("auto"), regimes));
    Path b = file("b.json", run(1, List.of("outcome-rejection"), List.of("hidden-small")));
    Path c = file("c.json", run(2, List.of("outcome-rejection"), List.of("mild-small")));
    Finding combined = new CombinedCalibration(List.of(c, a, b)).run(Watch.NONE);
    assertThat(JsonText.pretty(combined.json())).isEqualTo(JsonText.pretty(whole.json()));
    assertThat(combined.sections()).isEqualTo(whole.sections());
  }

  @Test
  void combine_partsThatDoNotFit_areRefused() throws IOException {
    Finding part = run(1, List.of("best-of-n"), List.of("mild-small"));
    Path good = file("good.json", part);
    Path other = folder.resolve("other.json");
    Files.writeString(other, Files.readString(good).replace("\"seed\" : 3", "\"seed\" : 4"));
    refused("other.json", "seed=4", good, other);
    Files.writeString(
        other, Files.readString(good).replaceFirst("\"below\" : \\d+", "\"below\" : 33"));
    refused("other.json", "other figures for mild-small, best-of-n at 24", good, other);
    Files.writeString(other, "{\"experiment\":\"ess\"}");
    refused("other.json", "is not of the experiment calibration", good, other);
    Files.writeString(other, "{");
    refused("other.json", "is not JSON", other);
    refused("no.json", "cannot be read", folder.resolve("no.json"));
  }

  private static void refused(String file, String complaint, Path... files) {
    assertThatThrownBy(() -> new CombinedCalibration(List.of(files)).run(Watch.NONE))
        .isInstanceOf(TableException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(complaint);
  }

  @Test
  void run_watchSaysStop_isCancelled() {
    List<String> samplers = List.of("best-of-n");
    var settings = new CalibrationSettings(Scale.QUICK, 8, SEED, 1, samplers, List.of());
    assertThatThrownBy(() -> new CalibrationExperiment(settings).run((done, _, _) -> done < 1))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void settings_outOfRangeOrUnknown_areRefused() {
    assertThatThrownBy(() -> new CalibrationSettings(Scale.FULL, 23, 0, 1, List.of(), List.of()))
        .hasMessageContaining("at least 24");
    assertThatThrownBy(
            () -> new CalibrationSettings(Scale.QUICK, 96, 0, 1, List.of("sms"), List.of()))
        .hasMessageContaining("unknown sampler 'sms'");
    assertThatThrownBy(
            () -> new CalibrationSettings(Scale.QUICK, 96, 0, 1, List.of(), List.of("mildest")))
        .hasMessageContaining("unknown regime 'mildest'");
  }
}
