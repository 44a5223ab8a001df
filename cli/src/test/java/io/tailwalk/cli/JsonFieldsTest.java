package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.formats.TinyGguf;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** docs/json.md says what the commands print, field by field. */
final class JsonFieldsTest {
  private static final String MODEL = "builtin:austen";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Compares every line that a command prints. */
  private static void check(JsonFields page, String section, String... command) {
    CliRun run = CliRun.of(command);
    assertThat(run.code()).as(run.err()).isIn(0, 3);
    assertThat(run.out()).isNotEmpty();
    run.out().lines().map(JsonText::parse).forEach(json -> page.check(section, json));
  }

  private void checkFile(JsonFields page, String section, String name) throws IOException {
    page.check(section, JsonText.parse(Files.readString(folder.resolve(name))));
  }

  private static String[] with(List<String> usual, String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(usual);
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void everyField_isDocumented_andEveryDocumentedFieldExists() throws IOException {
    JsonFields page = JsonFields.of(repository().resolve("docs/json.md"));
    drawing(page);
    scores(page);
    samples(page);
    served(page);
    files(page);
    laboratory(page);
    training(page);
    assertThat(page.faults()).isEmpty();
    // No built-in model writes bytes beyond ASCII; RowMakerTest has rows of ill-formed text.
    assertThat(page.unseen())
        .allMatch(field -> field.startsWith("demo: ") || field.equals("generate: well_formed"))
        .isNotEmpty();
  }

  /** The demonstration takes a minute. */
  @Tag("slow")
  @Test
  void everyFieldOfTheDemonstration_isDocumented() throws IOException {
    JsonFields page = JsonFields.of(repository().resolve("docs/json.md"));
    CliRun run = CliRun.of("demo", "--quiet", "--out", at("demo"));
    assertThat(run.code()).as(run.err()).isZero();
    checkFile(page, "demo", "demo/summary.json");
    assertThat(page.faults()).isEmpty();
    assertThat(page.unseen()).noneMatch(field -> field.startsWith("demo: "));
  }

  private void served(JsonFields page) throws IOException {
    try (var server = new TextServer()) {
      check(
          page,
          "generate",
          "generate",
          "--model",
          server.spec(),
          "--prompt",
          "a",
          "--sampler",
          "ancestral",
          "--max-tokens",
          "4",
          "--json",
          "--out",
          at("served.jsonl"));
    }
    checkFile(page, "run.json", "served.run.json");
  }

  private void laboratory(JsonFields page) throws IOException {
    String tree =
        file(
            "tree.json",
            """
            {"nodes": [{"id": "a", "parent": null, "pi": 1, "value": 0.5},
              {"id": "b", "parent": "a", "pi": 0.5, "value": 1, "tau": 1},
              {"id": "c", "parent": "a", "pi": 0.5, "value": 0, "tau": 0}]}
            """);
    check(page, "lab tree", "lab", "tree", tree, "--json", "--repeats", "2");
    try (Stream<Path> findings = Files.list(repository().resolve("docs/figures"))) {
      for (Path finding : findings.filter(file -> file.toString().endsWith(".json")).toList()) {
        JsonNode json = JsonText.parse(Files.readString(finding));
        page.check("lab", json);
      }
    }
  }

  private void training(JsonFields page) throws IOException {
    file("pairs.jsonl", "{\"prompt\": \"It is a \", \"completion\": \"truth\"}\n");
    file(
        "known.jsonl",
        """
        {"prompt": "a", "completion": "b", "reference_log_prob": -0.7}
        {"prompt": "c", "completion": "d", "reference_log_prob": -0.7}
        """);
    for (String evaluation : List.of("pairs.jsonl", "known.jsonl")) {
      String recipe =
          file(
              "run.yaml",
              """
              tokenizer: {kind: bytes}
              model: {shape: llama, context: 40, layers: 1, heads: 2, embedding: 16}
              data: {file: pairs.jsonl, format: pairs}
              optimizer: {name: adamw, learning_rate: 0.01}
              training: {steps: 2, batch: 1, seed: 4, threads: 1, checkpoint_every: 2,
                metrics_every: 1}
              evaluation: {file: %s, format: pairs}
              output: {folder: %s, gguf: false}
              """
                  .formatted(evaluation, "out-" + evaluation));
      CliRun run = CliRun.of("train", recipe, "--quiet");
      assertThat(run.code()).as(run.err()).isZero();
      Path metrics = folder.resolve("out-" + evaluation).resolve("metrics.jsonl");
      Files.readAllLines(metrics).forEach(line -> page.check("train", JsonText.parse(line)));
    }
  }

  private static Path repository() {
    return Path.of(System.getProperty("tailwalk.repository", ".."));
  }

  private void drawing(JsonFields page) throws IOException {
    String prompts =
        file(
            "prompts.jsonl",
            """
            {"id": "a", "prompt": "It was "}
            {"id": "b", "prompt": "She said "}
            """);
    List<String> usual =
        List.of(
            "--model",
            MODEL,
            "--prompts",
            prompts,
            "--verifier",
            "avoid:e",
            "--max-tokens",
            "6",
            "--quiet",
            "--json");
    check(
        page,
        "generate",
        with(
            usual,
            "generate",
            "--budget-tokens",
            "300",
            "--reasoning",
            "<,t",
            "--out",
            at("drawn.jsonl"),
            "--timing"));
    checkFile(page, "run.json", "drawn.run.json");
    String[] tail =
        with(usual, "tail", "--budget-tokens", "300", "--measure-tokens", "300", "--out", at("t"));
    check(page, "tail", tail);
    checkFile(page, "tail", "t/tail.json");
    String[] compare =
        with(
            usual,
            "compare",
            "-n",
            "2",
            "--samplers",
            "vgb;best-of-n",
            "--budget-tokens",
            "300",
            "--out",
            at("c"));
    check(page, "compare", compare);
    checkFile(page, "compare", "c/compare.json");
    List<String> value = new ArrayList<>(List.of("train"));
    value.addAll(usual);
    check(
        page,
        "value train",
        with(value, "value", "--rollouts", "60", "--force", "--out", at("v.value")));
  }

  /** A checkpoint on 400 responses: better on nine of ten, and on the tenth worse by some nats. */
  private static String checkpoint(int step, double tail) {
    var csv = new StringBuilder("example_id,prompt_id,model,log_prob,tokens\n");
    for (int i = 0; i < 400; i++) {
      double logProb = i % 10 == 0 ? -6 - tail : -6 + 0.0019 * step;
      csv.append("e%d,p%d,step-%d,%s,4\n".formatted(i, i, step, logProb));
    }
    return csv.toString();
  }

  private void scores(JsonFields page) throws IOException {
    String data =
        file(
            "data.jsonl",
            """
            {"id": "a", "prompt": "It was ", "completion": "not"}
            {"id": "b", "prompt": "She said ", "completion": "so"}
            """);
    List<String> models = List.of("--model", "a=" + MODEL, "--model", "b=" + MODEL, "--data", data);
    String table = at("scores.jsonl");
    CliRun score = CliRun.of(with(models, "score", "--out", table, "--per-token", "--quiet"));
    assertThat(score.code()).as(score.err()).isZero();
    Files.readAllLines(Path.of(table)).stream()
        .map(JsonText::parse)
        .forEach(row -> page.check("score", row));
    checkFile(page, "run.json", "scores.run.json");
    check(page, "profile", "profile", "--scores", table, "--json");
    check(page, "profile", "profile", "--scores", table, "--reference", "a", "--json");
    String graded =
        file(
            "graded.jsonl",
            """
            {"task_id": "a", "passed": true}
            {"task_id": "a", "passed": false}
            {"task_id": "a", "passed": false}
            {"task_id": "a", "passed": true}
            """);
    check(
        page,
        "select",
        "select",
        "--scores",
        table,
        "--n",
        "2,4",
        "--on-policy",
        "a=" + table,
        "--on-policy",
        "b=" + table,
        "--power",
        "--samples",
        "a=" + graded,
        "--json");
    check(page, "select --race", with(models, "select", "--race", "--n", "4", "--json", "--quiet"));
    Files.createDirectory(folder.resolve("w"));
    file("w/step-100.csv", checkpoint(100, 0));
    check(page, "watch", "watch", at("w"), "--n", "8", "--once", "--json");
    file("w/step-1000.csv", checkpoint(1000, 4));
    check(page, "watch", "watch", at("w"), "--n", "8", "--once", "--json");
  }

  private void samples(JsonFields page) throws IOException {
    var rows = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      rows.append(
          "{\"task_id\": \"t\", \"passed\": %s, \"answer\": \"%d\", \"reward\": %s, \"log_prob\": -%d}\n"
              .formatted(i < 9, i % 5, i < 9 ? 0.75 : 0.25, i + 1));
    }
    String graded = file("graded.jsonl", rows.toString());
    String again = file("again.jsonl", rows.toString());
    String[] counted = {
      "passk",
      "--samples",
      graded,
      again,
      "--k",
      "1,12",
      "--answer-field",
      "answer",
      "--power",
      "--json"
    };
    check(page, "passk", counted);
    check(page, "passk", "passk", "--samples", at("drawn.jsonl"), "--k", "1,1000", "--json");
    check(page, "verify", "verify", "--verifier", "any", "--samples", at("drawn.jsonl"), "--json");
  }

