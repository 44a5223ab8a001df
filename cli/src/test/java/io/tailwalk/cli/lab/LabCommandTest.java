package io.tailwalk.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LabCommandTest {
  private static final String TREE =
      """
      {"nodes": [
        {"id": "root"},
        {"id": "a", "parent": "root", "pi": 0.25, "tau": 1},
        {"id": "b", "parent": "root", "pi": 0.75, "tau": 0.2}
      ]}
      """;

  @TempDir private Path folder;

  @Test
  void tree_json_hasExactAndEstimatedDistribution() throws IOException {
    Path file = Files.writeString(folder.resolve("t.json"), TREE);
    CliRun run =
        CliRun.of(
            "lab",
            "tree",
            file.toString(),
            "--sampler",
            "vgb-momentum",
            "--tours",
            "500",
            "--repeats",
            "2",
            "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("z_exact").doubleValue()).isCloseTo(0.4, within(1e-12));
    assertThat(json.get("distribution_exact").get("a").doubleValue())
        .isCloseTo(0.625, within(1e-12));
    assertThat(json.get("tv").doubleValue()).isLessThan(0.1);
    assertThat(json.get("cost").get("steps").doubleValue()).isEqualTo(1000);
    assertThat(json.get("covered").doubleValue()).isBetween(0.0, 1.0);
    assertThat(json.get("open_ends").doubleValue()).isBetween(0.0, 1.0);
    assertThat(json.get("success_probability").get("value")).isEqualTo(json.get("z"));
  }

  @Test
  void tree_badInput_isOneSentenceAndStatusTwo() throws IOException {
    Path file = Files.writeString(folder.resolve("t.json"), TREE.replace("0.75", "0.7"));
    CliRun run = CliRun.of("lab", "tree", file.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("t.json").contains("\"root\"").hasLineCount(1);
    assertThat(CliRun.of("lab", "tree", folder.resolve("no.json").toString()).code()).isEqualTo(2);
    Files.writeString(file, TREE);
    CliRun sampler = CliRun.of("lab", "tree", file.toString(), "--sampler", "vbg");
    assertThat(sampler.code()).isEqualTo(2);
    assertThat(sampler.err()).contains("unknown sampler 'vbg'");
  }

  @Test
  void ess_small_writesReportAndPrintsTheVerdict() throws IOException {
    CliRun run =
        CliRun.of(
            "lab",
            "ess",
            "--scale",
            "quick",
            "--repeats",
            "2",
            "--out",
            folder.resolve("out").toString());
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(run.out()).containsPattern("verdict: (holds|fails)").contains("vgb every-leaf");
    JsonNode json = JsonText.parse(Files.readString(folder.resolve("out/ess.json")));
    assertThat(json.propertyNames()).containsExactly("experiment", "claim", "verdict", "figures");
    assertThat(folder.resolve("out/report.html")).exists();
  }

  @Test
  void ess_badFlags_areRefused() {
    assertThat(CliRun.of("lab", "ess", "--scale", "huge").err()).contains("quick or full");
    assertThat(CliRun.of("lab", "ess", "--repeats", "1").code()).isEqualTo(2);
  }

  /** Two parts and their combination, which has the cells of both. */
  @Test
  void calibration_partsAndCombined_writeReportAndPrintTheVerdict() throws IOException {
    for (String sampler : new String[] {"best-of-n", "former"}) {
      CliRun run =
          CliRun.of(
              "lab",
              "calibration",
              "--scale",
              "quick",
              "--repeats",
              "32",
              "--regimes",
              "hidden-small",
              "--samplers",
              sampler,
              "--out",
              folder.resolve(sampler).toString());
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      assertThat(run.out())
          .contains("verdict: " + (sampler.equals("former") ? "fails" : "holds"))
          .contains("hidden-small");
      assertThat(folder.resolve(sampler + "/report.html")).exists();
    }
    CliRun combined =
        CliRun.of(
            "lab",
            "calibration",
            "--combine",
            folder.resolve("best-of-n/calibration.json").toString(),
            folder.resolve("former/calibration.json").toString(),
            "--json");
    assertThat(combined.code()).as(combined.err()).isEqualTo(0);
    JsonNode json = JsonText.parse(combined.out());
    assertThat(json.get("verdict").stringValue()).isEqualTo("fails");
    assertThat(json.get("figures").get("judged").size()).isEqualTo(6);
  }

  @Test
  void calibration_badInput_isOneSentenceAndStatusTwo() {
    CliRun regime = CliRun.of("lab", "calibration", "--regimes", "mildest");
    assertThat(regime.code()).isEqualTo(2);
    assertThat(regime.err()).contains("unknown regime 'mildest'").hasLineCount(1);
    assertThat(CliRun.of("lab", "calibration", "--repeats", "3").err())
        .contains("repeats must be at least 24");
    CliRun missing = CliRun.of("lab", "calibration", "--combine", "no.json");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("no.json: cannot be read").hasLineCount(1);
  }

  @Test
  void parity_small_writesReportAndPrintsTheVerdict() throws IOException {
    CliRun run =
        CliRun.of(
            "lab",
            "parity",
            "--scale",
            "quick",
            "--blocks",
            "1,3",
            "--rollouts",
            "600",
            "--values",
            "1",
            "--searches",
            "20",
            "--seed",
            "4",
            "--out",
            folder.resolve("out").toString());
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(run.out()).containsPattern("verdict: (holds|fails)").contains("vgb-momentum");
    JsonNode json = JsonText.parse(Files.readString(folder.resolve("out/parity.json")));
    JsonNode figures = json.get("figures");
    assertThat(figures.get("rollouts").intValue()).isEqualTo(600);
    assertThat(figures.get("values").size()).isEqualTo(2);
    assertThat(figures.get("lagging").size()).isEqualTo(12);
    // Of a value that is blind a descent takes 2 (2^blocks - 1) blocks of five letters.
    JsonNode descents = figures.get("lagging").get(6);
    assertThat(descents.get("sampler").stringValue()).isEqualTo("action-level");
    assertThat(descents.get("length").intValue()).isEqualTo(15);
    assertThat(descents.get("steps_computed").doubleValue()).isCloseTo(70, within(1e-9));
    double error = descents.get("steps_standard_error").doubleValue();
    assertThat(descents.get("steps").doubleValue()).isCloseTo(70, within(4 * error));
    assertThat(folder.resolve("out/report.html")).exists();
  }

  @Test
  void parity_badInput_isOneSentenceAndStatusTwo() {
    CliRun falling = CliRun.of("lab", "parity", "--blocks", "4,2");
    assertThat(falling.code()).isEqualTo(2);
    assertThat(falling.err()).contains("blocks must be at least two").hasLineCount(1);
    assertThat(CliRun.of("lab", "parity", "--blocks", "2,40").code()).isEqualTo(2);
    assertThat(CliRun.of("lab", "parity", "--searches", "1").err())
        .contains("searches must be at least 2");
    CliRun few =
        CliRun.of(
            "lab", "parity", "--quiet", "--blocks", "9,10", "--rollouts", "2", "--searches", "2");
    assertThat(few.code()).isEqualTo(2);
    assertThat(few.err()).contains("--rollouts").contains("none of the 2 rollouts");
  }

  @Test
  void dyck_badInput_isOneSentenceAndStatusTwo() {
    CliRun threads = CliRun.of("lab", "dyck", "--threads", "0");
    assertThat(threads.code()).isEqualTo(2);
    assertThat(threads.err())
        .contains("--threads must be between 1 and 1024, got 0")
        .hasLineCount(1);
    CliRun scale = CliRun.of("lab", "dyck", "--scale", "huge");
    assertThat(scale.code()).isEqualTo(2);
    assertThat(scale.err()).contains("--scale must be quick or full, got 'huge'");
    Path nowhere = folder.resolve("no/such/folder/base.safetensors");
    CliRun base = CliRun.of("lab", "dyck", "--write-base", nowhere.toString());
    assertThat(base.code()).isEqualTo(2);
    assertThat(base.err()).contains("no/such/folder").hasLineCount(1);
    assertThat(CliRun.of("lab", "dyck", "--help").out()).contains("--pretrain", "--write-base");
  }
}
