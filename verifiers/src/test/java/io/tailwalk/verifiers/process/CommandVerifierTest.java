package io.tailwalk.verifiers.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.RewardException;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.testkit.TestVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small scripts that work correctly, and that fail in every way that the class must handle. */
class CommandVerifierTest {
  private static final double REJECT = Double.NEGATIVE_INFINITY;

  private static final CommandOptions QUICK =
      new CommandOptions(Duration.ofSeconds(5), 2, Duration.ofMillis(1));

  /** The start of every script: {@code answer(id, **fields)} and the requests as {@code asks}. */
  private static final String PRELUDE =
      """
      import json, sys, os, time
      def answer(id, **fields):
          print(json.dumps({"id": id, **fields}), flush=True)
      asks = (json.loads(line) for line in sys.stdin)
      """;

  @TempDir private Path folder;

  private CommandVerifier run(String script, CommandOptions options) throws IOException {
    Path file = Files.writeString(folder.resolve("verifier.py"), PRELUDE + script);
    return new CommandVerifier(List.of("python3", file.toString()), options);
  }

  private static Candidate complete(String text) {
    var vocabulary = TestVocabulary.of(text.isEmpty() ? "-" : text);
    int[] tokens = text.isEmpty() ? new int[] {1} : new int[] {0, 1};
    return Candidate.complete(Prompt.text("p"), vocabulary, tokens, FinishReason.STOP);
  }

  private static double[] rewards(CommandVerifier verifier, String... texts) {
    double[] out = new double[texts.length];
    verifier.logRewards(List.of(texts).stream().map(t -> complete(t)).toList(), out);
    return out;
  }

  @Test
  void logRewards_threeKindsOfAnswer_areRead() throws IOException {
    String script =
        """
        for ask in asks:
            text = ask["completion"]
            if text == "half": answer(ask["id"], reward=0.5)
            elif text == "log": answer(ask["id"], log_reward=-2.5)
            elif text == "null": answer(ask["id"], log_reward=None)
            elif text == "zero": answer(ask["id"], reward=0)
            else: answer(ask["id"], **{"pass": text == "good"})
        """;
    try (CommandVerifier verifier = run(script, QUICK)) {
      assertThat(rewards(verifier, "half", "log", "null", "zero", "good", "bad"))
          .containsExactly(Math.log(0.5), -2.5, REJECT, REJECT, 0, REJECT);
      assertThat(verifier.logReward(complete("good"))).isZero();
      assertThat(verifier.prefixValue()).isSameAs(ValueFunction.ONE);
    }
  }

  /** The first answer determines the kind of a program. */
  @Test
  void logRewardBound_firstAnswer_saysWhetherItPassesOrFails() throws IOException {
    String check = "for ask in asks: answer(ask['id'], **{'pass': True})";
    String grader = "for ask in asks: answer(ask['id'], reward=0.5)";
    String both =
        """
        for ask in asks:
            if ask["completion"] == "much": answer(ask["id"], reward=7)
            else: answer(ask["id"], **{"pass": True})
        """;
    try (CommandVerifier verifier = run(check, QUICK)) {
      assertThat(verifier.logRewardBound()).isZero();
      assertThat(Verifiers.allOf(List.of(verifier, Verifiers.avoid("e"))).logRewardBound())
          .isZero();
    }
    try (CommandVerifier verifier = run(grader, QUICK)) {
      assertThat(verifier.logRewardBound()).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(Verifiers.allOf(List.of(verifier, Verifiers.avoid("e"))).logRewardBound())
          .isEqualTo(Double.POSITIVE_INFINITY);
    }
    try (CommandVerifier verifier = run(both, QUICK)) {
      assertThat(rewards(verifier, "much")).containsExactly(Math.log(7));
      assertThat(verifier.logRewardBound()).isZero();
    }
  }

  @Test
  void logRewards_answersOutOfOrder_areMatchedById() throws IOException {
    String script =
        """
        first = next(asks); answer(first["id"], reward=1)
        while True:
            batch = [next(asks) for _ in range(50)]
            for ask in reversed(batch): answer(ask["id"], log_reward=-len(ask["completion"]))
        """;
    try (CommandVerifier verifier = run(script, QUICK)) {
      String[] texts = IntStream.rangeClosed(1, 50).mapToObj("x"::repeat).toArray(String[]::new);
      double[] expected = IntStream.rangeClosed(1, 50).mapToDouble(i -> -i).toArray();
      assertThat(rewards(verifier, texts)).containsExactly(expected);
    }
  }

