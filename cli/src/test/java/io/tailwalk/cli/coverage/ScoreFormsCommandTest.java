package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Score tables of other tools, end to end. */
class ScoreFormsCommandTest {
  @TempDir private Path folder;

  /** Forty documents of two choices; the first is right, and has the given log-likelihood. */
  private String samples(String name, double right, double wrong) throws IOException {
    var text = new StringBuilder();
    for (int doc = 0; doc < 40; doc++) {
      text.append(
          """
          {"doc_id": %d, "doc": {}, "target": "0", "arguments": {"gen_args_0": {"arg_0": "Q", "arg_1": " x"}, "gen_args_1": {"arg_0": "Q", "arg_1": " y"}}, "resps": [[["%s", "False"]], [["%s", "False"]]]}
          """
              .formatted(doc, right, wrong));
    }
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** Over all choices the worse model looks better, because it spreads. */
  @Test
  void select_ofHarnessSamples_takesTheModelThatIsRight() throws IOException {
    String good = samples("good.jsonl", -1, -20);
    String bad = samples("bad.jsonl", -5, -4);
    CliRun run = CliRun.of("select", "--scores", good, bad, "--n", "4", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("winner").asString()).isEqualTo("good");
    assertThat(json.get("rows").longValue()).isEqualTo(40);
    assertThat(json.get("models").toString()).isEqualTo("[\"bad\",\"good\"]");
    assertThat(json.get("accuracy").toString()).isEqualTo("[0.0,1.0]");
    assertThat(json.get("accuracy_norm").toString()).isEqualTo("[0.0,1.0]");
    CliRun text = CliRun.of("select", "--scores", "a=" + good, "b=" + bad, "--n", "4");
    assertThat(text.out()).contains("Accuracy").contains("The choice is a.");
    CliRun all = CliRun.of("select", "--scores", good, bad, "--n", "4", "--json", "--all-choices");
    assertThat(JsonText.parse(all.out()).get("rows").longValue()).isEqualTo(80);
    CliRun columns = CliRun.of("select", "--scores", good, bad, "--n", "4", "--columns", "model=m");
    assertThat(columns.code()).isEqualTo(2);
    assertThat(columns.err()).contains("leave out --columns").hasLineCount(1);
  }

  @Test
  void profile_withNamedColumns_readsThem() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "key;who;lp\n1;a;-1\n2;a;-2\n3;a;0.005\n");
    String[] columns = {"--columns", "example_id=key,model=who", "--columns", "log_prob=lp"};
    CliRun run =
        CliRun.of(
            "profile",
            "--scores",
            file.toString(),
            columns[0],
            columns[1],
            columns[2],
            columns[3],
            "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode model = JsonText.parse(run.out()).at("/models/0");
    assertThat(model.get("cross_entropy").doubleValue()).isEqualTo(1);
    assertThat(model.get("cross_entropy_per_token").isNull()).isTrue();
    assertThat(model.get("lengths").isEmpty()).isTrue();
    assertThat(model.get("accuracy").isNull()).isTrue();
    assertThat(run.err()).contains("1 log-probability is above 0 by at most 0.01");
    CliRun text =
        CliRun.of(
            "profile", "--scores", file.toString(), columns[0], columns[1], columns[2], columns[3]);
    assertThat(text.out())
        .contains("No column names the prompts, so each example counts as its own prompt.");
    CliRun watch =
        CliRun.of(
            "watch",
            folder.toString(),
            "--once",
            "--n",
            "2",
            columns[0],
            columns[1],
            columns[2],
            columns[3],
            "--json");
    assertThat(watch.code()).as(watch.err()).isZero();
    assertThat(JsonText.parse(watch.out()).get("best").asString()).isEqualTo("a");
    CliRun none = CliRun.of("profile", "--scores", file.toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .contains("there is no column for \"example_id\"")
        .contains("a score table has example_id, prompt_id, model, log_prob and tokens")
        .hasLineCount(1);
    CliRun all =
        CliRun.of(
            "profile",
            "--scores",
            file.toString(),
            columns[0],
            columns[1],
            columns[2],
            columns[3],
            "--all-choices");
    assertThat(all.code()).isEqualTo(2);
    assertThat(all.err()).contains("--all-choices is for samples of lm-evaluation-harness");
  }
}
