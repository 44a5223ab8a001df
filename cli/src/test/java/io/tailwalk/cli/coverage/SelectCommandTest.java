package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** profile and select on tables whose figures are known by hand. */
class SelectCommandTest {
  private static final double LOG_4 = Math.log(4);

  @TempDir private Path folder;

  /** Of ten responses, model a under-weights two by 4, model b one by 16 and none else. */
  private String table(boolean referenced) throws IOException {
    var csv = new StringBuilder("example_id,prompt_id,model,log_prob,tokens");
    csv.append(referenced ? ",reference_log_prob\n" : "\n");
    for (int i = 0; i < 10; i++) {
      double a = -1 - (i < 2 ? LOG_4 : 0);
      double b = -1 - (i == 9 ? 2 * LOG_4 : 0);
      String end = referenced ? ",3,-1\n" : ",3\n";
      csv.append("e%d,p%d,a,%s%s".formatted(i, i, a, end));
      csv.append("e%d,p%d,b,%s%s".formatted(i, i, b, end));
    }
    return Files.writeString(folder.resolve("s.csv"), csv).toString();
  }

  @Test
  void profile_ofKnownRatios_isExact() throws IOException {
    String[] args = {"profile", "--scores", table(true), "--ns", "2,4,8,16", "--json"};
    CliRun run = CliRun.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = JsonText.parse(run.out());
    double[][] expected = {{0.2, 0.2, 0, 0}, {0.1, 0.1, 0.1, 0.1}};
    for (int m = 0; m < 2; m++) {
      for (int k = 0; k < 4; k++) {
        JsonNode point = json.at("/models/" + m + "/points/" + k);
        assertThat(point.get("coverage").doubleValue()).isEqualTo(expected[m][k]);
        assertThat(point.get("low").doubleValue()).isZero();
        assertThat(point.get("high").doubleValue())
            .isCloseTo(expected[m][k] + Math.sqrt(Math.log(2 / 0.05) / 20), within(1e-9));
      }
      assertThat(json.at("/models/" + m + "/kl").doubleValue())
          .isCloseTo(0.2 * LOG_4, within(1e-12));
    }
    assertThat(json.has("run")).isTrue();
  }

