package io.tailwalk.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** {@code passk} on two runs in every form: three of four samples of each task right, and one. */
class SamplePairsTest {
  private static final int TASKS = 12;
  private static final int SAMPLES = 4;

  @TempDir private Path folder;

  private interface Writer {
    String write(Path file, String text) throws IOException;
  }

  private static String lines(int right, String row, String yes, String no) {
    return IntStream.range(0, TASKS * SAMPLES)
        .mapToObj(i ->
            row.replace("TASK", String.valueOf(i / SAMPLES))
                .replace("STEP", String.valueOf(i % SAMPLES))
                .replace("%s", i % SAMPLES < right ? yes : no))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String perTask(IntFunction<String> task) {
    return IntStream.range(0, TASKS).mapToObj(task).collect(Collectors.joining(",\n"));
  }

  private static String answers(int right, String yes, String no) {
    return IntStream.range(0, SAMPLES)
        .mapToObj(i -> i < right ? yes : no)
        .collect(Collectors.joining(", "));
  }

  /** A log of the harness with repeats, of which a metric is the mean. */
  private static String harness(int right, String filter, String metric) {
    String answers = answers(right, "\"4\"", "\"5\"");
    return perTask(task ->
            "{\"doc_id\": %d, \"target\": \"4\", \"arguments\": {\"gen_args_0\": {\"arg_0\": \"Q\", \"arg_1\": {\"until\": []}}}, \"resps\": [[%s]], \"filtered_resps\": [[%s]], \"filter\": \"%s\", \"metrics\": [\"%s\"], \"%s\": %s}"
                .formatted(task, answers, answers, filter, metric, metric, right / 4.0))
            .replace("},\n", "}\n")
        + "\n";
  }

  /** A form: the text for so many right samples, how it is written, and flags. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state, and lists that are copied
  enum Form {
    CORRECT(right -> lines(right, "{\"task_id\": \"T/TASK\", \"correct\": %s}", "true", "false")),
    WHOLE(right -> lines(right, "{\"task_id\": \"T/TASK\", \"passed\": %s}", "1", "0")),
    FLOAT(right -> lines(right, "{\"task_id\": \"T/TASK\", \"passed\": %s}", "1.0", "0.0")),
    MBPP(right ->
        lines(
            right,
            "{\"task_id\": 1TASK, \"completion\": \"x\", \"result\": \"r\", \"passed\": %s}",
            "true",
            "false")),
    JSON_ARRAY(right ->
        Written.array(lines(right, "{\"problem_id\": TASK, \"success\": %s}", "true", "false"))),
    TSV(right -> "task_id\tpassed\n" + lines(right, "TASK\t%s", "True", "False")),
    CSV_INTEGERS(right -> "prompt_id,is_correct\n" + lines(right, "TASK,%s", "1", "0")),
    SEMICOLON_FLOATS(right -> "question_id;solved\n" + lines(right, "TASK;%s", "1.0", "0.0")),
    CSV_TRUE(right -> "task_id,passed\n" + lines(right, "TASK,%s", "true", "false")),
    NO_IDS(right -> lines(right, "{\"question\": \"q TASK\", \"correct\": %s}", "true", "false")),
    GZIP(
        right -> lines(right, "{\"task_id\": TASK, \"passed\": %s}", "true", "false"),
        Written::gzip),
    ZSTD(right -> "task_id,passed\n" + lines(right, "TASK,%s", "1", "0"), Written::zstd),
    PARQUET(
        right -> lines(right, "{\"task_id\": \"TASK\", \"passed\": %s}", "true", "false"),
        (file, text) -> Written.parquet(file, "*", text)),
    PARQUET_TINY_INTEGERS(
        right -> lines(right, "{\"task_id\": TASK, \"passed\": %s}", "1", "0"),
        (file, text) -> Written.parquet(file, "* REPLACE (passed::UTINYINT AS passed)", text)),
    VERL_PARQUET(
        right ->
            lines(
                right,
                "{\"input\": \"q TASK\", \"output\": \"o\", \"gts\": \"4\", \"step\": 5, %s}",
                "\"score\": 1.0, \"acc\": true",
                "\"score\": -1.0, \"acc\": false"),
        (file, text) -> Written.parquet(file, "*", text)),
    OPENRLHF_PARQUET(
        right ->
            lines(
                right,
                "{\"input\": \"q TASK\", \"output\": \"o\", \"reward\": %s}",
                "2.5",
                "-0.75"),
        (file, text) -> Written.parquet(file, "* REPLACE (reward::FLOAT AS reward)", text),
        "--threshold",
        "1"),
    TRL_PARQUET(
        right ->
            lines(
                right,
                "{\"step\": 1, \"prompt\": \"q TASK\", \"completion\": \"o STEP\", \"accuracy_reward\": %s, \"advantage\": 0.1}",
                "1.0",
                "0.0"),
        (file, text) -> Written.parquet(file, "*", text)),
    TRL_CHATS(right ->
        lines(
            right,
            "{\"step\": 1, \"prompt\": [{\"role\": \"user\", \"content\": \"q TASK\"}], \"completion\": [{\"role\": \"assistant\", \"content\": \"o STEP\"}], \"accuracy_reward\": %s, \"advantage\": 0.1}",
            "1.0",
            "0.0")),
    REWARD_THRESHOLD(
        right -> lines(right, "{\"task_id\": TASK, \"reward\": %s}", "0.75", "0.5"),
        "--threshold",
        "0.6"),
    EVALPLUS_BASE(
        right ->
            "{\"eval\": {"
                + perTask(task ->
                    "\"T/%d\": [%s]"
                        .formatted(
                            task,
                            answers(
                                right,
                                "{\"base_status\": \"pass\", \"plus_status\": \"fail\"}",
                                "{\"base_status\": \"timeout\", \"plus_status\": \"fail\"}")))
                + "}}",
        "--pass-field",
        "base_status"),
    EVALPLUS_OLD(
        right ->
            "{\"eval\": {"
                + perTask(task ->
                    "\"T/%d\": {\"nfiles\": 4, \"base\": [%s], \"plus\": [%s]}"
                        .formatted(
                            task,
                            answers(right, "[\"pass\", []]", "[\"pass\", []]"),
                            answers(right, "[\"pass\", []]", "[\"fail\", [1]]")))
                + "}}",
        "--pass-field",
        "plus_status"),
    HARNESS_EXACT_MATCH(right -> harness(right, "none", "exact_match")),
    HARNESS_PASS_AT_1(right -> harness(right, "create_test", "pass@1")),
    HARNESS_ACC(right -> harness(right, "none", "acc")),
    HARNESS_ONLY_METRIC(right -> harness(right, "none", "math_verify")),
    HARNESS_FILTER(
        right ->
            harness(right, "flexible-extract", "exact_match")
                + harness(0, "strict-match", "exact_match"),
        "--filter",
        "flexible-extract");

    private final IntFunction<String> text;
    private final Writer writer;
    private final List<String> flags;

    Form(IntFunction<String> text, String... flags) {
      this(text, Written::text, flags);
    }

    Form(IntFunction<String> text, Writer writer, String... flags) {
      this.text = text;
      this.writer = writer;
      this.flags = List.of(flags);
    }
  }

  private static CliRun passk(List<String> words) {
    List<String> all = new ArrayList<>(List.of("passk", "--json", "--samples"));
    all.addAll(words);
    return CliRun.of(all.toArray(String[]::new));
  }

  private static JsonNode json(CliRun run) {
    assertThat(run.code()).as(run.err()).isZero();
    return JsonText.parse(run.out());
  }

  /** Of four samples three right, pass@1 0.75 and pass@2 1; one right, 0.25 and 0.5. */
  @ParameterizedTest
  @EnumSource
  void theBetterRun_isBetter_inEveryForm(Form form) throws IOException {
    List<String> words = new ArrayList<>();
    words.add("good=" + form.writer.write(folder.resolve("a"), form.text.apply(3)));
    words.add("bad=" + form.writer.write(folder.resolve("b"), form.text.apply(1)));
    words.addAll(List.of("--k", "1,2"));
    words.addAll(form.flags);
    assertBetter(json(passk(words)));
  }

  private static void assertBetter(JsonNode json) {
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

  /** Generations without grades, and means without samples, of bigcode-evaluation-harness. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[\"def f(): pass\", \"def f(): pass\"]] | generations without results; evaluate them",
        "{\"humaneval\": {\"pass@1\": 0.5}, \"config\": {}} | metrics over all tasks, without the results of single samples",
        "{\"Step\": 1, \"run-a - eval/loss\": 0.5} | there is no column that says whether a sample",
      })
  void filesWithoutSamples_areRefused(String text, String sentence) throws IOException {
    CliRun run = passk(List.of(Written.text(folder.resolve("r.json"), text)));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("tailwalk: " + folder.resolve("r.json") + ": " + sentence)
        .hasLineCount(1);
  }

  @Test
  void severalFilters_areRefusedByName() throws IOException {
    String text = Form.HARNESS_FILTER.text.apply(3);
    CliRun run = passk(List.of(Written.text(folder.resolve("h.jsonl"), text)));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("\"flexible-extract\", \"strict-match\"; name one with --filter")
        .hasLineCount(1);
  }

  /**
   * Plain draws of letters: a run whose verifier takes all passes, one that takes none does not.
   */
  @Test
  void samplesOfGenerate_areRuns() throws IOException {
    String prompts =
        IntStream.range(0, TASKS)
            .mapToObj("{\"id\": \"p%d\", \"prompt\": \"It is \"}\n"::formatted)
            .collect(Collectors.joining());
    String file = Written.text(folder.resolve("p.jsonl"), prompts);
    for (String[] run : new String[][] {{"good", "any"}, {"bad", "length:0..1"}}) {
      CliRun generate =
          CliRun.of(
              "generate",
              "--model",
              "builtin:austen",
              "--prompts",
              file,
              "--verifier",
              run[1],
              "--sampler",
              "ancestral",
              "--n",
              "4",
              "--max-tokens",
              "3",
              "--quiet",
              "--out",
              folder.resolve(run[0] + ".jsonl").toString());
      assertThat(generate.code()).as(generate.err()).isIn(0, 1);
    }
    JsonNode json =
        json(passk(List.of(folder + "/good.jsonl", folder + "/bad.jsonl", "--k", "1,4")));
    assertThat(json.at("/runs/0/pass_at_k/0/value").doubleValue()).isEqualTo(1);
    assertThat(json.at("/runs/1/pass_at_k/0/value").doubleValue()).isZero();
    assertThat(json.at("/pairs/0/points/1/difference").doubleValue()).isEqualTo(1);
    assertThat(json.at("/pairs/0/points/0/low").doubleValue()).isPositive();
  }
}