  private void files(JsonFields page) throws IOException {
    check(page, "inspect", "inspect", at("scores.jsonl"), at("graded.jsonl"), "--json");
    check(page, "models", "models", "--json");
    check(page, "cache list", "cache", "list", "--json");
    check(page, "doctor", "doctor", "--model", MODEL, "--json");
    check(page, "engine list", "engine", "list", "--json");
    String chats = TinyGguf.saying("a").withChats().write(folder.resolve("chats.gguf"));
    check(page, "doctor", "doctor", "--model", "gguf:" + chats, "--json");
  }

  /** The comparison itself: each kind of departure is found. */
  @Test
  void departures_areFound() {
    List<String> lines =
        List.of(
            "## x",
            "| `a` | whole | | – | a |",
            "| `b` | list of object, optional | | – | b |",
            "| `b[].c` | number or inf | | unknown | c |",
            "| `d` | [y](#y), optional | | – | d |",
            "### y",
            "| `e` | text | | – | e |");
    assertThat(faults(lines, "{\"a\": 1, \"b\": [{\"c\": null}, {\"c\": \"inf\"}]}")).isEmpty();
    assertThat(faults(lines, "{}")).containsExactly("x: a is missing");
    assertThat(faults(lines, "{\"a\": 1, \"z\": 1}")).containsExactly("x: z is not documented");
    assertThat(faults(lines, "{\"a\": 1.5}")).containsExactly("x: a is no whole but 1.5");
    assertThat(faults(lines, "{\"a\": null}")).containsExactly("x: a is null");
    assertThat(faults(lines, "{\"a\": 1, \"b\": [{}]}")).containsExactly("x: b[].c is missing");
    assertThat(faults(lines, "{\"a\": 1, \"d\": {\"e\": 2}}"))
        .containsExactly("y: e is no text but 2");
    assertThat(new JsonFields(lines).unseen())
        .containsExactly("x: a", "x: b", "x: b[].c", "x: d", "y: e");
  }

  private static Iterable<String> faults(List<String> lines, String json) {
    JsonFields page = new JsonFields(lines);
    page.check("x", JsonText.parse(json));
    return page.faults();
  }
}
