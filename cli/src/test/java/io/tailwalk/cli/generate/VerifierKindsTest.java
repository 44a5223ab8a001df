package io.tailwalk.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import io.tailwalk.verifiers.VerifierSpecs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of verifier from the command line, on the embedded model. */
class VerifierKindsTest {
  private static final List<String> SPECS =
      List.of(
          "any",
          "avoid:e",
          "length:3..30",
          "regex:[a-z ,;.]*",
          "exact:not",
          "answer:7",
          "cmd:sh DIR/yes.sh",
          "grammar:DIR/g.gbnf",
          "json-schema:DIR/s.json",
          "prm:URL/classify",
          "judge:builtin:austen",
          "code:python,tests=DIR/t.py");

  /** What no six characters behind "It is " satisfy, or hardly ever. */
  private static final Set<String> UNLIKELY = Set.of("exact", "answer", "code", "json-schema");

  @TempDir private static Path folder;
  private static HttpServer server;

  @BeforeAll
  static void prepare() throws IOException {
    Files.writeString(
        folder.resolve("yes.sh"),
        "while read -r line; do id=${line#*:}; echo \"{\\\"id\\\":${id%%,*},\\\"pass\\\":true}\";"
            + " done\n");
    Files.writeString(folder.resolve("g.gbnf"), "root ::= [a-z ]*\n");
    Files.writeString(folder.resolve("s.json"), "{\"type\": \"integer\"}");
    Files.writeString(folder.resolve("t.py"), "assert answer() == 42\n");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            int texts =
                JsonText.parse(
                        new String(
                            exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .get("input")
                    .size();
            String scores =
                IntStream.range(0, texts)
                    .mapToObj(i -> "{\"index\": " + i + ", \"probs\": [0.25, 0.75]}")
                    .collect(Collectors.joining(","));
            byte[] body = ("{\"data\": [" + scores + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static CliRun generate(String spec, String... more) {
    String given =
        spec.replace("DIR", folder.toString())
            .replace("URL", "http://127.0.0.1:" + server.getAddress().getPort());
    List<String> args =
        new ArrayList<>(
            List.of("generate", "--model", "builtin:austen", "--prompt", "It is ", "--quiet"));
    String budget = Set.of("cmd", "prm").contains(kind(spec)) ? "400" : "60";
    args.addAll(List.of("--verifier", given, "--max-tokens", "6", "--budget-tokens", budget));
    args.addAll(List.of(more));
    return CliRun.of(args.toArray(String[]::new));
  }

  static List<String> specs() {
    return SPECS;
  }

  private static String kind(String spec) {
    return spec.replaceFirst("[:\\[].*", "");
  }

  @Test
  void specs_areOfEveryKindThereIs() {
    Set<String> all =
        Stream.of(VerifierSpecs.FORMS.split(", ", -1))
            .map(VerifierKindsTest::kind)
            .collect(Collectors.toSet());
    assertThat(SPECS.stream().map(VerifierKindsTest::kind).collect(Collectors.toSet()))
        .isEqualTo(all);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void generate_everyKind_passesWithItsReward_orSaysThatNothingDid(String spec) {
    CliRun run = generate(spec, "--json");
    if (run.code() == 0) {
      assertThat(run.err()).isEmpty();
      double reward = JsonText.parse(run.out()).get("reward").doubleValue();
      assertThat(reward).isEqualTo(kind(spec).equals("prm") ? 0.75 : 1.0);
    } else if (kind(spec).equals("judge")) {
      // The embedded model writes bytes: no token of it says yes.
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("no tokens for yes and no").hasLineCount(1);
    } else {
      assertThat(UNLIKELY).as(run.err()).contains(kind(spec));
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("got no completion that passes").hasLineCount(1);
    }
  }

  /** The sampler that filters nothing shows what is wrong with what it shows. */
  @Test
  void generate_codeThatFails_hasItsReason() {
    CliRun run = generate("code:python,tests=DIR/t.py", "--sampler", "ancestral");
    assertThat(run.code()).as(run.err()).isEqualTo(0);
    assertThat(run.out()).containsPattern("does not pass: .*Error");
    assertThat(generate("avoid:e", "--sampler", "ancestral", "-n", "9").out())
        .doesNotContain("falls short");
  }

  /** Tests of a row that cannot be used are a fault of the input, and leave no file. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "assert f(3) ==|are not valid Python: SyntaxError: invalid syntax (tests, line 1); fix them",
        "import numpy|line 1 imports numpy, which is not available; test without it",
        "x = 3|test nothing; add lines like: assert f(2) == 4",
      })
  void generate_testsThatCannotBeUsed_nameFileAndRow(String tests, String reason)
      throws IOException {
    Path rows = folder.resolve("rows.jsonl");
    Path out = folder.resolve("rows-out.jsonl");
    Files.writeString(
        rows, "{\"id\": \"first row\", \"prompt\": \"def \", \"t\": \"%s\"}%n".formatted(tests));
    CliRun run =
        CliRun.of(
            "generate",
            "--model",
            "builtin:austen",
            "--prompts",
            rows.toString(),
            "--verifier",
            "code:python,tests=@t",
            "--max-tokens",
            "6",
            "--quiet",
            "--out",
            out.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("prompt first row: the tests in the field \"t\" of ", "rows.jsonl", reason)
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  /** A tree of three nodes, whose distributions are soon all known: no budget of tokens ends it. */
  @Test
  @Timeout(60)
  void exactAnswerOfOneLetter_ends() {
    CliRun run =
        CliRun.of(
            "generate", "--model", "builtin:austen", "--prompt", "Say ", "--verifier", "exact:a");
    assertThat(run.code()).as(run.err()).isLessThan(2);
  }
}
