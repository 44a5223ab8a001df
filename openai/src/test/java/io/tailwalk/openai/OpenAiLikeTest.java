package io.tailwalk.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
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
import io.tailwalk.core.probe.ProbeResult;
import io.tailwalk.openai.fake.FakeOpenAiLike;
import io.tailwalk.openai.fake.FakeOpenAiLike.Skill;
import io.tailwalk.openai.fake.FakeVllm;
import io.tailwalk.testkit.StatisticalAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers like OpenAI's, which can do little and ignore the rest. */
class OpenAiLikeTest {
  private static final ContextOptions ROOM = new ContextOptions(64, 4);

  @TempDir private Path folder;
  private final List<FakeOpenAiLike> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(FakeOpenAiLike::close);
  }

  private static LanguageModel model() {
    return Mapped.positive(BuiltinModels.open("builtin:austen"));
  }

  private FakeOpenAiLike server(Set<Skill> skills) {
    var server = new FakeOpenAiLike(model(), skills);
    servers.add(server);
    return server;
  }

  private static LanguageModel open(FakeOpenAiLike server, String more) {
    String spec = "openai:" + server.address() + "/v1,dialect=openai-like" + more;
    return Servers.open(spec, ServerOptions.parse(spec, _ -> null));
  }

  private LanguageModel withTokenizer(FakeOpenAiLike server) {
    try (LanguageModel model = model()) {
      return open(server, ",tokenizer=" + FakeVllm.tokenizer(folder, model.vocabulary()));
    }
  }

  private static List<Continuation.Request> requests(int count, int tokens) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Continuation.Request(new int[0], tokens, 1000L * i))
        .toList();
  }

  /** The first byte of complete responses, against the distribution of the first token. */
  @Test
  void draw_texts_followTheModel() {
    try (LanguageModel here = model();
        LanguageModel there = open(server(Set.of()), "");
        ModelContext one = here.open(here.encode(Prompt.text("It is ")), ROOM);
        ModelContext other = there.open(there.encode(Prompt.text("It is ")), ROOM)) {
      assertThat(there).isInstanceOf(TextModel.class);
      LogProbs law = one.next(new int[][] {{}})[0];
      Map<Integer, Double> expected = new HashMap<>();
      IntStream.range(0, law.size())
          .forEach(token -> expected.merge(kind(token), Math.exp(law.logProb(token)), Double::sum));
      Map<Integer, Long> counts = new HashMap<>();
      for (Continuation drawn : other.draw(requests(600, 1))) {
        assertThat(drawn.logProbs()).containsExactly(Double.NaN);
        counts.merge(kind(drawn.tokenIds()[0]), 1L, Long::sum);
      }
      StatisticalAssertions.at(1e-6).counts(expected, counts);
    }
  }

  /** Bytes that are no character are shown as another one, so all beyond ASCII are one kind. */
  private static int kind(int token) {
    return token == TextVocabulary.END ? token : Math.min(token, 128);
  }

  @Test
  void draw_texts_areChargedAsTheServerCounts() {
    for (Set<Skill> skills : List.of(Set.<Skill>of(), Set.of(Skill.NO_USAGE))) {
      FakeOpenAiLike server = server(skills);
      try (LanguageModel there = open(server, "");
          ModelContext context = there.open(there.encode(Prompt.text("It is ")), ROOM)) {
        Continuation drawn = context.draw(requests(1, 8)).getFirst();
        assertThat(drawn.tokenIds()).hasSize(8);
        // It had to draw a few tokens more than the bytes that are kept.
        assertThat(context.usage().modelTokens()).isGreaterThan(8);
        assertThat(server.asked().getLast().path("temperature").asInt()).isEqualTo(1);
      }
    }
  }

  /** Long responses come in parts, whose texts are put together; by texts and in chats. */
  @Test
  void draw_longTexts_comeInParts() {
    FakeOpenAiLike server = server(Set.of());
    try (LanguageModel there = open(server, "")) {
      for (Prompt prompt :
          List.of(
              Prompt.text("It is "), new Prompt.Chat(List.of(new ChatMessage("user", "It is "))))) {
        try (ModelContext context = there.open(there.encode(prompt), ROOM)) {
          int[] drawn = context.draw(requests(1, 400)).getFirst().tokenIds();
          assertThat(server.asked().getLast().path("stream").asBoolean(false)).isTrue();
          int[] begin = context.draw(requests(1, 100)).getFirst().tokenIds();
          assertThat(server.asked().getLast().path("stream").asBoolean(true)).isFalse();
          assertThat(Arrays.copyOf(drawn, begin.length)).isEqualTo(begin);
        }
      }
    }
  }

  @Test
  void ask_texts_whatTheyCannotDoIsRefusedWithWhatWorks() {
    try (LanguageModel there = open(server(Set.of()), "");
        ModelContext context = there.open(there.encode(Prompt.text("It is ")), ROOM)) {
      assertThat(there.capabilities().can(Capability.RESPONSE)).isTrue();
      for (Capability other : EnumSet.complementOf(EnumSet.of(Capability.RESPONSE))) {
        assertThat(there.capabilities().can(other)).isFalse();
      }
      assertThatThrownBy(() -> context.next(new int[][] {{}}))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("best-of-n");
      assertThatThrownBy(() -> context.score(new int[] {65}))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("best-of-n");
      var inside = List.of(new Continuation.Request(new int[] {65}, 4, 1));
      assertThatThrownBy(() -> context.draw(inside))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("best-of-n");
    }
  }

  @Test
  void draw_hiddenTokens_areNoResponse() {
    try (LanguageModel there = open(server(Set.of(Skill.REASONING)), "");
        ModelContext context = there.open(there.encode(Prompt.text("It is ")), ROOM)) {
      assertThatThrownBy(() -> context.draw(requests(1, 60)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("reasoning");
    }
  }

  @Test
  void encode_chat_isSentByRole() {
    FakeOpenAiLike server = server(Set.of(Skill.CHAT_ONLY));
    List<ChatMessage> messages =
        List.of(new ChatMessage("system", "Be brief."), new ChatMessage("user", "Hi \u4f60"));
    try (LanguageModel there = open(server, "")) {
      int[] prompt = there.encode(new Prompt.Chat(messages));
      try (ModelContext context = there.open(prompt, ROOM)) {
        assertThat(context.draw(requests(1, 5)).getFirst().tokenIds()).hasSize(5);
      }
      assertThat(server.asked().getLast().path("messages").toString())
          .isEqualTo(
              "[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                  + "{\"role\":\"user\",\"content\":\"Hi \u4f60\"}]");
      try (ModelContext context = there.open(there.encode(Prompt.text("It")), ROOM)) {
        assertThatThrownBy(() -> context.draw(requests(1, 5)))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("404");
      }
      List<ProbeResult> probed = Servers.measured(there).results();
      assertThat(probed).noneMatch(result -> result.outcome() == ProbeOutcome.FAIL);
      assertThat(probed.getLast().measured()).isEqualTo("repeat with their seed");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ECHO", "NO_USAGE"})
  void open_serverWithIds_drawsAndScoresIfItEchoes(Skill skill) {
    try (LanguageModel here = model();
        LanguageModel there = withTokenizer(server(Set.of(Skill.IDS, skill)))) {
      boolean scores = skill == Skill.ECHO;
      assertThat(there.capabilities().can(Capability.DRAW)).isTrue();
      assertThat(there.capabilities().can(Capability.SCORE)).isEqualTo(scores);
      assertThat(there.capabilities().can(Capability.DISTRIBUTION)).isFalse();
      int[] prompt = there.encode(Prompt.text("It is "));
      try (ModelContext one = here.open(prompt, ROOM);
          ModelContext other = there.open(prompt, ROOM)) {
        Continuation drawn = other.draw(requests(1, 6)).getFirst();
        double[] right = one.score(drawn.tokenIds());
        for (int h = 0; h < right.length; h++) {
          assertThat(drawn.logProbs()[h]).isCloseTo(right[h], within(1e-4));
        }
        if (scores) {
          assertThat(other.score(drawn.tokenIds())[3]).isCloseTo(right[3], within(1e-4));
        }
      }
    }
  }

  /** What a server counts beyond what it was asked for is not charged. */
  @Test
  void draw_serverCountsTooMany_isChargedWhatWasAskedFor() {
    FakeOpenAiLike server = server(Set.of(Skill.TOO_MANY));
    try (LanguageModel there = open(server, "");
        ModelContext context = there.open(there.encode(Prompt.text("It is ")), ROOM)) {
      context.draw(requests(2, 8));
      int asked = server.asked().getLast().path("max_tokens").asInt();
      assertThat(context.usage().modelTokens()).isEqualTo(2L * asked);
      ServedUsage usage = there.servedUsage().getFirst();
      assertThat(usage.drawnTokens()).isEqualTo(2L * asked);
      assertThat(usage.drawnTokensReported().orElseThrow()).isGreaterThan(2_000_000L);
      assertThat(usage.countsDiffer()).isTrue();
      assertThat(Servers.measured(there).results().get(2).meaning())
          .contains("as many as it was asked for are charged");
    }
  }

  /** Nothing is charged that could not be charged before the request was sent. */
  @ParameterizedTest
  @ValueSource(strings = {"NO_USAGE", "TOO_MANY", "CHAT_ONLY"})
  void draw_cost_isAtMostWhatWasAnnounced(String skill) {
    try (LanguageModel there = open(server(Set.of(Skill.valueOf(skill))), "")) {
      Prompt prompt =
          skill.equals("CHAT_ONLY")
              ? new Prompt.Chat(List.of(new ChatMessage("user", "It is ")))
              : Prompt.text("It is ");
      try (ModelContext context = there.open(there.encode(prompt), ROOM)) {
        long before = context.usage().modelTokens();
        for (int i = 0; i < 20; i++) {
          context.draw(List.of(new Continuation.Request(new int[0], 3, i)));
          long after = context.usage().modelTokens();
          assertThat(after - before).isBetween(1L, context.costOfDraw(3));
          before = after;
        }
      }
    }
  }

  /** Neither a server without draws nor one that always draws the same is exact. */
  @ParameterizedTest
  @ValueSource(strings = {"broken", "greedy"})
  void measured_drawsFail_nothingIsUsable(String how) {
    FakeOpenAiLike server = server(how.equals("greedy") ? Set.of(Skill.GREEDY) : Set.of());
    try (LanguageModel there = open(server, "")) {
      if (how.equals("broken")) {
        server.always(400, "no such luck");
      }
      ServerReport report = Servers.measured(there);
      assertThat(report.results())
          .filteredOn(result -> result.check().startsWith("draws"))
          .hasSize(2)
          .allMatch(result -> result.outcome() == ProbeOutcome.FAIL);
      assertThat(report.usable().direct()).isEmpty();
    }
  }

  /** A list by texts may show several tokens as one, so it is not used. */
  @Test
  void open_serverWithIds_listsTokensOnlyByTheirIds() {
    try (LanguageModel here = model();
        LanguageModel there = withTokenizer(server(Set.of(Skill.IDS, Skill.TOP_IDS, Skill.ECHO)));
        LanguageModel byTexts = withTokenizer(server(Set.of(Skill.IDS, Skill.ECHO)))) {
      assertThat(byTexts.capabilities().can(Capability.TOP_K)).isFalse();
      assertThat(there.capabilities().mostTop()).isEqualTo(20);
      int[] prompt = there.encode(Prompt.text("It is "));
      try (ModelContext one = here.open(prompt, ROOM);
          ModelContext other = there.open(prompt, ROOM)) {
        TopTokens right = one.top(new int[][] {{}}, 5).getFirst();
        TopTokens listed = other.top(new int[][] {{}}, 5).getFirst();
        assertThat(listed.tokenIds()).isEqualTo(right.tokenIds());
        assertThat(listed.logProbs()).containsExactly(right.logProbs(), within(1e-4));
      }
    }
  }

  @Test
  void open_serverWithoutIds_isForTextsWhateverItIsGiven() {
    try (LanguageModel there = withTokenizer(server(Set.of()))) {
      assertThat(there).isInstanceOf(TextModel.class);
    }
    FakeOpenAiLike server = server(Set.of());
    assertThatThrownBy(() -> open(server, ",replica=" + server.address()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("leave out replica=");
  }
}