  /** Enough both ways to fill the pipes several times over. */
  @Test
  void logRewards_largeBatch_doesNotBlock() throws IOException {
    String script =
        """
        for ask in asks: answer(ask["id"], reward=1, echo=ask["completion"])
        """;
    try (CommandVerifier verifier = run(script, QUICK)) {
      String[] texts = new String[3000];
      java.util.Arrays.fill(texts, "long ".repeat(100));
      assertThat(rewards(verifier, texts)).containsOnly(0.0);
    }
  }

  @Test
  void request_prompts_areWrittenAsTheProtocolSays() {
    var vocabulary = TestVocabulary.of("caf\u00e9");
    int[] tokens = {0};
    assertThat(
            Wire.request(
                7,
                Candidate.complete(
                    Prompt.text("say \"x\"\n"), vocabulary, tokens, FinishReason.LENGTH)))
        .isEqualTo(
            "{\"id\":7,\"prompt\":\"say \\\"x\\\"\\n\",\"completion\":\"caf\u00e9\","
                + "\"finish_reason\":\"length\"}");
    var chat = new Prompt.Chat(List.of(new ChatMessage("user", "hi")));
    assertThat(Wire.request(8, Candidate.partial(chat, vocabulary, tokens)))
        .isEqualTo(
            "{\"id\":8,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                + "\"prefix\":\"caf\u00e9\"}");
    var ids = new Prompt.Tokens(List.of(1, 2));
    assertThat(Wire.request(9, Candidate.partial(ids, vocabulary, tokens)))
        .contains("\"prompt_token_ids\":[1,2]");
  }

  @Test
  void prefixValue_announcedPrefixes_areAskedFor() throws IOException {
    String script =
        """
        print(json.dumps({"protocol": 1, "prefixes": True}), flush=True)
        for ask in asks:
            if "prefix" in ask: answer(ask["id"], value=0.25 if ask["prefix"] == "ab" else 0)
            else: answer(ask["id"], reward=1)
        """;
    try (CommandVerifier verifier = run(script, QUICK)) {
      var vocabulary = TestVocabulary.of("ab", "c");
      Candidate root = Candidate.partial(Prompt.text("p"), vocabulary, new int[0]);
      ValueFunction value = verifier.prefixValue();
      assertThat(value.logValue(root.extend(0))).isEqualTo(Math.log(0.25));
      assertThat(value.logValue(root.extend(1))).isEqualTo(REJECT);
      assertThat(value.childLogValues(root).logScore(0)).isEqualTo(Math.log(0.25));
    }
  }

  /**
   * Dies on every third request of a run; each restart makes progress, so all requests are
   * answered.
   */
  @Test
  void logRewards_programThatKeepsDying_isRestartedAndAskedAgain() throws IOException {
    String script =
        """
        for n, ask in enumerate(asks):
            if n == 2: sys.exit(3)
            answer(ask["id"], log_reward=-len(ask["completion"]))
        """;
    try (CommandVerifier verifier = run(script, QUICK)) {
      assertThat(rewards(verifier, "a", "bb", "ccc", "dddd", "eeeee", "f"))
          .containsExactly(-1, -2, -3, -4, -5, -1);
    }
  }

  @Test
  void logRewards_programThatDiesAtOnce_failsAfterTheRestarts() throws IOException {
    String script =
        """
        open(sys.argv[0] + ".log", "a").write("start\\n")
        ask = next(asks)
        if ask["completion"] == "": answer(ask["id"], reward=1); ask = next(asks)
        print("first line", file=sys.stderr); print("out of cheese", file=sys.stderr); sys.exit(3)
        """;
    try (CommandVerifier verifier = run(script, QUICK)) {
      assertFails(
          verifier,
          " ended with status 3, also after 2 restarts; its last error line: out of cheese");
    }
    assertThat(Files.readAllLines(folder.resolve("verifier.py.log"))).hasSize(3);
  }

  @Test
  void logRewards_garbage_isNamed() throws IOException {
    assertBadAnswer(
        "print('hello world', flush=True)", "wrote a line that is not JSON: hello world");
    assertBadAnswer("print('[1]', flush=True)", "wrote a line that is not a JSON object: [1]");
    assertBadAnswer("answer(ask['id'] + 1, reward=1)", "which was not requested");
    assertBadAnswer("answer('x', reward=1)", "answered without an id");
    assertBadAnswer("answer(ask['id'])", "answered without \"pass\"");
    assertBadAnswer("answer(ask['id'], reward=-1)", "of at least 0");
    assertBadAnswer("answer(ask['id'], reward=float('nan'))", "wrote a line that is not JSON");
    assertBadAnswer("answer(ask['id'], log_reward=1e999)", "wrote a line that is not JSON");
    assertBadAnswer("print('{\"id\": %d, \"reward\": 1e999}' % ask['id'], flush=True)", "finite");
    assertBadAnswer("print('x' * 2000000, flush=True)", "a line of more than a million characters");
    assertBadAnswer("os.close(1); time.sleep(60)", "closed its output");
  }

