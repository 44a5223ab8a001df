package io.tailwalk.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Two checkpoints in every form of score file. "good" gives example i -3 - i/8. "bad" gives every
 * third example 1.5 less, a factor of more than 4, and the others 1 more, one of less than 4: it is
 * better by cross-entropy, by 1/6, and at N = 4 under-weights a third of the examples.
 */
class ScorePairsTest {
  private static final int EXAMPLES = 12;
  private static final double GOOD = 3.6875;
  private static final double BAD = GOOD - 1.0 / 6;
  private static final int TOKENS = 42;

  @TempDir private Path folder;

  private record Row(int example, String model) {
    int prompt() {
      return example / 2;
    }

    int tokens() {
      return 2 + example % 4;
    }

    double logProb() {
      double good = -3 - example / 8.0;
      return model.equals("good") ? good : good + (example % 3 == 0 ? -1.5 : 1);
    }

    /** Log-probabilities of its tokens, which add up exactly. */
    List<Double> logProbs() {
      List<Double> all = new ArrayList<>(List.of(logProb() + 0.25 * (tokens() - 1)));
      IntStream.range(1, tokens()).forEach(_ -> all.add(-0.25));
      return all;
    }

    String csv() {
      return "%d,%d,%s,%s,%d".formatted(example, prompt(), model, logProb(), tokens());
    }

    String json() {
      return "{\"example_id\": %d, \"prompt_id\": %d, \"model\": \"%s\", \"log_prob\": %s, \"tokens\": %d}"
          .formatted(example, prompt(), model, logProb(), tokens());
    }

    String listJson() {
      return "{\"example_id\": %d, \"prompt_id\": %d, \"model\": \"%s\", \"log_probs\": %s}"
          .formatted(example, prompt(), model, logProbs());
    }

    String listCsv() {
      return "%d,%d,%s,\"%s\"".formatted(example, prompt(), model, logProbs());
    }
  }

  private static Stream<Row> rows() {
    return Stream.of("good", "bad")
        .flatMap(model -> IntStream.range(0, EXAMPLES).mapToObj(i -> new Row(i, model)));
  }

