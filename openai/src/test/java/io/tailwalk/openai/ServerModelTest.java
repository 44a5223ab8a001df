package io.tailwalk.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.model.Capabilities.SeedUse;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.probe.ProbeOutcome;
import io.tailwalk.openai.fake.FakeLlamaServer;
import io.tailwalk.openai.fake.FakeServer;
import io.tailwalk.openai.fake.FakeSglang;
import io.tailwalk.openai.fake.FakeVllm;
import io.tailwalk.openai.fake.Faults;
import io.tailwalk.testkit.LanguageModelContract;
import io.tailwalk.testkit.StatisticalAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Models behind fake servers against the same model in this process. */
class ServerModelTest {
  private static final String AUSTEN = "builtin:austen";

  /** Single precision, and llama-server's naive sum. */
  private static final double TOLERANCE = 1e-3;

  @TempDir Path folder;
  private final List<FakeServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(FakeServer::close);
  }

  private static LanguageModel model() {
    return Mapped.positive(BuiltinModels.open(AUSTEN));
  }

  private FakeServer server(String kind, boolean shows, Faults faults) {
    LanguageModel model = model();
    FakeServer server =
        switch (kind) {
          case "vllm" -> new FakeVllm(model, shows, faults);
          case "sglang" -> sglang(model, shows, faults);
          default -> new FakeLlamaServer(model, faults);
        };
    servers.add(server);
    return server;
  }

  /** SGLang is asked for distributions only if the size of its output is known. */
  private FakeServer sglang(LanguageModel model, boolean shows, Faults faults) {
    if (shows) {
      write("config.json", "{\"vocab_size\": " + model.vocabulary().size() + "}");
    }
    return new FakeSglang(model, true, faults);
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerOptions options(FakeServer... all) {
    try (LanguageModel model = model()) {
      Optional<Path> tokenizer =
          all[0] instanceof FakeLlamaServer
              ? Optional.empty()
              : Optional.of(FakeVllm.tokenizer(folder, model.vocabulary()));
      return new ServerOptions(
          IntStream.range(0, all.length).mapToObj(i -> all[i].address()).toList(),
          Optional.empty(),
          Optional.empty(),
          tokenizer,
          Optional.empty(),
          Set.of(),
          8,
          Duration.ofSeconds(20),
          Duration.ofMillis(5));
    }
  }

  private ServerModel open(FakeServer... all) {
    return (ServerModel) Servers.open("openai:fake", options(all));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vllm", "llama-server", "sglang"})
  void next_server_showsTheModelsDistribution(String kind) {
    FakeServer server = server(kind, true, Faults.NONE);
    try (LanguageModel here = model();
        ServerModel there = open(server)) {
      assertThat(there.capabilities().can(Capability.DISTRIBUTION)).isTrue();
      assertThat(there.vocabulary().size()).isEqualTo(here.vocabulary().size());
      int[] prompt = there.encode(Prompt.text("It is "));
      assertThat(prompt).isEqualTo(here.encode(Prompt.text("It is ")));
      int[][] prefixes = {{}, here.vocabulary().encode("a"), here.vocabulary().encode("a tru")};
      try (ModelContext one = here.open(prompt, new ContextOptions(16, 4));
          ModelContext other = there.open(prompt, new ContextOptions(16, 4))) {
        LogProbs[] expected = one.next(prefixes);
        LogProbs[] got = other.next(prefixes);
        for (int i = 0; i < prefixes.length; i++) {
          for (int token = 0; token < expected[i].size(); token++) {
            assertThat(got[i].logProb(token))
                .isCloseTo(expected[i].logProb(token), within(TOLERANCE));
          }
        }
        int[] completion = here.vocabulary().encode("a truth \u20ac");
        double[] scores = other.score(completion);
        double[] right = one.score(completion);
        for (int h = 0; h < completion.length; h++) {
          assertThat(scores[h]).isCloseTo(right[h], within(TOLERANCE));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vllm", "llama-server", "sglang"})
  void vocabulary_server_isTheModels(String kind) {
    FakeServer server = server(kind, true, Faults.NONE);
    try (LanguageModel here = model();
        ServerModel there = open(server)) {
      for (int token = 0; token < here.vocabulary().size(); token++) {
        assertThat(there.vocabulary().bytes(token)).isEqualTo(here.vocabulary().bytes(token));
        assertThat(there.vocabulary().isEnd(token)).isEqualTo(here.vocabulary().isEnd(token));
      }
    }
  }

  /** A server that fills in a temperature of its own is asked for one; draws are the model's. */
  @ParameterizedTest
  @ValueSource(strings = {"vllm", "llama-server", "sglang"})
  void draw_server_followsTheModel(String kind) {
    FakeServer server = server(kind, false, Faults.NONE);
    try (LanguageModel here = model();
        ServerModel there = open(server)) {
      int[] prompt = there.encode(Prompt.text("It is "));
      try (ModelContext one = here.open(prompt, new ContextOptions(16, 4));
          ModelContext other = there.open(prompt, new ContextOptions(16, 4))) {
        List<Continuation.Request> requests =
            IntStream.range(0, 600)
                .mapToObj(i -> new Continuation.Request(new int[0], 1, 1000L * i))
                .toList();
        LogProbs law = one.next(new int[][] {{}})[0];
        Map<Integer, Long> counts = new HashMap<>();
        for (Continuation drawn : other.draw(requests)) {
          int token = drawn.tokenIds()[0];
          assertThat(drawn.logProbs()[0]).isCloseTo(law.logProb(token), within(TOLERANCE));
          counts.merge(token, 1L, Long::sum);
        }
        Map<Integer, Double> expected = new HashMap<>();
        for (int token = 0; token < law.size(); token++) {
          if (law.logProb(token) > Double.NEGATIVE_INFINITY) {
            expected.put(token, Math.exp(law.logProb(token)));
          }
        }
        StatisticalAssertions.at(1e-6).counts(expected, counts);
        assertThat(other.usage().modelTokens()).isEqualTo(600);
      }
    }
  }

  @Test
  void open_serverWithoutDistributions_isForDraws() {
    FakeServer server = server("vllm", false, Faults.NONE);
    try (ServerModel there = open(server)) {
      assertThat(there.capabilities().can(Capability.DISTRIBUTION)).isFalse();
      assertThat(there.capabilities().can(Capability.DRAW)).isTrue();
      assertThat(there.capabilities().can(Capability.SCORE)).isTrue();
    }
  }

  /** A list is not a distribution: it has the model's probabilities, and what is missing. */
  @ParameterizedTest
  @CsvSource({"vllm, true", "vllm, false", "llama-server, true", "sglang, true", "sglang, false"})
  void top_server_listsTheModelsMostProbableTokens(String kind, boolean shows) {
    FakeServer server = server(kind, shows, Faults.NONE);
    try (LanguageModel here = model();
        ServerModel there = open(server)) {
      assertThat(there.capabilities().can(Capability.TOP_K)).isTrue();
      assertThat(there.capabilities().mostTop())
          .isEqualTo(shows || kind.equals("llama-server") ? there.vocabulary().size() : 20);
      int[] prompt = there.encode(Prompt.text("It is "));
      int[][] prefixes = {{}, here.vocabulary().encode("a"), here.vocabulary().encode("a tru")};
      try (ModelContext one = here.open(prompt, new ContextOptions(16, 4));
          ModelContext other = there.open(prompt, new ContextOptions(16, 4))) {
        List<TopTokens> right = one.top(prefixes, 7);
        long before = other.usage().modelTokens();
        List<TopTokens> listed = other.top(prefixes, 7);
        assertThat(other.usage().modelTokens() - before).isEqualTo(2);
        for (int i = 0; i < prefixes.length; i++) {
          assertThat(listed.get(i).tokenIds()).isEqualTo(right.get(i).tokenIds());
          assertThat(listed.get(i).logProbs())
              .containsExactly(right.get(i).logProbs(), within(TOLERANCE));
          double missing = 1 - Arrays.stream(right.get(i).logProbs()).map(Math::exp).sum();
          assertThat(missing)
              .isBetween(listed.get(i).missing().low(), listed.get(i).missing().high());
        }
      }
    }
  }

  /** Planted: lists of another distribution than the one that is drawn from are not used. */
  @Test
  void open_listsOfAnotherDistribution_areNotUsed() {
    FakeVllm server = (FakeVllm) server("vllm", false, Faults.NONE);
    server.listing(law -> law.tempered(0.7));
    try (ServerModel there = open(server)) {
      assertThat(there.capabilities().can(Capability.TOP_K)).isFalse();
      assertThat(there.capabilities().mostTop()).isZero();
    }
  }

  /** A server that repeats the key, or parts of it, is not quoted. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 400, 500})
  void open_serverRepeatsTheKey_isNotShown(int status) {
    FakeServer server = server("vllm", true, Faults.NONE);
    server.always(status, "wrong key sk-secret-1234, it ends with 1234");
    ServerOptions open = quick(server.address());
    var options =
        new ServerOptions(
            open.addresses(),
            open.model(),
            Optional.of("sk-secret-1234"),
            open.tokenizer(),
            open.dialect(),
            open.ends(),
            open.inFlight(),
            open.answerLimit(),
            open.firstWait());
    assertThatThrownBy(() -> Servers.open("openai:fake", options))
        .isInstanceOf(ModelException.class)
        .message()
        .doesNotContain("sk-secret-1234")
        .satisfies(message -> {
          if (status == 401) {
            assertThat(message).doesNotContain("1234").contains("does not accept the key");
          }
        });
  }

  /** What was wrong and what to do, whichever status it is. */
  @Test
  void open_refused_saysWhatFits() {
    FakeServer server = server("vllm", true, Faults.NONE);
    String address = "openai:" + server.address() + ",tokenizer=x";
    assertThatThrownBy(() ->
            Servers.open("openai:fake", ServerOptions.parse(address + ",model=m3", _ -> null)))
        .hasMessageContaining("m3 is not served at " + server.address() + "; it serves ")
        .message()
        .doesNotContain("model=");
    server.always(403, "no");
    assertThatThrownBy(
            () -> Servers.open("openai:fake", ServerOptions.parse(address + ",key=K", _ -> "k3y")))
        .hasMessageContaining("check the value of the environment variable")
        .message()
        .doesNotContain("give key=", "k3y");
    assertThatThrownBy(() -> Servers.open("openai:fake", ServerOptions.parse(address, _ -> null)))
        .hasMessageContaining("give key=VARIABLE");
    server.always(302, "moved");
    assertThatThrownBy(() -> Servers.open("openai:fake", ServerOptions.parse(address, _ -> null)))
        .hasMessageContaining("status 302: redirects are not followed");
  }

  @Test
  void measured_drawsFail_areNotUsable() {
    FakeServer server = server("vllm", true, Faults.NONE);
    try (ServerModel there = open(server)) {
      assertThat(ServerProbe.run(there).usable()).isEqualTo(there.capabilities());
      server.change(law -> law.tempered(1e-9));
      ServerReport greedy = ServerProbe.run(there);
      assertThat(greedy.results())
          .allMatch(
              result -> result.outcome() != ProbeOutcome.OK || !result.check().equals("draws"));
      server.always(400, "no such luck", "/tokenize");
      assertThat(ServerProbe.run(there).usable().direct()).isEmpty();
    }
  }

  /** Given tokens are scored behind a cached prompt where the server replays them. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ask_vllmForTokenIds_isUsedForDrawsAndScores(boolean replays) {
    FakeVllm server = ((FakeVllm) server("vllm", true, Faults.NONE)).scaledOut("first", replays);
    try (LanguageModel here = model();
        ServerModel there = open(server)) {
      int[] prompt = there.encode(Prompt.text("It is "));
      try (ModelContext one = here.open(prompt, new ContextOptions(16, 4));
          ModelContext other = there.open(prompt, new ContextOptions(16, 4))) {
        Continuation drawn =
            other.draw(List.of(new Continuation.Request(new int[0], 9, 5))).getFirst();
        assertThat(server.asked().getLast().has("token_ids")).isTrue();
        double[] right = one.score(drawn.tokenIds());
        double[] scores = other.score(drawn.tokenIds());
        assertThat(server.asked().getLast().has("token_ids")).isEqualTo(replays);
        for (int h = 0; h < right.length; h++) {
          assertThat(drawn.logProbs()[h]).isCloseTo(right[h], within(1e-5));
          assertThat(scores[h]).isCloseTo(right[h], within(1e-5));
        }
        server.scaledOut("second", replays);
        assertThatThrownBy(() -> other.draw(List.of(new Continuation.Request(new int[0], 9, 5))))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("other weights");
      }
    }
  }

  @Test
  void open_sglang_isAskedForWhatItCanDo() {
    FakeServer server = server("sglang", false, Faults.NONE);
    try (ServerModel there = open(server)) {
      assertThat(there.capabilities().can(Capability.DISTRIBUTION)).isFalse();
      assertThat(there.capabilities().seeds()).isEqualTo(SeedUse.BEST_EFFORT);
      assertThat(there.identity().toString()).contains("SGLang 0.5.23").doesNotContain("secret");
    }
    FakeServer unseeded = new FakeSglang(model(), false, Faults.NONE);
    servers.add(unseeded);
    try (ServerModel there = open(unseeded);
        ModelContext context =
            there.open(there.encode(Prompt.text("It is ")), new ContextOptions(16, 4))) {
      assertThat(there.capabilities().seeds()).isEqualTo(SeedUse.NONE);
      var twice = new Continuation.Request(new int[0], 12, 7);
      List<Continuation> drawn = context.draw(List.of(twice, twice));
      assertThat(drawn.getFirst().tokenIds()).isNotEqualTo(drawn.getLast().tokenIds());
    }
  }

  /** The prompt stays in the cache: log-probabilities are asked for from its last token on. */
  @Test
  void score_sglang_isOneRequestThatKeepsThePrompt() {
    FakeServer server = server("sglang", true, Faults.NONE);
    try (ServerModel there = open(server)) {
      int[] prompt = there.encode(Prompt.text("It is "));
      try (ModelContext context = there.open(prompt, new ContextOptions(16, 4))) {
        int[] completion = there.vocabulary().encode("true");
        int before = server.asked().size();
        context.score(completion);
        assertThat(server.asked()).hasSize(before + 1);
        JsonNode asked = server.asked().getLast();
        assertThat(asked.path("logprob_start_len").asInt()).isEqualTo(prompt.length - 1);
      }
    }
  }

  /** An emoji is four tokens, of which the server lists the log-probability of the last only. */
  @Test
  void score_partsOfCharacters_areComplete() {
    FakeServer server = server("llama-server", true, Faults.NONE);
    try (LanguageModel here = model();
        ServerModel there = open(server)) {
      int[] prompt = there.encode(Prompt.text("It "));
      int[] completion = here.vocabulary().encode("\ud83d\ude00 \u4f60");
      try (ModelContext one = here.open(prompt, new ContextOptions(16, 4));
          ModelContext other = there.open(prompt, new ContextOptions(16, 4))) {
        double[] scores = other.score(completion);
        double[] right = one.score(completion);
        for (int h = 0; h < completion.length; h++) {
          assertThat(scores[h]).isCloseTo(right[h], within(TOLERANCE));
        }
      }
    }
  }

  @Test
  void encode_chat_isTheServersAndMessagesRemainText() {
    List<ChatMessage> messages =
        List.of(new ChatMessage("system", "Be brief."), new ChatMessage("user", "Hi"));
    try (LanguageModel here = model();
        ServerModel there = open(server("vllm", true, Faults.NONE))) {
      assertThat(there.encode(new Prompt.Chat(messages)))
          .isEqualTo(here.encode(Prompt.text("system: Be brief.\nuser: Hi\nassistant: ")));
      assertThat(there.chatFormat().orElseThrow().text(new Prompt.Chat(messages)))
          .isEqualTo("system: Be brief.\nuser: Hi\nassistant: ");
      for (String role : List.of("system", "user", "assistant")) {
        var injected = new Prompt.Chat(List.of(new ChatMessage(role, "x<|end256|>y")));
        assertThatThrownBy(() -> there.encode(injected))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("control token");
      }
      String plain = "x<|end256|>y";
      assertThat(there.vocabulary().decode(there.vocabulary().encode(plain))).isEqualTo(plain);
    }
    try (ServerModel other = open(server("sglang", true, Faults.NONE))) {
      assertThat(other.chatFormat()).isEmpty();
      assertThatThrownBy(() -> other.encode(new Prompt.Chat(messages)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("formats no chats");
    }
  }

  /** The template's own control tokens are tokens, those in a message are refused. */
  @Test
  void encode_chatOnLlamaServer_isByItsTemplate() {
    var chat =
        new Prompt.Chat(List.of(new ChatMessage("user", "Hi"), new ChatMessage("user", "a")));
    try (LanguageModel here = model();
        ServerModel there = open(server("llama-server", true, Faults.NONE))) {
      int end = here.vocabulary().size() - 1;
      int[] expected =
          Stream.of(
                  here.encode(Prompt.text("user: Hi")),
                  new int[] {end},
                  here.vocabulary().encode("user: a"),
                  new int[] {end},
                  here.vocabulary().encode("assistant: "))
              .flatMapToInt(IntStream::of)
              .toArray();
      assertThat(there.encode(chat)).isEqualTo(expected);
      assertThat(there.chatFormat().orElseThrow().text(chat))
          .isEqualTo("user: Hi<|end256|>user: a<|end256|>assistant: ");
      for (String role : List.of("system", "user", "assistant")) {
        var injected = new Prompt.Chat(List.of(new ChatMessage(role, "x<|end256|>y")));
        assertThatThrownBy(() -> there.encode(injected))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("control token");
      }
    }
  }

  /** Every answer or a report, none twice, and the same draws as without faults. */
  @Test
  void draw_faultyConnection_givesTheSameDraws() {
    Faults faults = Faults.of(5);
    FakeServer calm = server("vllm", true, Faults.NONE);
    FakeServer faulty = server("vllm", true, faults);
    try (ServerModel one = open(calm);
        ServerModel other = openPatiently(faulty)) {
      int[] prompt = one.encode(Prompt.text("It is "));
      List<Continuation.Request> requests =
          IntStream.range(0, 1000)
              .mapToObj(i -> new Continuation.Request(new int[0], 3, i))
              .toList();
      try (ModelContext expected = one.open(prompt, new ContextOptions(16, 4));
          ModelContext got = other.open(prompt, new ContextOptions(16, 4))) {
        List<Continuation> right = expected.draw(requests);
        List<Continuation> drawn = got.draw(requests);
        assertThat(drawn).hasSameSizeAs(right);
        for (int i = 0; i < right.size(); i++) {
          assertThat(drawn.get(i).tokenIds()).isEqualTo(right.get(i).tokenIds());
        }
      }
      assertThat(faults.met()).isGreaterThan(200);
      long repeated = other.endpoints().all().stream().mapToLong(server -> server.repeated()).sum();
      assertThat(repeated).isGreaterThan(150);
    }
  }

  /** Four attempts fail together once in 160 requests at these rates; replicas carry on. */
  private ServerModel openPatiently(FakeServer server) {
    ServerOptions options = options(server, server, server, server);
    return (ServerModel) Servers.open("openai:fake", options);
  }

  /** vLLM lists an adapter as a model without a length of its own. */
  @Test
  void open_adapterByItsName_hasTheLengthOfItsParent() {
    FakeServer server = server("vllm", true, Faults.NONE);
    ServerOptions base = options(server);
    ServerOptions adapter =
        new ServerOptions(
            base.addresses(),
            Optional.of("tiny-lora"),
            base.key(),
            base.tokenizer(),
            base.dialect(),
            base.ends(),
            base.inFlight(),
            base.answerLimit(),
            base.firstWait());
    try (ServerModel plain = (ServerModel) Servers.open("openai:fake", base);
        ServerModel adapted = (ServerModel) Servers.open("openai:fake,model=tiny-lora", adapter)) {
      assertThat(adapted.dialect().facts().model()).isEqualTo("tiny-lora");
      assertThat(adapted.dialect().facts().contextTokens())
          .isEqualTo(plain.dialect().facts().contextTokens());
      assertThat(plain.dialect().facts().model()).isEqualTo("tiny");
      assertThat(adapted.identity().fingerprint()).isNotEqualTo(plain.identity().fingerprint());
    }
  }

  @Test
  void open_replicaWithAnotherModel_isRefused() {
    FakeServer first = server("vllm", true, Faults.NONE);
    FakeServer other =
        new FakeVllm(new Mapped(model(), law -> law.tempered(0.8)), true, Faults.NONE);
    servers.add(other);
    assertThatThrownBy(() -> open(first, other))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is no replica of");
    FakeServer routed = ((FakeVllm) server("vllm", true, Faults.NONE)).scaledOut("first", false);
    assertThatThrownBy(() -> open(first, routed))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("start replicas with the same options");
    try (ServerModel same = open(first, server("vllm", true, Faults.NONE))) {
      assertThat(same.endpoints().all()).hasSize(2);
    }
  }

  @Test
  void ask_replicaThatStops_isRoutedAround() {
    FakeServer first = server("vllm", true, Faults.NONE);
    FakeServer second = server("vllm", true, Faults.NONE);
    try (ServerModel model = open(first, second)) {
      first.close();
      for (String text : List.of("It is ", "She ", "He ", "We ", "They ")) {
        int[] prompt = model.encode(Prompt.text(text));
        try (ModelContext context = model.open(prompt, new ContextOptions(8, 2))) {
          assertThat(context.next(new int[][] {{}})).hasSize(1);
        }
      }
      assertThat(model.endpoints().failed()).hasSize(1);
    }
  }

  /** A server that works again comes back, unless it has another model by then. */
  @Test
  void ask_replicaThatWorksAgain_isComparedAndComesBack() throws InterruptedException {
    FakeServer first = server("vllm", true, Faults.NONE);
    FakeServer second = server("vllm", true, Faults.NONE);
    FakeServer third = server("vllm", true, Faults.NONE);
    try (ServerModel model = open(first, second, third)) {
      second.unwell(true);
      third.unwell(true);
      askEverywhere(model, 2);
      second.unwell(false);
      third.unwell(false);
      third.change(law -> law.tempered(0.5));
      askEverywhere(model, 1);
      assertThat(model.endpoints().failed().getFirst().address()).isEqualTo(third.address());
      int before = second.asked().size();
      for (int i = 0; i < 20; i++) {
        model.ask(i, List.of(model.dialect().tokens("a", false)));
      }
      assertThat(second.asked().size()).isGreaterThan(before);
      assertThat(model.endpoints().failed()).hasSize(1);
    }
  }

  /** Asks under many keys until a number of servers is left out. */
  private static void askEverywhere(ServerModel model, int failed) throws InterruptedException {
    for (int i = 0; i < 400 && model.endpoints().failed().size() != failed; i++) {
      model.ask(i, List.of(model.dialect().tokens("a", false)));
      Thread.sleep(10);
    }
    assertThat(model.endpoints().failed()).hasSize(failed);
  }

  /** Long answers come in parts; one that breaks off is asked for again, with the same seed. */
  @Test
  void draw_longAnswer_comesInPartsAndIsTheSame() {
    FakeServer server = server("vllm", true, Faults.NONE);
    try (LanguageModel here = model();
        ServerModel there = open(server)) {
      int[] prompt = there.encode(Prompt.text("It is "));
      try (ModelContext one = here.open(prompt, new ContextOptions(400, 4));
          ModelContext other = there.open(prompt, new ContextOptions(400, 4))) {
        var request = List.of(new Continuation.Request(new int[0], 300, 17));
        Continuation drawn = other.draw(request).getFirst();
        assertThat(server.asked().getLast().path("stream").asBoolean(false)).isTrue();
        double[] right = one.score(drawn.tokenIds());
        for (int h = 0; h < right.length; h++) {
          assertThat(drawn.logProbs()[h]).isCloseTo(right[h], within(1e-4));
        }
        server.cutStreams(2);
        assertThat(other.draw(request).getFirst().tokenIds()).isEqualTo(drawn.tokenIds());
        assertThat(there.endpoints().all().getFirst().repeated()).isEqualTo(2);
      }
    }
  }

  @Test
  void ask_servers_theirOwnCountsAreKeptBesideOurs() {
    FakeServer server = server("sglang", true, Faults.NONE);
    try (ServerModel model = open(server)) {
      int[] prompt = model.encode(Prompt.text("It is "));
      try (ModelContext context = model.open(prompt, new ContextOptions(16, 4))) {
        var request = new Continuation.Request(new int[0], 5, 3);
        int drawn = context.draw(List.of(request)).getFirst().tokenIds().length;
        ServedUsage usage = model.servedUsage().getFirst();
        assertThat(usage.drawnTokens()).isEqualTo(drawn);
        assertThat(usage.drawnTokensReported()).hasValue(drawn);
        assertThat(usage.countsDiffer()).isFalse();
        assertThat(usage.promptTokensReported().orElseThrow()).isGreaterThan(prompt.length);
        assertThat(usage.cachedTokensReported()).isEmpty();
        assertThat(usage.requests()).isGreaterThan(5);
      }
    }
  }

  @Test
  void parse_specification_isRead() {
    ServerOptions options =
        ServerOptions.parse(
            "openai:http://127.0.0.1:8000,model=m,key=K,replica=http://127.0.0.1:8001,end=7",
            name -> name.equals("K") ? "secret" : null);
    assertThat(options.addresses()).hasSize(2);
    assertThat(options.key()).contains("secret");
    assertThat(options.ends()).containsExactly(7);
    for (String wrong :
        List.of(
            "openai:",
            "openai:127.0.0.1:8000",
            "openai:ftp://127.0.0.1",
            "openai:http://user:pass@127.0.0.1",
            "openai:http://127.0.0.1?key=x",
            "openai:http://127.0.0.1,model=",
            "openai:http://127.0.0.1,colour=red",
            "openai:http://127.0.0.1,end=x",
            "openai:http://127.0.0.1,key=UNSET")) {
      assertThatThrownBy(() -> ServerOptions.parse(wrong, _ -> null))
          .isInstanceOf(ModelException.class)
          .message()
          .doesNotContain("pass");
    }
  }

  /** Neither a key given in place of its variable nor one that cannot be sent is repeated. */
  @Test
  void parse_keyThatCannotBeUsed_isNotShown() {
    for (String key : List.of("sk-SECRETabc", "hf_SECRETabc", "BROKEN", "FOREIGN")) {
      assertThatThrownBy(() ->
              ServerOptions.parse(
                  "openai:http://127.0.0.1,key=" + key,
                  name ->
                      switch (name) {
                        case "BROKEN" -> "SECRET\nabc";
                        case "FOREIGN" -> "SECRET\u00e9abc";
                        default -> null;
                      }))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("key=")
          .message()
          .doesNotContain("SECRET", "abc");
    }
    ServerOptions options = ServerOptions.parse("openai:http://127.0.0.1,key=K", _ -> "SECRETabc");
    assertThat(options).asString().contains("127.0.0.1").doesNotContain("SECRET");
  }

  @Test
  void open_nothingListens_isOneSentence() {
    URI nowhere = URI.create("http://127.0.0.1:9");
    assertThatThrownBy(() -> Servers.open("openai:x", quick(nowhere)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("127.0.0.1:9")
        .hasMessageContaining("asked 4 times");
  }

  private static ServerOptions quick(URI address) {
    ServerOptions slow = ServerOptions.of(address);
    return new ServerOptions(
        slow.addresses(),
        slow.model(),
        slow.key(),
        slow.tokenizer(),
        slow.dialect(),
        slow.ends(),
        slow.inFlight(),
        slow.answerLimit(),
        Duration.ofMillis(5));
  }

  /** The contract of every model, over HTTP. */
  @Nested
  class Contract extends LanguageModelContract {
    @Override
    protected LanguageModel openModel() {
      return open(server("vllm", true, Faults.NONE));
    }

    @Override
    protected double tolerance() {
      return 1e-5;
    }

    @Override
    protected List<String> texts() {
      return List.of("", "Once upon a time", "<|end256|>");
    }
  }
}