  @Test
  void select_withGradedSamples_saysWhatRlWouldFind() throws IOException {
    Path graded = folder.resolve("graded.jsonl");
    var lines = new StringBuilder();
    for (int prompt = 0; prompt < 40; prompt++) {
      for (int draw = 0; draw < 4; draw++) {
        lines.append("{\"task_id\": %d, \"passed\": %b}%n".formatted(prompt, draw == prompt % 8));
      }
    }
    Files.writeString(graded, lines);
    String scores = table(false);
    String samples = "b=" + graded;
    CliRun run =
        CliRun.of("select", "--scores", scores, "--n", "4,1", "--samples", samples, "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode payoff = JsonText.parse(run.out()).get("payoff");
    // Probabilities of at most 1/4: two of ten responses under a, one under b; none asked at N = 1.
    assertThat(payoff.size()).isEqualTo(2);
    assertThat(payoff.at("/0/beyond").doubleValue()).isEqualTo(0.2);
    assertThat(payoff.at("/1/beyond").doubleValue()).isEqualTo(0.1);
    assertThat(payoff.at("/0/pass_at_1").isNull()).isTrue();
    assertThat(payoff.at("/1/pass_at_1/value").doubleValue()).isCloseTo(0.125, within(1e-12));
    assertThat(payoff.at("/1/pass_at_n/value").doubleValue()).isCloseTo(0.5, within(1e-12));
    assertThat(payoff.at("/1/pass_at_n/low").doubleValue()).isBetween(0.2, 0.5);

    CliRun text = CliRun.of("select", "--scores", scores, "--n", "4", "--samples", samples);
    assertThat(text.out())
        .contains("Will RL pay off here? Under b, 10.0% [")
        .contains("of the held-out responses lie beyond N = 4 draws", "other right responses")
        .contains("pass@1 12.5% [")
        .contains("pass@4 50.0% [", "RL can sharpen what lies between");
    Files.writeString(graded, lines.toString().replace("true", "false"));
    assertThat(CliRun.of("select", "--scores", scores, "--n", "4", "--samples", samples).out())
        .contains("none passes, so RL with these verdicts has nothing to reinforce");
    Files.writeString(graded, lines.toString().replace("false", "true"));
    assertThat(CliRun.of("select", "--scores", scores, "--n", "4", "--samples", samples).out())
        .contains("every one passes, so RL with these verdicts has nothing left to learn");
    Files.writeString(graded, lines);
    CliRun without = CliRun.of("select", "--scores", scores, "--n", "4");
    assertThat(without.out()).contains("How often it passes is not known").doesNotContain("pass@1");

    CliRun unknown =
        CliRun.of("select", "--scores", scores, "--n", "4", "--samples", "c=" + graded);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("--samples: c: unknown candidate; the table has a, b");
    CliRun few = CliRun.of("select", "--scores", scores, "--n", "8", "--samples", samples);
    assertThat(few.code()).isEqualTo(2);
    assertThat(few.err()).contains("--n: 8: ").contains("4 samples");
  }

  /** Of ten responses two are at -1 - ln 4 under a, and one at -1 - 2 ln 4 under b. */
  @Test
  void profile_withoutReference_hasTheQuantilesAskedFor() throws IOException {
    String scores = table(false);
    CliRun run = CliRun.of("profile", "--scores", scores, "--quantiles", "0.2,0.1", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode models = JsonText.parse(run.out()).get("models");
    double[][] expected = {{-1 - LOG_4, -1}, {-1, -1}};
    for (int m = 0; m < 2; m++) {
      JsonNode quantiles = models.get(m).get("quantiles");
      assertThat(quantiles.size()).isEqualTo(2);
      assertThat(quantiles.at("/0/epsilon").doubleValue()).isEqualTo(0.1);
      for (int k = 0; k < 2; k++) {
        assertThat(quantiles.at("/" + k + "/log_prob").doubleValue()).isEqualTo(expected[m][k]);
      }
    }
    CliRun text = CliRun.of("profile", "--scores", scores, "--quantiles", "0.2");
    assertThat(text.out())
        .contains("LQ 0.2 (nats)")
        .contains("The low end of LQ 0.2 is unknown: it needs 17 prompts or more.")
        .doesNotContain("LQ 0.1");
  }

  @Test
  void profile_withoutReference_givesNoneAndSaysSo() throws IOException {
    CliRun run = CliRun.of("profile", "--scores", table(false));
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("no coverage profile").contains("select");
    assertThat(run.out()).doesNotContain("Cov ");
    CliRun unknown = CliRun.of("profile", "--scores", table(false), "--reference", "teacher");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("neither a column nor a model").hasLineCount(1);
  }

  @Test
  void select_ofKnownRatios_isExact() throws IOException {
    Path out = folder.resolve("report");
    CliRun run =
        CliRun.of(
            "select", "--scores", table(false), "--n", "8,2", "--json", "--out", out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("n").doubleValue()).isEqualTo(8);
    assertThat(json.get("winner").stringValue()).isEqualTo("a");
    assertThat(json.at("/results/1/n").doubleValue()).isEqualTo(2);
    assertThat(json.at("/results/1/winner").stringValue()).isEqualTo("b");
    assertThat(json.at("/results/1/matrix/0/1").doubleValue()).isEqualTo(0.2);
    assertThat(json.at("/results/1/matrix/1/0").doubleValue()).isEqualTo(0.1);
    assertThat(json.get("confidence_set").size()).isEqualTo(2);
    assertThat(out.resolve("report.html")).exists();
    assertThat(out.resolve("report.md")).content().contains("| a ");
  }

  @Test
  void select_withOnPolicyTables_holdsTheOffsetTournament() throws IOException {
    String table = table(false);
    CliRun missing =
        CliRun.of("select", "--scores", table, "--n", "2", "--on-policy", "a=" + table);
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("no generations from b").hasLineCount(1);
    CliRun run =
        CliRun.of(
            "select",
            "--scores",
            table,
            "--n",
            "2",
            "--json",
            "--on-policy",
            "a=" + table,
            "--on-policy",
            "b=" + table,
            "--offset",
            "0");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode offset = JsonText.parse(run.out()).get("offset").get(0);
    assertThat(offset.get("gamma").doubleValue()).isEqualTo(1);
    assertThat(offset.at("/scores/0").doubleValue()).isCloseTo(0.2 - 2 * 0.2, within(1e-12));
    assertThat(offset.at("/scores/1").doubleValue()).isCloseTo(0.1 - 2 * 0.1, within(1e-12));
    assertThat(offset.get("winner").stringValue()).isEqualTo("a");
  }

  /** Text of the model itself: a hot copy of it loses, and not all rows are needed to see it. */
  @Test
  void race_amongFarCandidates_decidesEarlyAndSaysWhatItSaved() throws IOException {
    var random = new SplittableRandom(5);
    String[] words = {"very happy", "in the room", "not at home", "of the family", "to be seen"};
    var lines = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      String word = words[random.nextInt(words.length)];
      lines.append(
          "{\"prompt\": \"She was %d \", \"completion\": \"%s\"}%n".formatted(i % 10, word));
    }
    Path data = Files.writeString(folder.resolve("d.jsonl"), lines);
    String[] args = {
      "select",
      "--race",
      "--model",
      "builtin:austen",
      "--model",
      "hot=builtin:austen@3",
      "--data",
      data.toString(),
      "--n",
      "2",
      "--json"
    };
    CliRun run = CliRun.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("winner").stringValue()).isEqualTo("builtin:austen");
    assertThat(json.get("outcome").stringValue()).isEqualTo("decided");
    assertThat(json.get("examples").longValue()).isLessThan(200);
    assertThat(json.get("scorings").longValue() + json.get("scorings_saved").longValue())
        .isEqualTo(800);
    assertThat(CliRun.of(args).out()).isEqualTo(run.out());
    CliRun stray = CliRun.of("select", "--n", "2", "--model", "x", "--scores", "s.csv");
    assertThat(stray.code()).isEqualTo(2);
    assertThat(stray.err()).contains("--model requires --race").hasLineCount(1);
  }