  private void assertBadAnswer(String reply, String message) throws IOException {
    String script =
        """
        for ask in asks:
            if ask["completion"] == "": answer(ask["id"], reward=1)
            else:
        """
            + "        "
            + reply
            + "\n";
    try (CommandVerifier verifier =
        run(script, new CommandOptions(Duration.ofSeconds(5), 0, Duration.ZERO))) {
      assertFails(verifier, message);
    }
  }

  @Test
  void logRewards_programThatComplains_failsAtOnceInItsWords() throws IOException {
    String script =
        """
        for ask in asks:
            if ask["completion"] == "": answer(ask["id"], reward=1)
            else: answer(ask["id"], error="no tests for this prompt")
        """;
    try (CommandVerifier verifier = run(script, QUICK)) {
      assertFails(verifier, "reports: no tests for this prompt");
    }
  }

  /** A restart would not help: the program works as intended. */
  @Test
  void logRewards_rewardBeyondMeans_isRefusedAtOnce() throws IOException {
    String script =
        """
        open(sys.argv[0] + ".log", "a").write("start\\n")
        for ask in asks:
            if ask["completion"] == "": answer(ask["id"], log_reward=690)
            else: answer(ask["id"], log_reward=800)
        """;
    try (CommandVerifier verifier = run(script, QUICK)) {
      assertThatThrownBy(() -> verifier.logReward(complete("x")))
          .isInstanceOf(RewardException.class)
          .hasMessageContaining(" gave a reward of e^800.0, above 1e300");
    }
    assertThat(Files.readAllLines(folder.resolve("verifier.py.log"))).hasSize(1);
  }

  @Test
  void logRewards_programThatHangs_failsWithinItsLimit() throws IOException {
    String script =
        """
        for ask in asks:
            if ask["completion"] == "": answer(ask["id"], reward=1)
            else: time.sleep(100)
        """;
    var options = new CommandOptions(Duration.ofMillis(1500), 0, Duration.ZERO);
    try (CommandVerifier verifier = run(script, options)) {
      long start = System.nanoTime();
      assertFails(verifier, "did not answer within 1500 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  /** The limit is for each answer, not for the batch. */
  @Test
  void logRewards_slowButSteadyProgram_isGivenTime() throws IOException {
    String script =
        """
        for ask in asks:
            time.sleep(0.3)
            answer(ask["id"], reward=1)
        """;
    var options = new CommandOptions(Duration.ofMillis(1500), 0, Duration.ZERO);
    try (CommandVerifier verifier = run(script, options)) {
      assertThat(rewards(verifier, "a", "b", "c", "d", "e", "f", "g")).containsOnly(0.0);
    }
  }

  @Test
  void close_programWithAChild_killsBoth() throws Exception {
    Path pids = folder.resolve("pids");
    Path script = folder.resolve("verifier.sh");
    Files.writeString(
        script,
        """
        sleep 1000 &
        echo $$ $! > %s
        while read -r line; do
          id=${line#*\\"id\\":}; id=${id%%%%,*}
          echo "{\\"id\\":$id,\\"pass\\":true}"
        done
        """
            .formatted(pids));
    var verifier = new CommandVerifier(List.of("sh", script.toString()), QUICK);
    assertThat(verifier.logReward(complete("x"))).isZero();
    List<Long> running =
        List.of(Files.readString(pids).strip().split(" ", -1)).stream().map(Long::valueOf).toList();
    assertThat(running).hasSize(2).allMatch(CommandVerifierTest::isAlive);
    verifier.close();
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (running.stream().anyMatch(CommandVerifierTest::isAlive)
        && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(running).noneMatch(CommandVerifierTest::isAlive);
    assertThatThrownBy(() -> verifier.logReward(complete("x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  private static boolean isAlive(long pid) {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    return handle.isPresent() && handle.get().isAlive();
  }

  private static void assertFails(CommandVerifier verifier, String message) {
    assertThatThrownBy(() -> rewards(verifier, "x"))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith("the verifier cmd:python3 ")
        .message()
        .doesNotContain("\n");
  }
}
