package io.tailwalk.builtin.ngram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NgramModelTest {
  private static final ContextOptions ROOM = new ContextOptions(100, 4);

  /** Against a reference that counts substrings straight from the definition. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void distribution_smallCorpus_isInterpolatedKneserNey(long seed) {
    RandomGenerator random = Streams.of(seed);
    String corpus = randomText(random, 600);
    var reference = new KneserNeyReference(corpus);
    NgramModel model = NgramModel.train("test", "test", corpus.getBytes(UTF_8));
    try (var context = model.open(model.encode(Prompt.text("")), ROOM)) {
      for (int i = 0; i < 40; i++) {
        String prefix = randomText(random, random.nextInt(14)).replace("\n", "");
        LogProbs distribution = distribution(context, model, prefix);
        for (int next : new int[] {'a', 'b', 'c', 'd', 'x', ByteVocabulary.END}) {
          assertThat(Math.exp(distribution.logProb(next)))
              .as("p(%s | %s)", next, prefix)
              .isCloseTo(reference.probability(prefix, next), within(1e-12));
        }
      }
    }
  }

  /** The text is sorted while it is asked about, so the order of the questions must not matter. */
  @Test
  void distribution_askedByManyThreadsInAnyOrder_isThatOfOneThread() throws Exception {
    String corpus = randomText(Streams.of(7), 60_000);
    NgramModel model = NgramModel.train("test", "test", corpus.getBytes(UTF_8));
    List<String> prefixes = new ArrayList<>();
    RandomGenerator random = Streams.of(8);
    for (int i = 0; i < 400; i++) {
      prefixes.add(randomText(random, random.nextInt(9)).replace("\n", ""));
    }
    try (var one = model.open(model.encode(Prompt.text("")), ROOM);
        var threads = Executors.newFixedThreadPool(4)) {
      List<double[]> expected =
          prefixes.stream().map(prefix -> numbers(one, model, prefix)).toList();
      for (int repeat = 0; repeat < 5; repeat++) {
        NgramModel fresh = NgramModel.train("test", "test", corpus.getBytes(UTF_8));
        List<Callable<double[]>> questions = new ArrayList<>();
        for (String prefix : prefixes) {
          questions.add(() -> {
            try (var context = fresh.open(fresh.encode(Prompt.text("")), ROOM)) {
              return numbers(context, fresh, prefix);
            }
          });
        }
        List<Future<double[]>> answers = threads.invokeAll(questions);
        for (int i = 0; i < answers.size(); i++) {
          assertThat(answers.get(i).get()).isEqualTo(expected.get(i));
        }
      }
    }
  }

  private static double[] numbers(ModelContext context, NgramModel model, String prefix) {
    LogProbs distribution = distribution(context, model, prefix);
    return IntStream.range(0, distribution.size()).mapToDouble(distribution::logProb).toArray();
  }

  @Test
  void distribution_anyPrefix_normalisesAndCanWritePrintableAscii() {
    NgramModel model = NgramModel.train("test", "test", "abba\nbaab\n".getBytes(UTF_8));
    try (var context = model.open(model.encode(Prompt.text("zz\u00e9\n")), ROOM)) {
      for (String prefix : List.of("", "a", "abba", "q\u20acq")) {
        LogProbs distribution = distribution(context, model, prefix);
        double sum = 0;
        for (int token = 0; token < distribution.size(); token++) {
          boolean writable = (token >= ' ' && token <= '~') || token == ByteVocabulary.END;
          assertThat(distribution.logProb(token) > Double.NEGATIVE_INFINITY).isEqualTo(writable);
          sum += Math.exp(distribution.logProb(token));
        }
        assertThat(sum).isCloseTo(1.0, within(1e-12));
      }
    }
  }

  @Test
  void distribution_afterLineBreakInPrompt_isThatOfAFreshParagraph() {
    NgramModel model = NgramModel.train("test", "test", "abba\nbaab\naaab\n".getBytes(UTF_8));
    try (var fresh = model.open(model.encode(Prompt.text("")), ROOM);
        var behind = model.open(model.encode(Prompt.text("abb\n")), ROOM)) {
      for (int token = 0; token <= ByteVocabulary.END; token++) {
        assertThat(distribution(behind, model, "a").logProb(token))
            .isEqualTo(distribution(fresh, model, "a").logProb(token));
      }
    }
  }

  @Test
  void usage_rootAndTwoPrefixes_countsOneTokenEachAndOneCall() {
    NgramModel model = NgramModel.train("test", "test", "abba\n".getBytes(UTF_8));
    int[] prompt = model.encode(Prompt.text("ab"));
    try (var context = model.open(prompt, ROOM)) {
      assertThat(context.usage()).isEqualTo(ModelUsage.NONE);
      LogProbs[] distributions = context.next(new int[][] {{}, {'a'}, {'a', 'b'}});
      assertThat(distributions).hasSize(3);
      assertThat(context.usage()).isEqualTo(new ModelUsage(3, 2, 0, 1));
    }
  }

  @Test
  void encode_chat_isRefusedInOneSentence() {
    NgramModel model = NgramModel.train("builtin:test", "test", "abba\n".getBytes(UTF_8));
    var chat = new Prompt.Chat(List.of(new io.tailwalk.core.model.ChatMessage("user", "hello")));
    assertThatThrownBy(() -> model.encode(chat))
        .isInstanceOf(ModelException.class)
        .hasMessage("builtin:test has no chat template; give it a plain text prompt");
  }

  @Test
  void train_emptyCorpus_isRefused() {
    assertThatThrownBy(() -> NgramModel.train("test", "test", "\n\n".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void fingerprint_otherCorpus_isAnother() {
    var one = NgramModel.train("test", "test", "abba\n".getBytes(UTF_8));
    var other = NgramModel.train("test", "test", "abbb\n".getBytes(UTF_8));
    assertThat(one.identity().fingerprint()).isNotEqualTo(other.identity().fingerprint());
  }

  private static LogProbs distribution(ModelContext context, NgramModel model, String prefix) {
    return context.next(new int[][] {model.vocabulary().encode(prefix)})[0];
  }

  private static String randomText(RandomGenerator random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("aaabbcd\n".charAt(random.nextInt(8)));
    }
    return text.toString();
  }
}
