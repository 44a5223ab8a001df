package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** {@code passk} on files of other tools: of two runs, the one that is better comes out better. */
class PasskFormsTest {
  private static final int TASKS = 12;
  private static final int SAMPLES = 4;

  @TempDir private Path folder;

  /** A form of file for tasks of four samples each, so many of them right. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state, and lists that are copied
  enum Form {
    HUMAN_EVAL((task, right) ->
        rows(
            right,
            "{\"task_id\": \"HumanEval/%d\", \"completion\": \"x\", \"result\": \"r\", \"passed\": %%s}"
                .formatted(task),
            "true",
            "false")),
    REWARD((task, right) ->
        rows(right, "{\"task_id\": %d, \"reward\": %%s}".formatted(task), "1.0", "0.0")),
    CSV((task, right) -> rows(right, task + ",%s", "True", "False")),
    VERL((task, right) ->
        rows(
            right,
            "{\"input\": \"q%d\", \"output\": \"o\", \"gts\": \"4\", \"step\": 5, %%s}"
                .formatted(task),
            "\"score\": 1.0, \"acc\": true",
            "\"score\": -1.0, \"acc\": false")),
    OPENRLHF(
        (task, right) ->
            rows(
                right,
                "{\"input\": \"q%d\", \"output\": \"o\", \"reward\": %%s}".formatted(task),
                "2.5",
                "-0.75"),
        "--threshold",
        "1"),
    TRL(
        (task, right) ->
            rows(
                right,
                "{\"step\": 1, \"prompt\": \"q%d\", \"completion\": \"o\", \"acc\": %%s, \"len\": 0.3, \"advantage\": 0}"
                    .formatted(task),
                "1.0",
                "0.0"),
        "--reward-field",
        "acc"),
    EVALPLUS(
        (task, right) ->
            "\"T/%d\": [%s]"
                .formatted(
                    task,
                    rows(
                            right,
                            "{\"base_status\": \"pass\", \"plus_status\": \"%s\"}",
                            "pass",
                            "fail")
                        .strip()
                        .replace("\n", ",")),
        "--pass-field",
        "plus_status"),
    INSPECT((task, right) ->
        rows(
                right,
                "{\"id\": %d, \"epoch\": 1, \"scores\": {\"match\": {\"value\": \"%%s\"}}}"
                    .formatted(task),
                "C",
                "I")
            .strip()
            .replace("\n", ",")),
    HARNESS((task, right) ->
        "{\"doc_id\": %d, \"target\": \"4\", \"arguments\": [[\"Q\", {\"until\": []}]], \"resps\": [[%s]], \"filtered_resps\": [[%s]], \"filter\": \"f\", \"metrics\": [\"exact_match\"], \"exact_match\": %s}\n"
            .formatted(task, answers(right), answers(right), right / 4.0));

    private final BiFunction<Integer, Integer, String> task;
    private final List<String> flags;

    Form(BiFunction<Integer, Integer, String> task, String... flags) {
      this.task = task;
      this.flags = List.of(flags);
    }

    private static String rows(int right, String row, String yes, String no) {
      return IntStream.range(0, SAMPLES)
          .mapToObj(i -> row.formatted(i < right ? yes : no) + "\n")
          .collect(Collectors.joining());
    }

    private static String answers(int right) {
      return IntStream.range(0, SAMPLES)
          .mapToObj(i -> i < right ? "\"4\"" : "\"5\"")
          .collect(Collectors.joining(", "));
    }

    private String file(int right) {
      List<String> tasks = IntStream.range(0, TASKS).mapToObj(t -> task.apply(t, right)).toList();
      return switch (this) {
        case CSV -> "task_id,passed\n" + String.join("", tasks);
        case EVALPLUS -> "{\"eval\": {" + String.join(",\n", tasks) + "}}";
        case INSPECT ->
            "{\"version\": 2, \"status\": \"success\", \"eval\": {}, \"samples\": [\n"
                + String.join(",\n", tasks)
                + "]}";
        default -> String.join("", tasks);
      };
    }
  }

  private JsonNode passk(List<String> words) {
    List<String> all = new ArrayList<>(List.of("passk", "--json", "--samples"));
    all.addAll(words);
    CliRun run = CliRun.of(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.parse(run.out());
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** Three of four right and one of four right: pass@1 0.75 and 0.25, pass@2 1 and 1/2. */
  @ParameterizedTest
  @EnumSource
  void theBetterRun_isBetter_inEveryForm(Form form) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("good=" + file("a", form.file(3)), "bad=" + file("b", form.file(1))));
    words.addAll(List.of("--k", "1,2"));
    words.addAll(form.flags);
    JsonNode json = passk(words);
    double[][] expected = {{0.75, 1}, {0.25, 0.5}};
    for (int run = 0; run < 2; run++) {
      for (int k = 0; k < 2; k++) {
        assertThat(json.at("/runs/%d/pass_at_k/%d/value".formatted(run, k)).doubleValue())
            .isCloseTo(expected[run][k], within(1e-12));
      }
    }
    JsonNode difference = json.at("/pairs/0/points/0");
    assertThat(difference.get("difference").doubleValue()).isCloseTo(0.5, within(1e-12));
    assertThat(difference.get("better").intValue()).isEqualTo(TASKS);
    assertThat(difference.get("low").doubleValue()).isPositive();
  }

  @Test
  void evalPlus_baseAndPlus_standBesideEachOther() throws IOException {
    JsonNode json = passk(List.of(file("e.json", Form.EVALPLUS.file(1)), "--k", "1"));
    assertThat(json.at("/runs/0/run").stringValue()).isEqualTo("e (base)");
    assertThat(json.at("/runs/0/pass_at_k/0/value").doubleValue()).isEqualTo(1);
    assertThat(json.at("/runs/1/run").stringValue()).isEqualTo("e (plus)");
    assertThat(json.at("/runs/1/pass_at_k/0/value").doubleValue()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void severalFiles_patterns_andStandardInput_areRuns() throws IOException {
    String right = "{\"task_id\": \"t\", \"passed\": true}\n";
    String wrong = right.replace("true", "false");
    String one = file("part-1.jsonl", right);
    String two = file("part-2.jsonl", wrong + wrong + wrong);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream((right + wrong).getBytes(StandardCharsets.UTF_8)));
    try {
      JsonNode json =
          passk(List.of("both=" + one, "both=" + two, folder + "/part-*.jsonl", "-", "--k", "1"));
      assertThat(json.at("/runs/0/run").stringValue()).isEqualTo("both");
      assertThat(json.at("/runs/0/pass_at_k/0/value").doubleValue()).isCloseTo(0.25, within(1e-12));
      assertThat(json.at("/runs/1/run").stringValue()).isEqualTo("part-*");
      assertThat(json.at("/runs/1/pass_at_k/0/value").doubleValue()).isCloseTo(0.25, within(1e-12));
      assertThat(json.at("/runs/2/run").stringValue()).isEqualTo("standard input");
      assertThat(json.at("/runs/2/pass_at_k/0/value").doubleValue()).isCloseTo(0.5, within(1e-12));
    } finally {
      System.setIn(before);
    }
    CliRun same = CliRun.of("passk", "--samples", one, one);
    assertThat(same.code()).isEqualTo(2);
    assertThat(same.err()).contains("two runs are named 'part-1'").hasLineCount(1);
  }

  @Test
  void gradedRewards_giveBestOfN_andPassAtKByAThreshold() throws IOException {
    String file =
        file(
            "g.jsonl",
            """
            {"input": "q", "output": "x", "reward": -1}
            {"input": "q", "output": "y", "reward": 3}
            {"input": "r", "output": "x", "reward": 0.5}
            {"input": "r", "output": "y", "reward": 0.25}
            """);
    JsonNode run = passk(List.of(file)).at("/runs/0");
    assertThat(run.get("pass_at_k")).isEmpty();
    assertThat(run.at("/reward_best_of_n/0/value").doubleValue())
        .isCloseTo((-1 + 3 + 0.5 + 0.25) / 4, within(1e-12));
    assertThat(run.at("/reward_best_of_n/1/value").doubleValue()).isEqualTo((3 + 0.5) / 2);
    assertThat(run.at("/reward_best_of_n/1/low").stringValue()).isEqualTo("-inf");
    CliRun text = CliRun.of("passk", "--samples", file, "--out", folder.resolve("o").toString());
    assertThat(text.out()).contains("threshold", "Best-of-N by reward").doesNotContain("pass@k  ");
    assertThat(folder.resolve("o/report.html")).exists();
    JsonNode passes = passk(List.of(file, "--threshold", "0.5", "--k", "1"));
    assertThat(passes.at("/runs/0/pass_at_k/0/value").doubleValue()).isCloseTo(0.5, within(1e-12));
    assertThat(CliRun.of("passk", "--samples", file, "--k", "3").err())
        .startsWith("tailwalk: --k: 3: ")
        .contains("2 samples")
        .hasLineCount(1);
    assertThat(CliRun.of("passk", "--samples", file, "--threshold", "NaN").err())
        .contains("--threshold");
  }

  /** Votes among 4, 4, 5: of three pairs one is right and two are tied, and all three are right. */
  @Test
  void votes_standBesidePassAtK() throws IOException {
    String row = "{\"task_id\": \"%s\", \"correct\": %s, \"reward\": %s, \"pred\": \"%s\"}%n";
    String text = "";
    for (String task : List.of("a", "b")) {
      text +=
          row.formatted(task, true, "0.5", "4")
              + row.formatted(task, true, "0.5", "4")
              + row.formatted(task, false, "3", "5");
    }
    String file = file("v.jsonl", text);
    JsonNode run = passk(List.of(file, "--k", "1,2,3", "--answer-field", "pred")).at("/runs/0");
    double[] majority = {2.0 / 3, 2.0 / 3, 1};
    double[] weighted = {2.0 / 3, 1.0 / 3, 0};
    double[] best = {4.0 / 3, (0.5 + 3 + 3) / 3, 3};
    for (int k = 0; k < 3; k++) {
      JsonNode vote = run.at("/maj_at_k/" + k);
      assertThat(vote.get("value").doubleValue()).isCloseTo(majority[k], within(1e-12));
      assertThat(vote.get("low").doubleValue()).isLessThan(majority[k]);
      assertThat(vote.get("low_kind").stringValue()).isEqualTo("asymptotic");
      assertThat(vote.has("standard_error")).isFalse();
      assertThat(run.at("/weighted_maj_at_k/" + k).get("value").doubleValue())
          .isCloseTo(weighted[k], within(1e-12));
      assertThat(run.at("/reward_best_of_n/" + k).get("value").doubleValue())
          .isCloseTo(best[k], within(1e-12));
    }
    assertThat(passk(List.of(file)).at("/runs/0").has("maj_at_k")).isFalse();
    CliRun shown = CliRun.of("passk", "--samples", file, "--k", "2", "--answer-field", "pred");
    assertThat(shown.out()).contains("maj@k", "Weighted maj@k");
    String own = file("own.jsonl", "{\"input\": \"q\", \"pred\": \"4\", \"reward\": 0.3}\n");
    assertThat(CliRun.of("passk", "--samples", own, "--answer-field", "pred").err())
        .contains("a vote needs plain draws")
        .hasLineCount(1);
  }

  @Test
  void harnessRepeats_vote() throws IOException {
    JsonNode run = passk(List.of(file("h.jsonl", Form.HARNESS.file(3)), "--k", "4")).at("/runs/0");
    assertThat(run.at("/maj_at_k/0/value").doubleValue()).isEqualTo(1);
    assertThat(run.has("weighted_maj_at_k")).isFalse();
  }

  @Test
  void columnsAndFields_areOneChoice() throws IOException {
    String file = file("c.csv", "q,ok\na,1\na,0\n");
    for (List<String> flags :
        List.of(
            List.of("--columns", "task_id=q,passed=ok"),
            List.of("--task-field", "q", "--pass-field", "ok"),
            List.of("--task-field", "q", "--reward-field", "ok"))) {
      List<String> words = new ArrayList<>(List.of(file, "--k", "1"));
      words.addAll(flags);
      assertThat(passk(words).at("/runs/0/pass_at_k/0/value").doubleValue())
          .isCloseTo(0.5, within(1e-12));
    }
    CliRun both =
        CliRun.of("passk", "--samples", file, "--columns", "task_id=q", "--task-field", "q");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--task-field and --columns task_id=");
    assertThat(CliRun.of("passk", "--samples", file, "--columns", "colour=q").err())
        .contains("unknown field 'colour'")
        .hasLineCount(1);
  }

  /** Three prompts with like shares of right samples are no certainty. */
  @Test
  void threeLikePrompts_haveAnIntervalWithWidth() throws IOException {
    BiFunction<Integer, Integer, String> task =
        (prompt, right) ->
            IntStream.range(0, 10)
                .mapToObj(
                    i -> "{\"task_id\": \"p%d\", \"passed\": %s}%n".formatted(prompt, i < right))
                .collect(Collectors.joining());
    String five = file("p11", task.apply(0, 5) + task.apply(1, 5) + task.apply(2, 5));
    String three = file("p12", task.apply(0, 3) + task.apply(1, 3) + task.apply(2, 3));
    JsonNode json = passk(List.of(five, three, "--k", "1,2,5"));
    for (JsonNode point : json.at("/pairs/0/points")) {
      assertThat(point.get("high").doubleValue() - point.get("low").doubleValue())
          .isGreaterThan(0.2);
    }
    assertThat(json.at("/pairs/0/points/0/difference").doubleValue()).isCloseTo(0.2, within(1e-12));
  }
}
