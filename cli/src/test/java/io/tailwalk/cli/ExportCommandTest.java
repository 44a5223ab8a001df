package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ExportCommandTest {
  private static final String SCORES =
      """
      example_id,prompt_id,model,log_prob,tokens,reference_log_prob
      a,p1,step-00200,-2,3,-0.5
      a,p1,step-00100,-1,3,-0.5
      b,p2,step-00200,-1,2,-1
      b,p2,step-00100,-3,2,-1
      c,p3,step-00200,-1.5,2,-1
      c,p3,step-00100,-3,2,-1
      """;

  @TempDir private Path folder;

  private static CliRun done(String... args) {
    CliRun run = CliRun.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private String scores() throws IOException {
    return Files.writeString(folder.resolve("scores.csv"), SCORES).toString();
  }

  private String file(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json).toString();
  }

  private static List<JsonNode> lines(String... args) {
    List<String> words = new ArrayList<>(List.of("export", "--to", "jsonl"));
    words.addAll(List.of(args));
    return done(words.toArray(String[]::new)).out().lines().map(JsonText::parse).toList();
  }

  /** Cross-entropies 7/3 and 1.5, of which Cov_2 is 2/3 and 1/3, by hand. */
  @Test
  void profile_isALinePerCheckpointWithItsStep() throws IOException {
    String out = folder.resolve("out").toString();
    done("profile", "--scores", scores(), "--n", "2,2.5", "--out", out);
    List<JsonNode> lines = lines(out);
    assertThat(lines).extracting(line -> line.path("step").longValue()).containsExactly(100L, 200L);
    JsonNode first = lines.getFirst();
    assertThat(first.path("study").stringValue()).isEqualTo("profile");
    assertThat(first.path("name").stringValue()).isEqualTo("step-00100");
    assertThat(first.path("cross_entropy").doubleValue()).isCloseTo(7.0 / 3, within(1e-12));
    assertThat(first.path("coverage/n2").doubleValue()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(first.path("coverage/n2/low").doubleValue()).isLessThan(2.0 / 3);
    assertThat(lines.get(1).path("coverage/n2").doubleValue()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(first.has("coverage/n2.5")).isTrue();
    assertThat(first.path("log_quantile/0.5").isNumber()).isTrue();
    // The upper end is infinite and the accuracy unknown: neither is a number to plot.
    assertThat(first.path("cross_entropy/low").isNumber()).isTrue();
    assertThat(first.has("cross_entropy/high")).isFalse();
    assertThat(first.has("accuracy")).isFalse();
    first
        .properties()
        .forEach(field -> {
          boolean name = field.getKey().equals("study") || field.getKey().equals("name");
          assertThat(field.getValue().isNumber()).as(field.getKey()).isEqualTo(!name);
        });
  }

  /** The better checkpoint is under-weighted by 2 or more on one response of three. */
  @Test
  void select_hasTheWorstShareAndTheChoice() throws IOException {
    String json =
        file("s.jsonl", done("select", "--scores", scores(), "--n", "2,4", "--json").out());
    List<JsonNode> lines = lines(json);
    JsonNode better = lines.get(1);
    assertThat(better.path("name").stringValue()).isEqualTo("step-00200");
    assertThat(better.path("worst/n2").doubleValue()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(better.path("worst/n4").doubleValue()).isZero();
    assertThat(better.path("worst/n2/high").doubleValue()).isGreaterThan(1.0 / 3);
    assertThat(better.path("chosen/n2").intValue()).isEqualTo(1);
    assertThat(lines.getFirst().path("chosen/n2").intValue()).isZero();
    assertThat(lines.getFirst().path("worst/n2").doubleValue()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(done("export", json, "--to", "markdown").out())
        .contains("N = 2: the tournament chooses step-00200, cross-entropy step-00200")
        .contains("| metric | step-00100 | step-00200 |")
        .contains("| worst/n2 | 0.667 | 0.333 \\[");
  }

  private String samples(String name, int right) throws IOException {
    var rows = new StringBuilder();
    for (String task : List.of("t1", "t2")) {
      for (int i = 0; i < 4; i++) {
        rows.append(
            "{\"task_id\": \"%s\", \"passed\": %s, \"answer\": \"x\"}%n"
                .formatted(task, i < right));
      }
    }
    return file(name, rows.toString());
  }

  @Test
  void passk_hasCurvesByRun_andDifferencesInMarkdown() throws IOException {
    String json =
        file(
            "p.json",
            done(
                    "passk",
                    "--samples",
                    samples("run-20.jsonl", 1),
                    samples("run-3.jsonl", 2),
                    "--k",
                    "1,2",
                    "--answer-field",
                    "answer",
                    "--json")
                .out());
    List<JsonNode> lines = lines(json);
    assertThat(lines).extracting(line -> line.path("step").longValue()).containsExactly(3L, 20L);
    assertThat(lines.getFirst().path("pass@1").doubleValue()).isCloseTo(0.5, within(1e-12));
    assertThat(lines.getFirst().path("pass@2").doubleValue()).isCloseTo(5.0 / 6, within(1e-12));
    assertThat(lines.get(1).path("pass@2").doubleValue()).isCloseTo(0.5, within(1e-12));
    assertThat(lines.get(1).path("pass@2/low").doubleValue()).isLessThan(0.5);
    assertThat(lines.get(1).path("maj@1").doubleValue()).isCloseTo(0.25, within(1e-12));
    assertThat(done("export", json, "--to", "markdown").out())
        .contains("| run-20 minus run-3 | 1 | −0.250 \\[")
        .contains("| pass@2 | 0.500 \\[");
  }

  @Test
  void watch_ofSeveralLooks_isTheLast() throws IOException {
    Files.createDirectory(folder.resolve("w"));
    Files.writeString(folder.resolve("w/scores.csv"), SCORES);
    String look =
        done("watch", folder.resolve("w").toString(), "--n", "2", "--once", "--json").out();
    String before = look.replace("step-00200", "step-00150");
    List<JsonNode> lines = lines(file("w.jsonl", before + look));
    assertThat(lines).extracting(line -> line.path("step").longValue()).containsExactly(100L, 200L);
    assertThat(lines.get(1).path("uncovered/n2").doubleValue()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(lines.get(1).path("best/n2").intValue()).isEqualTo(1);
  }

  @Test
  void tailAndCompare_areALinePerModelAndSampler() throws IOException {
    String prompts = file("prompts.jsonl", "{\"id\": \"a\", \"prompt\": \"It was \"}\n");
    List<String> usual =
        List.of(
            "--model",
            "builtin:austen",
            "--prompts",
            prompts,
            "--verifier",
            "avoid:e",
            "--max-tokens",
            "3",
            "--budget-tokens",
            "200",
            "--quiet");
    List<String> tail = new ArrayList<>(List.of("tail"));
    tail.addAll(usual);
    CliRun curve = CliRun.of(tail, "--measure-tokens", "200", "--json");
    JsonNode figures = JsonText.parse(curve.out());
    List<JsonNode> lines = lines(file("tail.json", curve.out()));
    assertThat(lines).hasSize(1);
    JsonNode line = lines.getFirst();
    assertThat(line.path("name").stringValue()).isEqualTo("builtin:austen");
    assertThat(line.has("step")).isFalse();
    assertThat(line.path("pass@1").doubleValue())
        .isEqualTo(figures.at("/pass_at_k/0/predicted/value").doubleValue());
    assertThat(line.path("pass@5/these_prompts/high").doubleValue())
        .isEqualTo(figures.at("/pass_at_k/2/predicted/these_prompts_high").doubleValue());
    List<String> compare = new ArrayList<>(List.of("compare"));
    compare.addAll(usual);
    CliRun samplers = CliRun.of(compare, "-n", "2", "--samplers", "vgb;best-of-n", "--json");
    List<JsonNode> two = lines(file("compare.json", samplers.out()));
    assertThat(two)
        .extracting(each -> each.path("name").stringValue())
        .containsExactly("vgb", "best-of-n");
    assertThat(two.getFirst().path("model_tokens").longValue())
        .isEqualTo(JsonText.parse(samplers.out()).at("/samplers/0/cost/model_tokens").longValue());
  }

  @Test
  void names_areEscapedAndNotifyNobody() throws IOException {
    String table = SCORES.replace("step-00100", "@octo|cat <b>").replace("step-00200", "#12");
    String scores = Files.writeString(folder.resolve("names.csv"), table).toString();
    String json = file("n.json", done("profile", "--scores", scores, "--n", "2", "--json").out());
    String markdown = done("export", "--to", "markdown", json).out();
    assertThat(markdown)
        .contains("| @<!-- -->octo\\|cat \\<b\\> |")
        .contains("\\#<!-- -->12")
        .doesNotContain("@octo", "<b>");
  }

  @Test
  void versionsInNames_areNoSteps() throws IOException {
    String scores =
        Files.writeString(
                folder.resolve("v.csv"),
                SCORES.replace("step-00100", "model-0.5").replace("step-00200", "final"))
            .toString();
    String json = file("v.json", done("profile", "--scores", scores, "--n", "2", "--json").out());
    assertThat(lines(json)).noneMatch(line -> line.has("step")).hasSize(2);
  }

  @Test
  void otherInput_isRefusedInOneSentence() throws IOException {
    assertRefused("no result of 'profile'", scores());
    assertRefused("no result of 'profile'", file("x.json", "{\"a\": 1}"));
    assertRefused("folder without results", folder.toString());
    String json = done("profile", "--scores", scores(), "--n", "2", "--json").out();
    String broken = json.replaceFirst("\"rows\":3", "\"rows\":\"three\"");
    assertRefused("\"rows\" is no number", file("broken.json", broken));
    CliRun form = CliRun.of("export", file("ok.json", json), "--to", "html");
    assertThat(form.code()).isEqualTo(2);
    assertThat(form.err()).contains("--to accepts jsonl or markdown, got 'html'");
  }

  private static void assertRefused(String why, String name) {
    CliRun run = CliRun.of("export", name, "--to", "jsonl");
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(why);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }
}
