package io.tailwalk.cli.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code score} on responses in every form under two models whose every log-probability is known,
 * and {@code select} on what it writes. Of twelve responses eight are probable under "good"; the
 * others are more probable under "bad", by less than a factor of 4.
 */
class ScoreChainTest {
  private static final int RESPONSES = 12;

  /** llama.cpp computes in single precision. */
  private static final double PRECISION = 1e-4;

  private static final TinyGguf GOOD =
      new TinyGguf(Map.of("a", 3.0, "\u2581a", 3.0, "\u2581time", 3.0));
  private static final TinyGguf BAD = new TinyGguf(Map.of("b", 0.5));

  @TempDir private Path folder;

  @BeforeEach
  void models() throws IOException {
    GOOD.withChats().write(folder.resolve("good.gguf"));
    BAD.withChats().write(folder.resolve("bad.gguf"));
  }

  /** A row with TEXT for a response behind a blank, and WORDS for one without. */
  enum Form {
    TEXT("{\"prompt\": \"once upon\", \"completion\": \"TEXT\"}"),
    CONVERSATIONAL(
        "{\"prompt\": [{\"role\": \"user\", \"content\": \"q\"}], \"completion\": [{\"role\": \"assistant\", \"content\": \"WORDS\"}]}"),
    MESSAGES(
        "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"WORDS\"}]}"),
    SHAREGPT(
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"q\"}, {\"from\": \"gpt\", \"value\": \"WORDS\"}]}"),
    ALPACA("{\"instruction\": \"Say it.\", \"input\": \"\", \"output\": \"WORDS\"}"),
    PREFERENCES("{\"prompt\": \"once upon\", \"chosen\": \"TEXT\", \"rejected\": \" e\"}"),
    PREFERENCE_CHATS(
        "{\"prompt\": [{\"role\": \"user\", \"content\": \"q\"}], \"chosen\": [{\"role\": \"assistant\", \"content\": \"WORDS\"}], \"rejected\": [{\"role\": \"assistant\", \"content\": \"e\"}]}"),
    WHOLE_CHATS(
        "{\"chosen\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"WORDS\"}], \"rejected\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"e\"}]}"),
    ROLLOUTS("{\"input\": \"once upon\", \"output\": \"TEXT\", \"reward\": 1.0}"),
    IDS("{\"prompt_token_ids\": [1, 259], \"completion_token_ids\": IDS}"),
    HARNESS(
        "{\"doc_id\": DOC, \"target\": 0, \"arguments\": [[\"once upon\", \"TEXT\"], [\"once upon\", \" e\"]], \"resps\": [[[-1, true]], [[-2, false]]]}");

    private final String row;

    Form(String row) {
      this.row = row;
    }

    private boolean blank() {
      return row.contains("TEXT") || row.contains("IDS");
    }

    /** The tokens of a response. */
    private String[] tokens(int i) {
      if (i % 3 == 0) {
        return blank() ? new String[] {"\u2581", "b"} : new String[] {"b"};
      }
      return new String[] {blank() ? "\u2581a" : "a", "\u2581time"};
    }

    private String rows() {
      return IntStream.range(0, RESPONSES)
          .mapToObj(i -> {
            String words = i % 3 == 0 ? "b" : "a time";
            List<Integer> ids = new ArrayList<>();
            for (String token : tokens(i)) {
              ids.add(GOOD.id(token));
            }
            return row.replace("\"TEXT\"", "\" " + words + "\"")
                .replace("WORDS", words)
                .replace("IDS}", ids + "}")
                .replace("DOC", String.valueOf(i));
          })
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }

  private CliRun score(String data, Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("score", "--data", data, "--out", out.toString()));
    for (String model : List.of("good", "bad")) {
      words.add("--model");
      words.add(model + "=gguf:" + folder.resolve(model + ".gguf"));
    }
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource
  void theBetterModel_isChosen_fromResponsesInEveryForm(Form form) throws IOException {
    Path out = folder.resolve("scores.jsonl");
    CliRun scored = score(Written.text(folder.resolve("data.jsonl"), form.rows()), out);
    assertThat(scored.code()).as(scored.err()).isZero();
    List<JsonNode> rows = Files.readAllLines(out).stream().map(JsonText::parse).toList();
    assertThat(rows).hasSize(2 * RESPONSES);
    double[] sums = new double[2];
    for (int i = 0; i < RESPONSES; i++) {
      sums[0] += BAD.logProb(form.tokens(i));
      sums[1] += GOOD.logProb(form.tokens(i));
    }
    CliRun select = CliRun.of("select", "--scores", out.toString(), "--n", "4", "--json");
    assertThat(select.code()).as(select.err()).isZero();
    JsonNode json = JsonText.parse(select.out());
    assertThat(json.get("winner").stringValue()).isEqualTo("good");
    assertThat(json.at("/matrix/0/1").doubleValue()).isEqualTo(8.0 / RESPONSES);
    assertThat(json.at("/matrix/1/0").doubleValue()).isZero();
    for (int m = 0; m < 2; m++) {
      assertThat(json.at("/cross_entropy/" + m).doubleValue())
          .isCloseTo(-sums[m] / RESPONSES, within(PRECISION));
    }
  }

