package io.tailwalk.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Requirements on every {@link LanguageModel}. Extend the class, define how to open the model, and
 * JUnit runs it.
 */
public abstract class LanguageModelContract {
  private static final double SUM_TOLERANCE = 1e-9;

  /** Most probable tokens that are asked for. */
  private static final int LISTED = 5;

  /** Opens the model; each test closes its models. */
  protected abstract LanguageModel openModel();

  /** A prompt the model can continue. */
  protected Prompt prompt() {
    return Prompt.text("Once upon a time");
  }

  /** Texts that the vocabulary can encode and must reproduce. */
  protected List<String> texts() {
    return List.of("", "Once upon a time", "caf\u00e9 \u20ac \ud83d\ude00");
  }

  /**
   * Largest difference of log-probabilities (nats) allowed between evaluations of a prefix: in a
   * batch, alone, repeated. 0 if the model guarantees bit equality.
   */
  protected double tolerance() {
    return 0.0;
  }

  /** Whether the model has an end token; without one responses end at the length limit only. */
  protected boolean hasEndToken() {
    return true;
  }

  /** Length of the tested prefixes, in tokens. */
  protected int maxTokens() {
    return 8;
  }

  @Test
  void identity_isFilledIn() {
    try (LanguageModel model = openModel()) {
      assertFalse(model.identity().name().isBlank(), "the model has no name");
      assertFalse(model.identity().description().isBlank(), "the model has no description");
      assertFalse(model.identity().fingerprint().isBlank(), "the model has no fingerprint");
    }
  }

  @Test
  void next_anyPrefix_isADistributionOnTheVocabulary() {
    try (LanguageModel model = openModel();
        ModelContext context = open(model)) {
      LogProbs[] distributions = context.next(prefixes(model));
      for (LogProbs distribution : distributions) {
        assertEquals(
            model.vocabulary().size(),
            distribution.size(),
            "a distribution must cover the vocabulary");
        double sum = 0;
        for (int token = 0; token < distribution.size(); token++) {
          double logProb = distribution.logProb(token);
          assertTrue(logProb <= 0, () -> "log-probability " + logProb + " above 0 or NaN");
          sum += Math.exp(logProb);
        }
        assertEquals(1.0, sum, SUM_TOLERANCE, "a distribution must sum to 1");
      }
    }
  }

  @Test
  void next_batch_equalsOneByOneInAnyOrder() {
    try (LanguageModel model = openModel();
        ModelContext batched = open(model);
        ModelContext single = open(model)) {
      int[][] prefixes = prefixes(model);
      LogProbs[] expected = batched.next(prefixes);
      for (int i = prefixes.length - 1; i >= 0; i--) {
        assertSameDistribution(expected[i], single.next(new int[][] {prefixes[i]})[0]);
      }
    }
  }

  @Test
  void next_askedAgain_isTheSame() {
    try (LanguageModel model = openModel();
        ModelContext context = open(model)) {
      int[][] prefixes = prefixes(model);
      LogProbs[] first = context.next(prefixes);
      LogProbs[] again = context.next(prefixes);
      for (int i = 0; i < prefixes.length; i++) {
        assertSameDistribution(first[i], again[i]);
      }
    }
  }

  @Test
  void next_samePrefixTwiceInABatch_givesTheSameDistributionTwice() {
    try (LanguageModel model = openModel();
        ModelContext context = open(model)) {
      int[] prefix = prefixes(model)[1];
      LogProbs[] distributions = context.next(new int[][] {prefix, {}, prefix});
      assertEquals(3, distributions.length, "one distribution for each prefix");
      assertSameDistribution(distributions[0], distributions[2]);
    }
  }

  @Test
  void score_completion_isTheLogProbabilityOfEachToken() {
    try (LanguageModel model = openModel();
        ModelContext context = open(model)) {
      int[] completion = longest(prefixes(model));
      double[] scores = context.score(completion);
      for (int h = 0; h < completion.length; h++) {
        LogProbs distribution = context.next(new int[][] {Arrays.copyOf(completion, h)})[0];
        assertEquals(distribution.logProb(completion[h]), scores[h], tolerance());
      }
    }
  }

  /** Listed tokens have the probabilities of the distribution, and are the most probable ones. */
  @Test
  void top_anyPrefix_isTheBeginningOfTheDistribution() {
    try (LanguageModel model = openModel();
        ModelContext context = open(model)) {
      int[][] prefixes = prefixes(model);
      LogProbs[] distributions = context.next(prefixes);
      List<TopTokens> lists = context.top(prefixes, LISTED);
      assertEquals(prefixes.length, lists.size(), "a list for each prefix");
      // The precision of a server's sums in single precision.
      double most = tolerance() == 0 ? 0 : Math.max(tolerance(), 1e-3);
      for (int i = 0; i < prefixes.length; i++) {
        TopTokens list = lists.get(i);
        TopTokens right = TopTokens.of(distributions[i], LISTED);
        assertEquals(right.size(), list.size(), "as many tokens as are asked for");
        assertArrayEquals(right.logProbs(), list.logProbs(), most);
        for (int j = 0; j < list.size(); j++) {
          assertEquals(
              distributions[i].logProb(list.tokenIds()[j]), list.logProbs()[j], most, "of a token");
        }
      }
    }
  }

  /** Hidden states are there if the model states it, and only then. */
  @Test
  void hiddenStates_areWhatTheCapabilitiesState() {
    try (LanguageModel model = openModel();
        ModelContext context = open(model)) {
      boolean stated = model.capabilities().can(Capability.HIDDEN);
      assertEquals(stated, model.hiddenWidth().isPresent(), "the width of a state");
      assertEquals(stated, context.capabilities().can(Capability.HIDDEN), "the context's");
      assertEquals(stated, context.hiddenStates().isPresent(), "the states");
      if (!stated) {
        assertThrows(ModelException.class, context::requireHiddenStates);
      }
    }
  }