  @Test
  void select_ofTwoModels_printsTheirDifferenceAndWhatWouldSettleIt() throws IOException {
    String table = table(false);
    CliRun plain = CliRun.of("select", "--scores", table, "--n", "8,2", "--json");
    JsonNode difference = JsonText.parse(plain.out()).get("difference");
    assertThat(difference.get("first").stringValue()).isEqualTo("a");
    assertThat(difference.get("prompts").longValue()).isEqualTo(10);
    assertThat(difference.at("/coverage/0/n").doubleValue()).isEqualTo(2);
    assertThat(difference.at("/coverage/0/difference").doubleValue()).isCloseTo(0.1, within(1e-12));
    assertThat(difference.at("/coverage/1/difference").doubleValue())
        .isCloseTo(-0.1, within(1e-12));
    assertThat(difference.at("/coverage/0/low_kind").stringValue()).isEqualTo("asymptotic");
    assertThat(difference.at("/cross_entropy/low_kind").stringValue()).isEqualTo("open");
    assertThat(difference.at("/coverage/0").has("power")).isFalse();
    CliRun run = CliRun.of("select", "--scores", table, "--n", "8,2", "--json", "--power");
    JsonNode power = JsonText.parse(run.out()).at("/difference/coverage/0/power");
    assertThat(power.get("power").doubleValue()).isEqualTo(0.8);
    assertThat(power.at("/further_prompts/status").stringValue()).isEqualTo("further");
    assertThat(power.at("/further_prompts/count").longValue()).isPositive();
  }
}
