package io.tailwalk.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ModelTypesTest {
  /** Three tokens "a", "b" and the end; the scores depend on the length of the prefix. */
  private static final class Small implements LanguageModel, ModelContext, Vocabulary {
    private int closed;

    @Override
    public Capabilities capabilities() {
      return Capabilities.COMPUTED.with(Capability.HIDDEN);
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      return Arrays.stream(prefixes)
          .map(prefix -> LogProbs.of(new double[] {prefix.length, 0, -1}))
          .toArray(LogProbs[]::new);
    }

    @Override
    public int[] promptTokenIds() {
      return new int[] {1, 0};
    }

    @Override
    public int maxCompletionTokens() {
      return 17;
    }

    @Override
    public ModelUsage usage() {
      return new ModelUsage(1, 2, 3, 4);
    }

    @Override
    public Optional<HiddenStates> hiddenStates() {
      return Optional.of(
          new HiddenStates() {
            @Override
            public int width() {
              return 5;
            }

            @Override
            public float[][] of(int[][] prefixes) {
              return new float[prefixes.length][5];
            }
          });
    }

    @Override
    public ModelIdentity identity() {
      return new ModelIdentity("small", "three tokens", "f00");
    }

    @Override
    public Vocabulary vocabulary() {
      return this;
    }

    @Override
    public int[] encode(Prompt prompt) {
      return new int[] {1};
    }

    @Override
    public ModelContext open(int[] promptTokenIds, ContextOptions options) {
      return this;
    }

    @Override
    public OptionalInt hiddenWidth() {
      return OptionalInt.of(5);
    }

    @Override
    public int size() {
      return 3;
    }

    @Override
    public byte[] bytes(int token) {
      return "ab".substring(token, Math.min(token + 1, 2)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isEnd(int token) {
      return token == 2;
    }

    @Override
    public int[] encode(String text) {
      return new int[0];
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** Scores (h, 0, -1) of the h-th token: log of {@code e^s / (e^h + 1 + 1/e)}. */
  @Test
  void score_givenTokens_areThoseOfTheirPrefixes() {
    double[] scores = new Small().score(new int[] {0, 0, 1});
    for (int h = 0; h < 3; h++) {
      double sum = Math.log(Math.exp(h) + 1 + Math.exp(-1));
      assertThat(scores[h]).isCloseTo((h < 2 ? h : 0) - sum, within(1e-14));
    }
    assertThat(scores).hasSize(3);
  }

  @Test
  void tempered_changesTheDistributionAlone() {
    var base = new Small();
    LanguageModel hot = TemperedModel.of(base, 2);
    assertThat(TemperedModel.of(base, 1)).isSameAs(base);
    assertThat(hot.identity())
        .isEqualTo(new ModelIdentity("small", "three tokens at temperature 2.0", "f00@2.0"));
    assertThat(hot.vocabulary()).isSameAs(base);
    assertThat(hot.encode(Prompt.text("x"))).containsExactly(1);
    assertThat(hot.hiddenWidth()).hasValue(5);
    ModelContext context = hot.open(new int[0], new ContextOptions(1, 1));
    LogProbs distribution = context.next(new int[][] {{0, 0}})[0];
    assertThat(distribution.logProb(0) - distribution.logProb(1)).isCloseTo(1, within(1e-14));
    assertThat(context.promptTokenIds()).containsExactly(1, 0);
    assertThat(context.maxCompletionTokens()).isEqualTo(17);
    assertThat(context.usage()).isEqualTo(base.usage());
    assertThat(context.hiddenStates().orElseThrow().width()).isEqualTo(5);
    assertThat(context.requireHiddenStates().width()).isEqualTo(5);
    assertThat(hot.capabilities().can(Capability.HIDDEN)).isTrue();
    assertThat(context.capabilities()).isEqualTo(hot.capabilities());
    context.close();
    hot.close();
    assertThat(base.closed).isEqualTo(2);
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> TemperedModel.of(base, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Scores are 2, 0 and -1 after two tokens; two tokens remain. */
  @Test
  void truncated_distributionsAndScores_areOfWhatRemains() {
    var base = new Small();
    assertThat(TruncatedModel.of(base, Truncation.NONE)).isSameAs(base);
    LanguageModel cut = TruncatedModel.of(base, new Truncation(2, 1, 0));
    assertThat(cut.identity())
        .isEqualTo(new ModelIdentity("small", "three tokens, cut by top_k=2", "f00|top_k=2"));
    ModelContext context = cut.open(new int[0], new ContextOptions(1, 1));
    double[] scores = context.score(new int[] {0, 0, 0});
    assertThat(scores[2]).isCloseTo(-Math.log(1 + Math.exp(-2)), within(1e-14));
    assertThat(context.next(new int[][] {{0, 0}})[0].logProb(2))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(context.maxCompletionTokens()).isEqualTo(17);
    cut.close();
    assertThat(base.closed).isEqualTo(1);
  }

  @Test
  void logProbs_allAtOnce_equalOneByOne() {
    LogProbs distribution =
        LogProbs.of(new double[] {0.5, -1, Double.NEGATIVE_INFINITY}).tempered(0.5);
    double[] all = new double[3];
    distribution.logProbs(all);
    for (int token = 0; token < 3; token++) {
      assertThat(all[token]).isEqualTo(distribution.logProb(token));
    }
    assertThat(all[0] - all[1]).isCloseTo(3, within(1e-14));
    assertThat(distribution.tempered(1)).isSameAs(distribution);
    assertThat(distribution.memoryBytes()).isEqualTo(24);
    assertThat(LogProbs.ofLogits(new float[5]).memoryBytes()).isEqualTo(20);
    assertThat(LogProbs.ofLogits(new float[5]).size()).isEqualTo(5);
  }

  @Test
  void vocabulary_decodesTokens() {
    Vocabulary vocabulary = new Small();
    assertThat(vocabulary.decode(new int[] {1, 0, 2, 1})).isEqualTo("bab");
  }

  @Test
  void options_belowOne_areRefused() {
    assertThat(new ContextOptions(1, 1).parallelPrefixes()).isOne();
    assertThatThrownBy(() -> new ContextOptions(0, 1)).hasMessageContaining("max_tokens");
    assertThatThrownBy(() -> new ContextOptions(1, 0)).hasMessageContaining("parallel");
    assertThatThrownBy(() -> new Prompt.Chat(List.of())).hasMessageContaining("one message");
    assertThat(new Prompt.Chat(List.of(new ChatMessage("user", "hi"))).messages()).hasSize(1);
    assertThat(Prompt.text("x")).isEqualTo(new Prompt.Text("x"));
  }

  @Test
  void defaults_haveNoHiddenStates() {
    LanguageModel plain =
        new LanguageModel() {
          private final Small small = new Small();

          @Override
          public ModelIdentity identity() {
            return small.identity();
          }

          @Override
          public Vocabulary vocabulary() {
            return small;
          }

          @Override
          public int[] encode(Prompt prompt) {
            return small.encode(prompt);
          }

          @Override
          public ModelContext open(int[] promptTokenIds, ContextOptions options) {
            return small;
          }

          @Override
          public void close() {}
        };
    assertThat(plain.hiddenWidth()).isEmpty();
  }
}