  @Test
  void next_tokenOutsideTheVocabulary_isRefused() {
    try (LanguageModel model = openModel();
        ModelContext context = open(model)) {
      int size = model.vocabulary().size();
      assertThrows(IllegalArgumentException.class, () -> context.next(new int[][] {{}, {size}}));
      assertThrows(IllegalArgumentException.class, () -> context.next(new int[][] {{-1}}));
    }
  }

  @Test
  void next_closedContext_isRefused() {
    try (LanguageModel model = openModel()) {
      ModelContext context = open(model);
      LogProbs[] distributions = context.next(new int[][] {{}});
      assertEquals(1, distributions.length);
      context.close();
      context.close();
      assertThrows(RuntimeException.class, () -> context.next(new int[][] {{}}));
    }
  }

  @Test
  void usage_growsWithWhatIsAsked() {
    try (LanguageModel model = openModel();
        ModelContext context = open(model)) {
      assertEquals(0, context.usage().modelTokens(), "there has been no call yet");
      int[][] prefixes = prefixes(model);
      ModelUsage before = context.usage();
      for (int[] prefix : prefixes) {
        LogProbs[] distributions = context.next(new int[][] {prefix});
        assertEquals(1, distributions.length);
        ModelUsage spent = context.usage().since(before);
        assertTrue(
            spent.promptTokens() >= 0
                && spent.modelTokens() >= 0
                && spent.recomputedTokens() >= 0
                && spent.modelCalls() >= 0,
            () -> "usage fell: " + spent);
        before = context.usage();
      }
      assertTrue(before.modelTokens() >= longest(prefixes).length / maxTokens());
      assertTrue(before.modelCalls() > 0, "model calls must be counted");
      assertTrue(before.recomputedTokens() <= before.modelTokens());
    }
  }

  @Test
  void open_promptIds_areKept() {
    try (LanguageModel model = openModel()) {
      int[] promptIds = model.encode(prompt());
      assertArrayEquals(promptIds, model.encode(prompt()), "encode must repeat itself");
      try (ModelContext context = open(model)) {
        assertArrayEquals(promptIds, context.promptTokenIds());
        assertTrue(context.maxCompletionTokens() >= maxTokens());
      }
      var tokens = new Prompt.Tokens(Arrays.stream(promptIds).boxed().toList());
      assertArrayEquals(promptIds, model.encode(tokens), "token ids pass through unchanged");
    }
  }

  @Test
  void vocabulary_text_comesBackFromItsTokens() {
    try (LanguageModel model = openModel()) {
      for (String text : texts()) {
        int[] tokens = model.vocabulary().encode(text);
        assertEquals(text, model.vocabulary().decode(tokens));
        boolean ends = Arrays.stream(tokens).anyMatch(model.vocabulary()::isEnd);
        assertFalse(ends, "plain text must not encode to an end token");
      }
    }
  }

  @Test
  void vocabulary_ids_runFromZeroToSize() {
    try (LanguageModel model = openModel()) {
      var vocabulary = model.vocabulary();
      int size = vocabulary.size();
      boolean[] ends = new boolean[size];
      for (int token = 0; token < size; token++) {
        assertArrayEquals(vocabulary.bytes(token), vocabulary.decodeBytes(new int[] {token}));
        ends[token] = vocabulary.isEnd(token);
      }
      boolean anyEnd = IntStream.range(0, size).anyMatch(token -> ends[token]);
      assertEquals(hasEndToken(), anyEnd, "whether there is an end token");
      assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.bytes(-1));
      assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.bytes(size));
    }
  }

  private ModelContext open(LanguageModel model) {
    return model.open(model.encode(prompt()), new ContextOptions(maxTokens(), 4));
  }

  /** The root, prefixes of three responses drawn from the model, shuffled by length. */
  private int[][] prefixes(LanguageModel model) {
    var prefixes = new ArrayList<int[]>();
    prefixes.add(new int[0]);
    for (long seed = 1; seed <= 3; seed++) {
      int[] response = draw(model, seed);
      for (int length = response.length; length > 0; length--) {
        prefixes.add(Arrays.copyOf(response, length));
      }
    }
    assertTrue(prefixes.size() > 1, "the model ends every response at once; nothing to test");
    return prefixes.toArray(int[][]::new);
  }

  /** An ancestral sample without its end token, one token short of the limit. */
  private int[] draw(LanguageModel model, long seed) {
    var chooser = new RandomChooser(Streams.of(seed));
    int[] response = new int[0];
    try (ModelContext context = open(model)) {
      while (response.length < maxTokens() - 1) {
        LogProbs distribution = context.next(new int[][] {response})[0];
        int token = TokenDraws.of(distribution, chooser);
        if (model.vocabulary().isEnd(token)) {
          break;
        }
        response = Arrays.copyOf(response, response.length + 1);
        response[response.length - 1] = token;
      }
    }
    return response;
  }

  private static int[] longest(int[][] prefixes) {
    return Arrays.stream(prefixes).reduce((a, b) -> b.length > a.length ? b : a).orElseThrow();
  }

  private void assertSameDistribution(LogProbs expected, LogProbs actual) {
    assertEquals(expected.size(), actual.size());
    for (int token = 0; token < expected.size(); token++) {
      assertEquals(expected.logProb(token), actual.logProb(token), tolerance());
    }
  }
}