  private static String csv() {
    return "example_id,prompt_id,model,log_prob,tokens\n"
        + rows().map(Row::csv).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String json() {
    return rows().map(Row::json).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String listJson() {
    return rows().map(Row::listJson).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String wide() {
    return IntStream.range(0, EXAMPLES)
        .mapToObj(i -> {
          Row good = new Row(i, "good");
          return "%d,%d,%s,%s"
              .formatted(i, good.prompt(), good.logProb(), new Row(i, "bad").logProb());
        })
        .collect(Collectors.joining("\n", "example_id,prompt_id,good,bad\n", "\n"));
  }

  /** The table without the given column. */
  private static String without(int column) {
    return csv()
        .lines()
        .map(line -> {
          List<String> fields = new ArrayList<>(List.of(line.split(",")));
          fields.remove(column);
          return String.join(",", fields);
        })
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private interface Writer {
    String write(Path file) throws IOException;
  }

  /**
   * A form of table: how it is written, how many prompts it names, and whether tokens are known.
   */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  enum Table {
    CSV(file -> Written.text(file, csv())),
    TSV(file -> Written.text(file, csv().replace(',', '\t'))),
    SEMICOLONS(file -> Written.text(file, csv().replace(',', ';'))),
    CRLF(file -> Written.text(file, csv().replace("\n", "\r\n"))),
    BYTE_ORDER_MARK(file -> Written.text(file, "\uFEFF" + csv())),
    INDEX(file ->
        Written.text(
            file, csv().lines().map(line -> "," + line).collect(Collectors.joining("\n")))),
    GZIP(file -> Written.gzip(file, csv())),
    ZSTD(file -> Written.zstd(file, csv())),
    JSON_LINES(file -> Written.text(file, json())),
    JSON_LINES_ZSTD(file -> Written.zstd(file, json())),
    JSON_ARRAY(file -> Written.text(file, Written.array(json()))),
    JSON_ARRAY_GZIP(file -> Written.gzip(file, Written.array(json()))),
    OTHER_NAMES(file -> Written.text(file, csv().replace("log_prob,tokens", "logprob,num_tokens"))),
    WHOLE_FLOATS(file -> Written.text(file, csv().replaceAll("(\\d)\n", "$1.0\n"))),
    LISTS_JSON_LINES(file -> Written.text(file, listJson())),
    LISTS_CSV(file ->
        Written.text(
            file,
            "example_id,prompt_id,model,log_probs\n"
                + rows().map(Row::listCsv).collect(Collectors.joining("\n")))),
    PARQUET(file -> Written.parquet(file, "*", json())),
    PARQUET_UNSIGNED(file -> Written.parquet(file, replaced("tokens::UBIGINT AS tokens"), json())),
    PARQUET_FLOAT_TOKENS(
        file -> Written.parquet(file, replaced("tokens::FLOAT AS tokens"), json())),
    PARQUET_SINGLE(file -> Written.parquet(file, replaced("log_prob::FLOAT AS log_prob"), json())),
    PARQUET_CATEGORIES(file ->
        Written.parquet(file, replaced("model::ENUM('other', 'bad', 'good') AS model"), json())),
    PARQUET_LISTS(file -> Written.parquet(file, "*", listJson())),
    PARQUET_SINGLE_LISTS(
        file -> Written.parquet(file, replaced("log_probs::FLOAT[] AS log_probs"), listJson())),
    NO_TOKENS(file -> Written.text(file, without(4)), 6, false),
    NO_PROMPTS(file -> Written.text(file, without(1)), 12, true),
    WIDE(file -> Written.text(file, wide()), 6, false),
    WIDE_TSV_ZSTD(file -> Written.zstd(file, wide().replace(',', '\t')), 6, false);

    private final Writer writer;
    private final int prompts;
    private final boolean tokens;

    Table(Writer writer) {
      this(writer, 6, true);
    }

    Table(Writer writer, int prompts, boolean tokens) {
      this.writer = writer;
      this.prompts = prompts;
      this.tokens = tokens;
    }

    private static String replaced(String column) {
      return "* REPLACE (" + column + ")";
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBetterCheckpoint_isChosen_inEveryTable(Table table) throws IOException {
    String file = table.writer.write(folder.resolve("scores"));
    assertChosen(List.of(file), table.prompts, "[null,null]");
    CliRun profile = CliRun.of("profile", "--scores", file, "--json");
    assertThat(profile.code()).as(profile.err()).isZero();
    JsonNode good = JsonText.parse(profile.out()).at("/models/1");
    assertThat(good.get("model").stringValue()).isEqualTo("good");
    JsonNode perToken = good.get("cross_entropy_per_token");
    if (table.tokens) {
      assertThat(perToken.doubleValue()).isCloseTo(GOOD * EXAMPLES / TOKENS, within(1e-12));
    } else {
      assertThat(perToken.isNull()).isTrue();
    }
  }

  /**
   * Requests and results as versions of the harness have written them; %s: log-likelihood, flag.
   */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Harness {
    NAMED(
        "{\"gen_args_0\": {\"arg_0\": \"Q\", \"arg_1\": \" x\"}, \"gen_args_1\": {\"arg_0\": \"Q\", \"arg_1\": \" y\"}}",
        "[\"%s\", \"%s\"]"),
    LISTS("[[\"Q\", \" x\"], [\"Q\", \" y\"]]", "[%s, %s]"),
    TUPLE_TEXT("[[\"Q\", \" x\"], [\"Q\", \" y\"]]", "\"(%s, %s)\""),
    CONTINUATION("{\"gen_args_0\": {\"arg_0\": \"Q\", \"arg_1\": \" x\"}}", "[\"%s\", \"%s\"]"),
    CONTINUATION_LISTS("[[\"Q\", \" x\"]]", "[%s, %s]"),
    CONTINUATION_TUPLE_TEXT("[[\"Q\", \" x\"]]", "\"(%s, %s)\""),
    ROLLING("{\"gen_args_0\": {\"arg_0\": \"a page\"}}", "\"%s\""),
    ROLLING_LISTS("[[\"a page\"]]", "%s");

    private final String requests;
    private final String result;

    Harness(String requests, String result) {
      this.requests = requests;
      this.result = result;
    }

    private boolean choices() {
      return requests.contains(" y");
    }

    private String result(double logLikelihood, boolean greedy) {
      boolean python = result.startsWith("\"(") || result.contains("\"%s\", \"%s\"");
      String flag = String.valueOf(greedy);
      String named =
          python ? flag.substring(0, 1).toUpperCase(Locale.ROOT) + flag.substring(1) : flag;
      return "[" + result.formatted(logLikelihood, named) + "]";
    }

    /** The right choice is the first; "bad" gives the other one more, "good" less. */
    private String row(Row row) {
      boolean good = row.model().equals("good");
      String results = result(row.logProb(), good);
      if (choices()) {
        results += ", " + result(good ? -40 : -0.5, false);
      }
      return "{\"doc_id\": %d, \"doc\": {}, \"target\": %s, \"arguments\": %s, \"resps\": [%s]}"
          .formatted(row.example(), choices() ? "0" : "\" x\"", requests, results);
    }

    private String text(String model) {
      return rows()
          .filter(row -> row.model().equals(model))
          .map(this::row)
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBetterCheckpoint_isChosen_inEveryHarnessForm(Harness form) throws IOException {
    String accuracy = form.name().startsWith("ROLLING") ? "[null,null]" : "[0.0,1.0]";
    List<String> plain = new ArrayList<>();
    List<String> packed = new ArrayList<>();
    for (String model : List.of("good", "bad")) {
      plain.add(Written.text(folder.resolve(model + ".jsonl"), form.text(model)));
      packed.add(
          model
              + "="
              + Written.zstd(folder.resolve(model + ".zst"), Written.array(form.text(model))));
    }
    assertChosen(plain, EXAMPLES, accuracy);
    assertChosen(packed, EXAMPLES, accuracy);
  }

  @Test
  void severalFilesAndPatterns_areOneTable() throws IOException {
    String[] halves = csv().split("(?=\n6,3,good)", 2);
    String header = csv().lines().findFirst().orElseThrow();
    Written.text(folder.resolve("part-1.csv"), halves[0] + "\n");
    Written.gzip(folder.resolve("part-2.gz"), header + halves[1]);
    assertChosen(List.of(folder + "/part-*"), 6, "[null,null]");
    assertChosen(List.of(folder + "/part-1.csv", folder + "/part-2.gz"), 6, "[null,null]");
  }

  private static void assertChosen(List<String> files, int prompts, String accuracy) {
    List<String> words = new ArrayList<>(List.of("select", "--n", "4", "--json", "--scores"));
    words.addAll(files);
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = JsonText.parse(run.out());
    assertThat(json.get("models").toString()).isEqualTo("[\"bad\",\"good\"]");
    assertThat(json.get("winner").stringValue()).isEqualTo("good");
    assertThat(json.get("cross_entropy_choice").stringValue()).isEqualTo("bad");
    assertThat(json.get("rows").longValue()).isEqualTo(EXAMPLES);
    assertThat(json.at("/cross_entropy/0").doubleValue()).isCloseTo(BAD, within(1e-12));
    assertThat(json.at("/cross_entropy/1").doubleValue()).isCloseTo(GOOD, within(1e-12));
    assertThat(json.at("/matrix/0/1").doubleValue()).isEqualTo(4.0 / EXAMPLES);
    assertThat(json.at("/matrix/1/0").doubleValue()).isZero();
    assertThat(json.at("/difference/prompts").longValue()).isEqualTo(prompts);
    assertThat(json.get("accuracy").toString()).isEqualTo(accuracy);
  }
}
