package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Commands on a served model whose probabilities are known. */
class ServedModelTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void doctor_server_saysWhatItShows(boolean shows) throws IOException {
    try (var server = new FourTokenServer(shows)) {
      String spec = server.spec(folder);
      // An address alone is a server's, and needs no flag.
      CliRun run =
          shows
              ? CliRun.of("doctor", "--model", spec, "--json")
              : CliRun.of("doctor", spec.substring("openai:".length()), "--json");
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      JsonNode json = JsonText.parse(run.out());
      assertThat(
              json.path("capabilities").asString().contains("the distribution of the next token"))
          .isEqualTo(shows);
      assertThat(json.path("samplers").toString().contains("tokenwise-backtracking"))
          .isEqualTo(shows);
      assertThat(json.path("checks").toString()).contains("vLLM 0.0-four");
      assertThat(json.path("children").toString())
          .isEqualTo(shows ? "[\"enumerate\",\"K\",\"H+K\"]" : "[\"K\",\"H+K with H up to 4\"]");
    }
  }

  /** Three of the first three tokens: no end, no blank and no b has probability 1/64. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void generate_server_findsTheSuccessProbability(boolean shows) throws IOException {
    try (var server = new FourTokenServer(shows)) {
      CliRun run =
          CliRun.of(
              "tail",
              "--model",
              server.spec(folder),
              "--prompt",
              "a",
              "--verifier",
              "regex:aaa",
              "--max-tokens",
              "3",
              "--budget-tokens",
              "3000",
              "--json");
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      JsonNode found = JsonText.parse(run.out()).findValue("success_probability");
      assertThat(found.path("low").doubleValue()).isLessThanOrEqualTo(1 / 64.0 * (1 + 1e-9));
      assertThat(found.path("high").doubleValue()).isGreaterThanOrEqualTo(1 / 64.0 * (1 - 1e-9));
    }
  }

  /**
   * Two of the four tokens are a head, the others are drawn; with all four as a head it is exact.
   */
  @ParameterizedTest
  @CsvSource({"2+2, 0.9", "4+1, 1e-6"})
  void tail_headAndTail_findsTheSuccessProbability(String children, double width)
      throws IOException {
    try (var server = new FourTokenServer(false)) {
      CliRun run =
          CliRun.of(
              "tail",
              "--model",
              server.spec(folder),
              "--prompt",
              "a",
              "--verifier",
              "regex:aaa",
              "--children",
              children,
              "--sampler",
              "vgb-momentum",
              "--max-tokens",
              "3",
              "--budget-tokens",
              "3000",
              "--json");
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      JsonNode found = JsonText.parse(run.out()).findValue("success_probability");
      for (String end : List.of("", "certain_")) {
        assertThat(found.path(end + "low").doubleValue()).isLessThanOrEqualTo(1 / 64.0 + 1e-9);
        assertThat(found.path(end + "high").doubleValue()).isGreaterThanOrEqualTo(1 / 64.0 - 1e-9);
      }
      assertThat(found.path("certain_high").doubleValue() - found.path("certain_low").doubleValue())
          .isLessThan(width);
    }
  }

  @Test
  void generate_headLongerThanTheServersList_isRefused() throws IOException {
    try (var server = new FourTokenServer(false);
        var texts = new TextServer()) {
      CliRun run =
          CliRun.of(
              "generate", "--model", server.spec(folder), "--prompt", "a", "--children", "9+1");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err().strip().lines()).hasSize(1);
      assertThat(run.err()).contains("--children").contains("lists, 4; ask for at most 4");
      CliRun none =
          CliRun.of("generate", "--model", texts.spec(), "--prompt", "a", "--children", "9+1");
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err().strip().lines()).hasSize(1);
      assertThat(none.err())
          .contains("needs the most probable next tokens and draws")
          .contains("use one of ancestral, best-of-n, outcome-rejection");
    }
  }

  /** No list is longer than the vocabulary, whatever the server shows. */
  @Test
  void generate_headLongerThanTheVocabulary_isRefused() throws IOException {
    try (var server = new FourTokenServer(true)) {
      CliRun run =
          CliRun.of(
              "generate", "--model", server.spec(folder), "--prompt", "a", "--children", "9+1");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--children").contains("ask for at most 4");
    }
  }

  @Test
  void model_addressWithoutItsKind_isToldTheForm() {
    CliRun run = CliRun.of("generate", "--model", "http://127.0.0.1:9", "--prompt", "a");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--model", "openai:http://127.0.0.1:9");
  }

  @Test
  void generate_samplerByDefault_isNotTakenForAFlag() throws IOException {
    try (var texts = new TextServer()) {
      CliRun run = CliRun.of("generate", "--model", texts.spec(), "--prompt", "a");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--sampler: the default, auto needs").contains("best-of-n");
    }
  }

  /** The server may count more tokens than a response has bytes. */
  @Test
  void generate_textsOnly_keepsItsBudget() throws IOException {
    Path out = folder.resolve("o.jsonl");
    try (var server = new TextServer()) {
      CliRun run =
          CliRun.of(
              "generate",
              "--model",
              server.spec(),
              "--prompt",
              "a",
              "--sampler",
              "best-of-n",
              "--max-tokens",
              "1",
              "--budget-tokens",
              "60",
              "--out",
              out.toString());
      assertThat(run.code()).as(run.err()).isIn(0, 3);
      JsonNode record = JsonText.parse(Files.readString(folder.resolve("o.run.json")));
      assertThat(record.findValue("model_tokens").longValue()).isBetween(1L, 90L);
    }
  }

  @ParameterizedTest
  @CsvSource({"best-of-n, 4", "particle-gibbs, 2+2", "qalign, 3", "block-rejection, 2+1"})
  void generate_childrenThatTheSamplerDoesNotMake_areRefused(String sampler, String children) {
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompt",
            "a",
            "--sampler",
            sampler,
            "--children",
            children);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--children: " + sampler + " draws from the model");
  }

  /** Two trees are drawn at least; the default budget pays for them. */
  @Test
  void generate_budgetBelowTheChildrenOfTwoRoots_isRefusedWithTheLeast() throws IOException {
    try (var server = new FourTokenServer(false)) {
      String[] usual = {
        "generate",
        "--model",
        server.spec(folder),
        "--prompt",
        "a",
        "--sampler",
        "vgb",
        "--max-tokens",
        "1",
        "--children",
        "2+8"
      };
      CliRun run = CliRun.of(with(usual, "--budget-tokens", "17"));
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--budget-tokens: 17").contains("give at least 18");
      assertThat(CliRun.of(with(usual, "--budget-tokens", "18")).code()).isZero();
      assertThat(CliRun.of(usual).code()).isZero();
    }
  }

  private static String[] with(String[] usual, String... more) {
    String[] all = java.util.Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return all;
  }

  @Test
  void score_server_isExact() throws IOException {
    Path rows =
        Files.writeString(folder.resolve("r.jsonl"), "{\"prompt\":\"a\",\"completion\":\"bab\"}\n");
    Path out = folder.resolve("s.jsonl");
    try (var server = new FourTokenServer(false)) {
      CliRun run =
          CliRun.of(
              "score",
              "--model",
              "m=" + server.spec(folder),
              "--end",
              "--data",
              rows.toString(),
              "--out",
              out.toString());
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      JsonNode row = JsonText.parse(Files.readString(out).strip());
      assertThat(row.path("log_prob").doubleValue()).isCloseTo(4 * Math.log(0.25), within(1e-9));
      assertThat(row.path("tokens").intValue()).isEqualTo(4);
      JsonNode record = JsonText.parse(Files.readString(folder.resolve("s.run.json")));
      assertThat(record.path("servers")).hasSize(1);
      JsonNode asked = record.path("servers").path(0);
      assertThat(asked.path("address").asString()).startsWith("http://127.0.0.1:");
      assertThat(asked.path("requests").longValue()).isGreaterThan(3);
      assertThat(asked.path("drawn_tokens").longValue()).isZero();
      assertThat(asked.path("prompt_tokens_reported").isNull()).isTrue();
    }
  }

  @Test
  void generate_samplerThatNeedsDistributions_isRefusedWithOthers() throws IOException {
    try (var server = new FourTokenServer(false)) {
      CliRun run =
          CliRun.of(
              "generate",
              "--model",
              server.spec(folder),
              "--prompt",
              "a",
              "--sampler",
              "tokenwise-backtracking");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .contains("--sampler")
          .contains("needs the distribution")
          .contains("vgb");
      CliRun hot =
          CliRun.of(
              "generate", "--model", server.spec(folder), "--prompt", "a", "--temperature", "2");
      assertThat(hot.code()).isEqualTo(2);
      assertThat(hot.err()).contains("temperature 1 only");
      CliRun cut =
          CliRun.of("generate", "--model", server.spec(folder), "--prompt", "a", "--top-p", "0.5");
      assertThat(cut.code()).isEqualTo(2);
      assertThat(cut.err()).contains("top_p");
    }
  }

  /** The text aa has probability 1/32; log-probabilities are not known. */
  @Test
  void generate_textsOnly_worksWithCompleteResponses() throws IOException {
    Path out = folder.resolve("o.jsonl");
    try (var server = new TextServer()) {
      CliRun run =
          CliRun.of(
              "generate",
              "--model",
              server.spec(),
              "--prompt",
              "a",
              "--sampler",
              "outcome-rejection",
              "--verifier",
              "regex:aa",
              "--max-tokens",
              "8",
              "--n",
              "5",
              "--budget-tokens",
              "20000",
              "--out",
              out.toString());
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      List<String> rows = Files.readAllLines(out);
      assertThat(rows).hasSize(5);
      for (String line : rows) {
        JsonNode row = JsonText.parse(line);
        assertThat(row.path("completion").asString()).isEqualTo("aa");
        assertThat(row.path("log_prob").isNull()).isTrue();
      }
      JsonNode record = JsonText.parse(Files.readString(folder.resolve("o.run.json")));
      JsonNode found = record.path("prompts").path(0).path("success_probability");
      assertThat(found.path("certain_low").doubleValue()).isZero();
      assertThat(found.path("certain_high").doubleValue()).isEqualTo(1);
      assertThat(found.path("low").doubleValue()).isLessThan(1 / 32.0);
      assertThat(found.path("high").doubleValue()).isGreaterThan(1 / 32.0);
      JsonNode asked = record.path("servers").path(0);
      assertThat(asked.path("drawn_tokens_reported").longValue()).isPositive();
      assertThat(record.findValue("model_tokens").longValue())
          .isEqualTo(asked.path("drawn_tokens_reported").longValue());
    }
  }

  @Test
  void commands_textsOnly_refuseWhatNeedsMoreAndNameWhatWorks() throws IOException {
    Path rows =
        Files.writeString(folder.resolve("r.jsonl"), "{\"prompt\":\"a\",\"completion\":\"bab\"}\n");
    Path table = folder.resolve("s.jsonl");
    try (var server = new TextServer()) {
      CliRun walk =
          CliRun.of(
              "generate", "--model", server.spec(), "--prompt", "a", "--sampler", "vgb-momentum");
      assertThat(walk.code()).isEqualTo(2);
      assertThat(walk.err().strip().lines()).hasSize(1);
      assertThat(walk.err()).contains("use one of ancestral, best-of-n, outcome-rejection");
      CliRun score =
          CliRun.of(
              "score",
              "--model",
              "m=" + server.spec(),
              "--data",
              rows.toString(),
              "--out",
              table.toString());
      assertThat(score.code()).as(score.err()).isEqualTo(2);
      assertThat(score.err()).contains("scores no given texts", "such as vLLM");
      assertThat(table).doesNotExist();
      CliRun doctor = CliRun.of("doctor", "--model", server.spec(), "--json");
      assertThat(doctor.code()).as(doctor.err()).isEqualTo(0);
      assertThat(JsonText.parse(doctor.out()).path("samplers").toString())
          .isEqualTo("[\"ancestral\",\"best-of-n\",\"outcome-rejection\"]");
    }
  }

  /** A value learned from draws of a server guides the draws of the same server. */
  @Test
  void valueTrain_server_learnsAndGuides() throws IOException {
    Path value = folder.resolve("v");
    try (var server = new FourTokenServer(false)) {
      CliRun train =
          CliRun.of(
              "value",
              "train",
              "--model",
              server.spec(folder),
              "--prompt",
              "a",
              "--verifier",
              "regex:a*b?a*",
              "--max-tokens",
              "4",
              "--rollouts",
              "200",
              "--hidden-units",
              "8",
              "--epochs",
              "6",
              "--pilot-tokens",
              "1024",
              "--force",
              "--quiet",
              "--out",
              value.toString());
      assertThat(train.code()).as(train.err()).isEqualTo(0);
      assertThat(train.out()).contains("pilot: the effective sample size");
      CliRun use =
          CliRun.of(
              "generate",
              "--model",
              server.spec(folder),
              "--prompt",
              "a",
              "--verifier",
              "regex:a*b?a*",
              "--max-tokens",
              "4",
              "--value",
              value.toString(),
              "--sampler",
              "vgb-momentum",
              "--budget-tokens",
              "2000",
              "--json",
              "--quiet");
      assertThat(use.code()).as(use.err()).isEqualTo(0);
      assertThat(use.out().strip().lines()).isNotEmpty();
    }
  }

  /** Features of the model's state need its distributions, before any rollout is drawn. */
  @Test
  void valueTrain_stateOfAServerWithoutDistributions_isRefused() throws IOException {
    Path value = folder.resolve("v");
    try (var server = new FourTokenServer(false)) {
      CliRun train =
          CliRun.of(
              "value",
              "train",
              "--model",
              server.spec(folder),
              "--prompt",
              "a",
              "--verifier",
              "regex:a*b?a*",
              "--max-tokens",
              "4",
              "--features",
              "hidden",
              "--out",
              value.toString());
      assertThat(train.code()).isEqualTo(2);
      assertThat(train.err().strip().lines()).hasSize(1);
      assertThat(train.err()).contains("--features").contains("use one-hot or counts");
      assertThat(value).doesNotExist();
    }
  }

  @Test
  void valueTrain_textsOnly_isRefusedBeforeAnyDraw() throws IOException {
    Path value = folder.resolve("v");
    try (var server = new TextServer()) {
      CliRun train =
          CliRun.of(
              "value",
              "train",
              "--model",
              server.spec(),
              "--prompt",
              "a",
              "--verifier",
              "regex:a*b?a*",
              "--max-tokens",
              "4",
              "--out",
              value.toString());
      assertThat(train.code()).isEqualTo(2);
      assertThat(train.err().strip().lines()).hasSize(1);
      assertThat(train.err()).contains("complete responses only");
      assertThat(value).doesNotExist();
      assertThat(server.drawn()).isZero();
    }
  }

  @Test
  void generate_keyOfAServer_isInNoOutput() throws IOException {
    String secret = String.valueOf(System.getenv("PATH")).strip();
    try (var server = new FourTokenServer(true)) {
      Path out = folder.resolve("o.jsonl");
      CliRun run =
          CliRun.of(
              "generate",
              "--model",
              server.spec(folder) + ",key=PATH",
              "--prompt",
              "a",
              "--max-tokens",
              "2",
              "--out",
              out.toString());
      assertThat(run.code()).as(run.err()).isEqualTo(0);
      assertThat(server.authorizations()).contains("Bearer " + secret).doesNotContain("");
      String record = Files.readString(folder.resolve("o.run.json"));
      assertThat(run.out() + run.err() + record + Files.readString(out)).doesNotContain(secret);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai:",
        "openai:localhost:80",
        "openai:http://u:secret@127.0.0.1:9",
        "openai:http://127.0.0.1:9?key=secret",
        "openai:http://127.0.0.1:9,colour=red",
        "openai:http://127.0.0.1:9,parallel=0",
        "openai:http://127.0.0.1:9,parallel=99999999999",
        "openai:http://127.0.0.1:9,key=NOT_SET_ANYWHERE"
      })
  void model_wrongSpecification_isOneSentence(String spec) {
    CliRun run = CliRun.of("generate", "--model", spec, "--prompt", "a");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains("--model").doesNotContain("secret");
  }
}
