package io.tailwalk.verifiers.prm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.testkit.TestVocabulary;
import io.tailwalk.testkit.VerifierContract;
import io.tailwalk.verifiers.prm.RewardServer.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RewardVerifierTest {
  private static final TestVocabulary LETTERS = TestVocabulary.of("a", "b");
  private static final Map<String, String> KEY = Map.of("PRM_KEY", "s3cret");
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  /** The score of a text is its share of the letter a. */
  private static double score(String text) {
    long good = text.chars().filter(c -> c == 'a').count();
    return (good + 0.5) / (text.length() + 1.0);
  }

  private static String entries(JsonNode texts, Function<String, String> entry) {
    var out = new ArrayList<String>();
    for (int i = texts.size() - 1; i >= 0; i--) {
      out.add("{\"index\":" + i + "," + entry.apply(texts.get(i).asString()) + "}");
    }
    return "[" + String.join(",", out) + "]";
  }

  private static String classify(JsonNode body) {
    return "{\"data\":"
        + entries(
            body.get("input"),
            text -> "\"probs\":[" + (1 - score(text)) + "," + score(text) + "],\"num_classes\":2")
        + "}";
  }

  private RewardServer server(Function<JsonNode, String> answer, Fault... faults) {
    var server = new RewardServer(answer, faults);
    open.add(server);
    return server;
  }

  private RewardVerifier verifier(String spec) {
    return verifier("prm[2s]", spec);
  }

  private RewardVerifier verifier(String kind, String spec) {
    var verifier = RewardVerifier.ofSpec(kind, spec, KEY, Duration.ofMillis(5));
    open.add(verifier);
    return verifier;
  }

  private static Candidate prefix(int... tokens) {
    return Candidate.partial(Prompt.text("q:"), LETTERS, tokens);
  }

  private static double[] values(Verifier verifier, Candidate... prefixes) {
    double[] out = new double[prefixes.length];
    verifier.prefixValue().logValues(List.of(prefixes), out);
    return out;
  }

  record Shape(
      String path, Function<JsonNode, String> answer, boolean withPrompt, String options) {}

  static List<Shape> shapes() {
    return List.of(
        new Shape("/classify", RewardVerifierTest::classify, true, ""),
        new Shape("/classify", RewardVerifierTest::classify, true, ",label=1"),
        new Shape(
            "/pooling",
            body ->
                "{\"data\":"
                    + entries(
                        body.get("input"), t -> "\"data\":[[0.9,0.1],[0,%s]]".formatted(score(t)))
                    + "}",
            true,
            ",model=m"),
        new Shape(
            "/pooling",
            body ->
                "{\"data\":" + entries(body.get("input"), t -> "\"data\":[" + score(t) + "]") + "}",
            true,
            ""),
        new Shape(
            "/v1/rerank",
            body ->
                "{\"results\":"
                    + entries(body.get("documents"), t -> "\"relevance_score\":" + score(t))
                    + "}",
            false,
            ""),
        new Shape(
            "/rerank",
            body -> entries(body.get("texts"), t -> "\"score\":" + score(t)),
            false,
            ",shape=tei-rerank"),
        new Shape(
            "/predict",
            body ->
                "["
                    + String.join(
                        ",",
                        StreamSupport.stream(body.get("inputs").spliterator(), false)
                            .map(input -> score(input.get(0).asString()))
                            .map(s ->
                                "[{\"label\":\"bad\",\"score\":0},{\"label\":\"good\",\"score\":%s}]"
                                    .formatted(s))
                            .toList())
                    + "]",
            true,
            ",label=good"));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void logValues_everyShape_readsScoresInTheOrderAsked(Shape shape) {
    RewardServer server = server(shape.answer());
    RewardVerifier verifier = verifier(server.url(shape.path()) + shape.options());
    double[] values = values(verifier, prefix(0), prefix(1, 1), prefix());
    String before = shape.withPrompt() ? "q:" : "";
    assertThat(values)
        .containsExactly(
            Math.log(score(before + "a")), Math.log(score(before + "bb")), Math.log(score(before)));
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void logValue_chat_isTheProbabilityOfYesAgainstNo() {
    String top =
        "{\"token\":\"Yes\",\"logprob\":%s},{\"token\":\" yes\",\"logprob\":%s},{\"token\":\"No\",\"logprob\":%s},{\"token\":\"x\",\"logprob\":-1}"
            .formatted(Math.log(0.3), Math.log(0.1), Math.log(0.2));
    RewardServer server =
        server(
            _ -> "{\"choices\":[{\"logprobs\":{\"content\":[{\"top_logprobs\":[" + top + "]}]}}]}");
    RewardVerifier verifier = verifier(server.url("/v1/chat/completions") + ",model=j");
    assertThat(verifier.prefixValue().logValue(prefix(0, 1)))
        .isCloseTo(Math.log(0.4 / 0.6), within(1e-12));
    JsonNode request = server.requests.getFirst();
    assertThat(request.get("messages").get(0).get("content").asString()).contains("q:", "ab");
    assertThat(request.get("max_tokens").asInt()).isEqualTo(1);
  }

  static List<Fault> passingFaults() {
    return List.of(
        RewardServer.status(500),
        RewardServer.status(503),
        RewardServer.busy(0),
        RewardServer.reset(),
        RewardServer.slow(400),
        RewardServer.trickle(50));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void logValue_faultThatPasses_isAskedAgain(Fault fault) {
    RewardServer server = server(RewardVerifierTest::classify, fault, fault);
    RewardVerifier verifier = verifier("prm[300ms]", server.url("/classify"));
    assertThat(verifier.prefixValue().logValue(prefix(0))).isEqualTo(Math.log(score("q:a")));
    assertThat(server.requests).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void logValue_retryAfter_isWaitedFor() {
    RewardServer server = server(RewardVerifierTest::classify, RewardServer.busy(1));
    RewardVerifier verifier = verifier(server.url("/classify"));
    long before = System.nanoTime();
    verifier.prefixValue().logValue(prefix(0));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void logValue_faultThatStays_endsAfterFiveTries() {
    Fault broken = RewardServer.status(500);
    RewardServer server =
        server(RewardVerifierTest::classify, broken, broken, broken, broken, broken, broken);
    RewardVerifier verifier = verifier(server.url("/classify") + ",key=PRM_KEY");
    assertThatThrownBy(() -> verifier.prefixValue().logValue(prefix(0)))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("the server returned 500 (asked 5 times)")
        .message()
        .doesNotContain("s3cret");
    assertThat(server.requests).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "not json~its answer is not JSON",
        "{\"data\":[]}~its answer has not one entry for each text",
        "{\"data\":[{\"index\":7,\"probs\":[1]}]}~its answer numbers its entries wrongly",
        "{\"data\":[{\"index\":0,\"probs\":[\"x\"]}]}~has no number as the score",
        "{\"data\":[{\"index\":0,\"probs\":[]}]}~has no probabilities",
        "{\"data\":[{\"index\":0,\"probs\":[3.5]}]}~gave the score 3.5, not between 0 and 1; add link=sigmoid",
      })
  void logValue_garbage_isNotTakenForAScore(String body, String message) {
    RewardServer server = server(RewardVerifierTest::classify, RewardServer.body(body));
    RewardVerifier verifier = verifier(server.url("/classify"));
    assertThatThrownBy(() -> verifier.prefixValue().logValue(prefix(0)))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void logValue_endlessAnswer_isCutOff() {
    RewardServer server = server(RewardVerifierTest::classify, RewardServer.endless());
    RewardVerifier verifier = verifier("prm[60s]", server.url("/classify"));
    assertThatThrownBy(() -> verifier.prefixValue().logValue(prefix(0)))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("its answer is longer than 16 MiB");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void key_inTheAddress_isSentAndShownNowhere() {
    RewardServer server = server(RewardVerifierTest::classify, RewardServer.status(401));
    RewardVerifier verifier = verifier(server.url("/classify?api_key=s3cret"));
    assertThat(verifier.name()).endsWith("/classify?...");
    assertThatThrownBy(() -> verifier.prefixValue().logValue(prefix(0)))
        .message()
        .doesNotContain("s3cret");
    assertThat(verifier.prefixValue().logValue(prefix(0))).isEqualTo(Math.log(score("q:a")));
  }

  @Test
  void logValue_refusal_isNotRepeated() {
    RewardServer server = server(RewardVerifierTest::classify, RewardServer.status(401));
    RewardVerifier verifier = verifier(server.url("/classify"));
    assertThatThrownBy(() -> verifier.prefixValue().logValue(prefix(0)))
        .hasMessageContaining("the server returned 401; give key=NAME");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void key_ofTheEnvironment_isSentAndShownNowhere() {
    RewardServer server = server(RewardVerifierTest::classify);
    RewardVerifier verifier = verifier(server.url("/classify") + ",key=PRM_KEY");
    verifier.prefixValue().logValue(prefix(0));
    assertThat(server.keys).containsExactly("Bearer s3cret");
    assertThat(verifier.name()).doesNotContain("s3cret").endsWith("key=PRM_KEY");
  }

  @Test
  void logValues_many_goInBatchesAFewAtATime() {
    RewardServer server =
        server(body -> {
          try {
            Thread.sleep(20);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return classify(body);
        });
    RewardVerifier verifier = verifier("prm[20s]", server.url("/classify"));
    Candidate[] many = new Candidate[32 * 20];
    for (int i = 0; i < many.length; i++) {
      many[i] = prefix(new int[i % 7]);
    }
    double[] values = values(verifier, many);
    assertThat(values[6]).isEqualTo(Math.log(score("q:aaaaaa")));
    assertThat(server.requests).hasSize(20).allMatch(body -> body.get("input").size() == 32);
    assertThat(server.most.get()).isBetween(2, 8);
  }

  @Test
  void link_leafAndFloor_areFollowed() {
    RewardServer server =
        server(body -> "{\"data\":" + entries(body.get("input"), _ -> "\"data\":[-20]") + "}");
    RewardVerifier verifier =
        verifier(server.url("/pooling") + ",link=sigmoid,floor=0.01,leaf=pass");
    assertThat(verifier.prefixValue().logValue(prefix(0))).isEqualTo(Math.log(0.01));
    assertThat(verifier.logReward(prefix(0))).isZero();
    RewardVerifier rewards = verifier(server.url("/pooling") + ",link=sigmoid");
    assertThat(rewards.logReward(prefix(0))).isCloseTo(-20, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "nowhere~needs an address like http://localhost:8000/classify",
        "http://u:pw@h/classify~needs an address like http://localhost:8000/classify",
        "http://h/x~the shape \"/x\" is unknown; add shape= and one of: classify",
        "http://h/classify,key=NOT_SET~key= names an environment variable that is not set",
        "http://h/classify,floor=0~floor=0 is not a number between 0 and 1",
        "http://h/classify,leaf=x~leaf=x is unknown; use score or pass",
        "http://h/classify,speed=9~has no option \"speed\"",
        "127.0.0.1:1/classify?api_key=pw~got 127.0.0.1:1/classify?...",
        "http://user:p/pw@host/classify~got http://...@host/classify",
        "http://h/classify?api_key=pw,pw~write a comma of the address as %2C",
        "http://u:p,pw@h/classify~write a comma of the address as %2C",
        "ftp://u:pw@h/classify~got ftp://...@h/classify",
        "http://h/classify,key=sk-pw~accepts the name of an environment variable",
      })
  void ofSpec_bad_isRefusedInOneSentence(String argument, String message) {
    assertThatThrownBy(() -> RewardVerifier.ofSpec("prm", argument, KEY, Duration.ofMillis(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("pw");
  }

  @Nested
  class Contract extends VerifierContract {
    @Override
    protected Verifier openVerifier() {
      return verifier("prm[20s]", server(RewardVerifierTest::classify).url("/classify"));
    }

    @Override
    protected Vocabulary vocabulary() {
      return LETTERS;
    }

    @Override
    protected int maxTokens() {
      return 3;
    }
  }
}