  @Test
  void rejectedResponses_areScoredOnRequest() throws IOException {
    Path out = folder.resolve("rejected.csv");
    String data = Written.text(folder.resolve("data.jsonl"), Form.PREFERENCE_CHATS.rows());
    CliRun run = score(data, out, "--responses", "rejected");
    assertThat(run.code()).as(run.err()).isZero();
    CliRun profile = CliRun.of("profile", "--scores", out.toString(), "--json");
    assertThat(JsonText.parse(profile.out()).at("/models/1/cross_entropy").doubleValue())
        .isCloseTo(-GOOD.logProb("e"), within(PRECISION));
  }

  /** A blank that the tokenizer would put before a text is no part of a response. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void sentencePieceModels_scoreResponsesAsTheyStand(boolean prefix) throws IOException {
    TinyGguf model = new TinyGguf(Map.of("a", 3.0, "\u2581time", 1.0));
    String file =
        model.flag("tokenizer.ggml.add_space_prefix", prefix).write(folder.resolve("spm.gguf"));
    String data =
        Written.text(
            folder.resolve("t.jsonl"),
            """
            {"id": "1", "prompt": "once upon", "completion": " a time"}
            {"id": "2", "prompt": "once upon", "completion": "a time"}
            """);
    Path out = folder.resolve("o.jsonl");
    CliRun run =
        CliRun.of("score", "--model", "gguf:" + file, "--data", data, "--out", out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    List<JsonNode> rows = Files.readAllLines(out).stream().map(JsonText::parse).toList();
    String[] first = {"\u2581a", "a"};
    for (int i = 0; i < 2; i++) {
      assertThat(rows.get(i).get("tokens").intValue()).isEqualTo(2);
      assertThat(rows.get(i).get("log_prob").doubleValue())
          .isCloseTo(model.logProb(first[i], "\u2581time"), within(PRECISION));
    }
  }

  /** Encoders have no distribution of the next token. */
  @Test
  void encoders_areRefused() throws IOException {
    String file =
        "gguf:"
            + new TinyGguf(Map.of())
                .text("general.architecture", "bert")
                .write(folder.resolve("bert.gguf"));
    String data = Written.text(folder.resolve("data.jsonl"), Form.TEXT.rows());
    String out = folder.resolve("o.jsonl").toString();
    for (CliRun run :
        List.of(
            CliRun.of("score", "--model", file, "--data", data, "--out", out),
            CliRun.of("generate", "--model", file, "--prompt", "x"))) {
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("an embedding model", "next").hasLineCount(1);
    }
    CliRun doctor = CliRun.of("doctor", "--model", file);
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out() + doctor.err()).contains("an embedding model");
    assertThat(folder.resolve("o.jsonl")).doesNotExist();
  }

  /** Two models that differ in their last file only. */
  @Test
  void splitModels_areKnownByAllTheirFiles() throws IOException {
    String first = GOOD.writeSplit(folder.resolve("A"));
    BAD.writeSplit(folder.resolve("B"));
    String data = Written.text(folder.resolve("data.jsonl"), Form.TEXT.rows());
    List<JsonNode> records = new ArrayList<>();
    List<List<String>> words = new ArrayList<>();
    for (String model : List.of("A", "B")) {
      Path out = folder.resolve(model + ".jsonl");
      words.add(
          List.of(
              "score",
              "--model",
              "m=gguf:" + first.replace("/A/", "/" + model + "/"),
              "--data",
              data,
              "--out",
              out.toString()));
      CliRun run = CliRun.of(words.getLast().toArray(String[]::new));
      assertThat(run.code()).as(run.err()).isZero();
      records.add(JsonText.parse(Files.readString(folder.resolve(model + ".run.json"))));
    }
    for (String field : List.of("/run/models/0/hash", "/run_key")) {
      assertThat(records.getFirst().at(field).stringValue())
          .isNotEqualTo(records.getLast().at(field).stringValue());
    }
    List<String> again = new ArrayList<>(words.getFirst());
    again.add("--resume");
    CliRun complete = CliRun.of(again.toArray(String[]::new));
    assertThat(complete.code()).isZero();
    assertThat(complete.err()).contains("is complete; nothing to do");
    String third = "m-00003-of-00003.gguf";
    Files.copy(
        folder.resolve("B/" + third),
        folder.resolve("A/" + third),
        StandardCopyOption.REPLACE_EXISTING);
    CliRun exchanged = CliRun.of(again.toArray(String[]::new));
    assertThat(exchanged.code()).isEqualTo(2);
    assertThat(exchanged.err()).contains("model", "changed since the run began").hasLineCount(1);
  }
}
