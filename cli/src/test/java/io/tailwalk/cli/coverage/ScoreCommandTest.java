package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.cli.CliRun;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  private static final String DATA =
      """
      {"prompt": "It is a truth ", "completion": "universally acknowledged"}
      {"prompt": "It is a truth ", "completion": "that nobody knows", "prompt_id": "1"}
      {"prompt": "She was ", "completion": "happy"}
      """;

  @TempDir private Path folder;

  private CliRun score(String... more) throws IOException {
    Path data = Files.writeString(folder.resolve("d.jsonl"), DATA);
    List<String> args = new ArrayList<>(List.of("score", "--data", data.toString()));
    args.addAll(List.of(more));
    return CliRun.of(args.toArray(String[]::new));
  }

  private String table(String name) {
    return folder.resolve(name).toString();
  }

  private static List<Double> logProbs(String file) {
    var all = new TreeSet<Double>();
    try (ScoreTable table = ScoreTable.open(List.of(file), new Reference.IfPresent())) {
      table.forEach(row -> {
        for (double logProb : row.logProbs()) {
          all.add(logProb);
        }
      });
    }
    return List.copyOf(all);
  }

  private static double direct(String prompt, String completion) {
    try (LanguageModel model = BuiltinModels.open("builtin:austen")) {
      int[] ids = model.vocabulary().encode(completion);
      int[] before = model.encode(Prompt.text(prompt));
      try (ModelContext context = model.open(before, new ContextOptions(ids.length, 1))) {
        double sum = 0;
        for (double logProb : context.score(ids)) {
          sum += logProb;
        }
        return sum;
      }
    }
  }

  @Test
  void logProbs_areThoseOfTheModelItself() throws IOException {
    CliRun run = score("--model", "builtin:austen", "--out", table("s.parquet"));
    assertThat(run.code()).as(run.err()).isZero();
    List<Double> found = logProbs(table("s.parquet"));
    assertThat(found).hasSize(3);
    assertThat(found.getLast()).isCloseTo(direct("She was ", "happy"), within(1e-9));
    assertThat(found.getFirst())
        .isCloseTo(
            Math.min(
                direct("It is a truth ", "universally acknowledged"),
                direct("It is a truth ", "that nobody knows")),
            within(1e-9));
    assertThat(folder.resolve("s.run.json")).exists();
  }

  @Test
  void anyThreadsAndResumed_sameBytes() throws IOException {
    String[] models = {"--model", "builtin:austen", "--model", "hot=builtin:austen@1.5"};
    String[] one = {"--threads", "1", "--out", table("one.parquet"), "--per-token", "--end"};
    String[] two = {"--threads", "2", "--out", table("two.parquet"), "--per-token", "--end"};
    assertThat(score(join(models, one)).code()).isZero();
    assertThat(score(join(models, two)).code()).isZero();
    assertThat(folder.resolve("one.parquet")).hasSameBinaryContentAs(folder.resolve("two.parquet"));
    CliRun again = score(join(models, join(one, "--resume")));
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("is complete; nothing to do");
    CliRun other = score(join(models, "--out", table("one.parquet"), "--resume"));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("the setting end and the setting per_token have changed since")
        .hasLineCount(1);
  }

  /** One end token more; its probability is below one. */
  @Test
  void end_isPartOfTheResponse() throws IOException {
    score("--model", "builtin:austen", "--out", table("without.parquet"));
    score("--model", "builtin:austen", "--out", table("with.parquet"), "--end");
    List<Double> without = logProbs(table("without.parquet"));
    List<Double> with = logProbs(table("with.parquet"));
    for (int i = 0; i < without.size(); i++) {
      assertThat(with.get(i)).isLessThan(without.get(i));
    }
  }

  @Test
  void badInput_isRefusedInASentence() throws IOException {
    refused("score", "no model to score with");
    String out = table("s.parquet");
    Files.writeString(folder.resolve("d.jsonl"), DATA);
    String data = folder.resolve("d.jsonl").toString();
    refused("score --data " + data + " --out " + out, "no model to score with; give --model");
    refused(
        "score --model builtin:austen --model builtin:austen --data " + data + " --out " + out,
        "two models are named 'builtin:austen'");
    refused(
        "score --model builtin:austen --data " + data + " --out " + table("s.txt"),
        "name it *.parquet, *.csv or *.jsonl");
    refused(
        "score --recorded log --data " + data + " --out " + out,
        "d.jsonl, row 1: no log-likelihood is recorded");
    refused(
        "score --model builtin:austen@0 --data " + data + " --out " + out,
        "the temperature must be above 0");
    assertThat(folder.resolve("s.parquet")).doesNotExist();
  }

  private static void refused(String command, String reason) {
    CliRun run = CliRun.of(command.split(" "));
    assertThat(run.code()).as(command).isEqualTo(2);
    if (!command.equals("score")) {
      assertThat(run.err()).contains(reason).hasLineCount(1);
    }
  }

  @Test
  void recorded_takesTheHarnessesNumbers() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("log.jsonl"),
            """
            {"doc_id": 0, "arguments": [["Q: ", "yes"], ["Q: ", "no"]], "resps": [[["-1.5", "False"]], [["-0.25", "True"]]]}
            """);
    CliRun run =
        CliRun.of(
            "score",
            "--recorded",
            "lm",
            "--all-choices",
            "--data",
            log.toString(),
            "--out",
            table("r.parquet"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(logProbs(table("r.parquet"))).containsExactly(-1.5, -0.25);
  }

  /** The same doubles in every form, infinities too where there are any. */
  @Test
  void everyForm_holdsTheSameNumbers() throws IOException {
    for (String form : List.of("parquet", "csv", "jsonl")) {
      CliRun run =
          score(
              "--model",
              "builtin:austen",
              "--model",
              "cold=builtin:austen@0.3",
              "--per-token",
              "--out",
              table("f." + form));
      assertThat(run.code()).as(run.err()).isZero();
      Files.move(folder.resolve("f.run.json"), folder.resolve(form + ".run.json"));
    }
    List<Double> parquet = logProbs(table("f.parquet"));
    assertThat(parquet).hasSize(6);
    assertThat(logProbs(table("f.csv"))).isEqualTo(parquet);
    assertThat(logProbs(table("f.jsonl"))).isEqualTo(parquet);
    assertThat(folder.resolve("f.csv")).content().startsWith("example_id,prompt_id,model,log_prob");
    assertThat(score("--model", "builtin:austen", "--out", table("f.csv"), "--resume").code())
        .isEqualTo(2);
  }

  /** A sum of log-probabilities of a text behind another, of a model of bytes. */
  @Test
  void severalFilesAndForms_areScoredTogether() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "prompt,completion\nIt is,\" a truth\"\n");
    Files.writeString(
        folder.resolve("b.json"),
        "[{\"prompt\": \"She was \", \"chosen\": \"happy\", \"rejected\": \"sad\"}]");
    Files.writeString(
        folder.resolve("samples_t.jsonl"),
        "{\"doc_id\": 0, \"target\": 1, \"arguments\": [[\"She was \", \"happy\"],"
            + " [\"She was \", \"sad\"]], \"resps\": [[[-1, true]], [[-2, false]]]}");
    CliRun run =
        CliRun.of(
            "score",
            "--model",
            "builtin:austen",
            "--data",
            folder.resolve("[ab].*").toString(),
            folder.resolve("samples_t.jsonl").toString(),
            "--responses",
            "rejected",
            "--out",
            table("t.jsonl"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("white space at the end of the context of 1 request is scored")
        .contains("only the right choice of 1 multiple-choice document is a response");
    // The bytes of a prompt do not depend on what follows, so its blank stays where it is.
    double sad = direct("She was ", "sad");
    double moved = direct("She was", " sad");
    assertThat(logProbs(table("t.jsonl"))).hasSize(3);
    assertThat(Files.readString(folder.resolve("t.jsonl")))
        .contains("\"a/2\"", "\"b/1\"", "\"t/0\"", "\"log_prob\":" + sad)
        .contains("\"log_prob\":" + moved);
  }

  @Test
  void tokenIds_areScoredAsTheyAre() throws IOException {
    // Of a model of bytes: 256 begins and ends texts; "It is" and " a".
    Path ids =
        Files.writeString(
            folder.resolve("ids.jsonl"),
            """
            {"id": "plain", "prompt_token_ids": [256, 73, 116, 32, 105, 115], "completion_token_ids": [32, 97]}
            {"id": "end", "prompt_token_ids": [256, 73, 116, 32, 105, 115], "completion_token_ids": [32, 97, 256]}
            """);
    CliRun run =
        CliRun.of(
            "score",
            "--model",
            "builtin:austen",
            "--data",
            ids.toString(),
            "--out",
            table("ids.csv"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(logProbs(table("ids.csv")).getLast())
        .isCloseTo(direct("It is", " a"), within(1e-12));
    Files.writeString(ids, "{\"prompt_token_ids\": [73], \"completion_token_ids\": [257]}\n");
    refused(
        "score --model builtin:austen --data " + ids + " --out " + table("no.csv"),
        "ids.jsonl, row 1: \"completion_token_ids\" holds 257, and builtin:austen has 257 tokens");
  }

  private static String[] join(String[] first, String... second) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(second));
    return all.toArray(String[]::new);
  }
}
