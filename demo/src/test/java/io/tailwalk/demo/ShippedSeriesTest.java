package io.tailwalk.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.JsonText;
import io.tailwalk.records.scores.GivenResponse;
import io.tailwalk.records.scores.ResponseReader;
import io.tailwalk.runs.checkpoints.ScoredModel;
import io.tailwalk.runs.checkpoints.Scoring;
import io.tailwalk.runs.models.ModelSettings;
import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The series in the program is the one in the repository, and is scored as {@code score} does. */
class ShippedSeriesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("tailwalk.repository", "..")).resolve("examples/graph-series");

  @TempDir Path folder;

  @Test
  void copyInto_anyFolder_isTheSeriesOfTheRepository() throws IOException {
    ShippedSeries series = ShippedSeries.copyInto(folder);
    assertThat(series.models()).hasSizeGreaterThanOrEqualTo(8);
    for (Path model : series.models()) {
      assertThat(model).hasSameBinaryContentAs(EXAMPLES.resolve(model.getFileName()));
    }
    assertThat(series.heldOut()).hasSameBinaryContentAs(EXAMPLES.resolve("heldout.jsonl"));
    assertThat(series.models().stream().map(ShippedSeries::name).map(ShippedSeries::step).toList())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  /** So the distribution of the data gives the response of each prompt probability 1. */
  @Test
  void heldOut_everyPrompt_isThereOnce() {
    List<GivenResponse> responses = ResponseReader.read(EXAMPLES.resolve("heldout.jsonl"));
    assertThat(responses).hasSizeGreaterThanOrEqualTo(100);
    assertThat(responses.stream().map(GivenResponse::prompt).toList()).doesNotHaveDuplicates();
  }

  @Test
  void step_otherName_isRefused() {
    assertThat(ShippedSeries.step("step-00300")).isEqualTo(300);
    assertThatThrownBy(() -> ShippedSeries.step("last")).hasMessageContaining("last");
  }

  @Test
  void scoring_twoCheckpoints_sameNumbersAsScore() throws IOException {
    ShippedSeries whole = ShippedSeries.copyInto(folder);
    Path few = folder.resolve("few.jsonl");
    Files.write(few, Files.readAllLines(whole.heldOut()).subList(0, 6));
    var series = new ShippedSeries(whole.models().subList(0, 2), few);
    Path scores = folder.resolve("scores.jsonl");
    Path reference = folder.resolve("data.jsonl");
    CheckpointScoring scoring = CheckpointScoring.of(series, Watch.NONE);
    assertThat(scoring.stamps()).hasSize(2);
    scoring.writeScores(scores);
    scoring.writeReference(reference);

    Path expected = folder.resolve("expected.jsonl");
    List<String> models = series.models().stream().map(Path::toString).toList();
    new Scoring(
            few,
            ScoredModel.parse(models),
            Optional.empty(),
            false,
            false,
            expected,
            IfExists.REFUSE,
            List.of())
        .run(ModelSettings.DEFAULT, Watch.NONE);
    assertThat(scores).hasSameTextualContentAs(expected);
    assertThat(Files.readAllLines(reference)).hasSize(6);
    for (String line : Files.readAllLines(reference)) {
      JsonNode row = JsonText.parse(line);
      assertThat(row.get("log_prob").doubleValue()).isZero();
      assertThat(row.get("model").stringValue()).isEqualTo("data");
    }
    assertThat(CheckpointStudy.of(scores, reference).rows()).isEqualTo(6);
  }
}
