package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.llama.ffi.ContextSettings;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.llama.ffi.NativeContext;
import io.tailwalk.llama.ffi.NativeModel;
import io.tailwalk.llama.ffi.WeightSettings;
import io.tailwalk.llama.tiny.TinyLlama;
import io.tailwalk.llama.tiny.TinyMamba;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Native contexts serve consecutive prompts, and no prompt sees earlier ones. */
class ContextPoolTest {
  private static final int VOCABULARY = 64;

  @TempDir Path folder;
  private Path llama = Path.of("");
  private Path mamba = Path.of("");

  /** The requests after one prompt. */
  private static final class Question {
    private final int room;
    private final int[] prompt;
    private final int[] completion;
    private final int[][] prefixes;

    Question(SplittableRandom random, int longestPrompt) {
      room = 1 + random.nextInt(random.nextBoolean() ? 20 : 200);
      prompt = TestModels.randomTokens(random, 1 + random.nextInt(longestPrompt), VOCABULARY);
      completion = TestModels.randomTokens(random, random.nextInt(room), VOCABULARY);
      prefixes = new int[1 + random.nextInt(5)][];
      for (int i = 0; i < prefixes.length; i++) {
        prefixes[i] = TestModels.randomTokens(random, random.nextInt(Math.min(room, 8)), 3);
      }
    }

    /** All numbers of the answer, in the order of the requests. */
    List<double[]> ask(LlamaModel model) {
      List<double[]> numbers = new ArrayList<>();
      try (LlamaContext context = model.open(prompt, new ContextOptions(room, 4))) {
        numbers.add(context.score(completion));
        for (LogProbs distribution : context.next(prefixes)) {
          numbers.add(TestModels.all(distribution));
        }
        numbers.add(context.score(completion));
        numbers.add(TestModels.all(context.next(new int[][] {{}})[0]));
      }
      return numbers;
    }
  }

  @BeforeEach
  void writeModels() {
    llama = new TinyLlama(31, VOCABULARY).withoutTokenizer().write(folder.resolve("llama.gguf"));
    mamba = TinyMamba.file(32, VOCABULARY).write(folder.resolve("mamba.gguf"));
  }

  private static List<Question> questions(int seed, int count, int longestPrompt) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count).mapToObj(i -> new Question(random, longestPrompt)).toList();
  }

  /** Each in a newly opened model, so that there is no earlier state. */
  private static List<List<double[]>> fresh(
      Path file, LlamaOptions options, List<Question> questions) {
    List<List<double[]>> answers = new ArrayList<>();
    for (Question question : questions) {
      try (LlamaModel model = LlamaModel.open(file, options)) {
        answers.add(question.ask(model));
      }
    }
    return answers;
  }

  private static void assertSame(List<double[]> actual, List<double[]> expected) {
    assertThat(actual.toArray(double[][]::new)).isDeepEqualTo(expected.toArray(double[][]::new));
  }

  /** The heads of this model are smaller than a block of Q8_0. */
  @ParameterizedTest
  @EnumSource(
      value = CacheType.class,
      names = {"AUTO", "Q8_0"},
      mode = EnumSource.Mode.EXCLUDE)
  void open_anyOrderOfPrompts_sameBitsAsInFreshModels(CacheType cache) {
    LlamaOptions options = TestModels.EXACT.withCacheType(cache);
    List<Question> questions = questions(33, 12, 300);
    List<List<double[]>> expected = fresh(llama, options, questions);
    try (LlamaModel model = LlamaModel.open(llama, options)) {
      for (int order = 0; order < 3; order++) {
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
        Collections.shuffle(numbers, new Random(order));
        for (int number : numbers) {
          assertSame(questions.get(number).ask(model), expected.get(number));
        }
      }
      assertThat(model.contexts().made()).isLessThan(20);
    }
  }

  /** A running state is emptied too. */
  @Test
  void open_recurrentModel_sameBitsAsInFreshModels() {
    List<Question> questions = questions(34, 8, 40);
    List<List<double[]>> expected = fresh(mamba, TestModels.EXACT, questions);
    try (LlamaModel model = LlamaModel.open(mamba, TestModels.EXACT)) {
      for (int i = 7; i >= 0; i--) {
        assertSame(questions.get(i).ask(model), expected.get(i));
      }
      assertThat(model.contexts().made()).isLessThan(8);
    }
  }

  @Test
  void open_inFourThreads_sameBitsAsInFreshModels() throws Exception {
    List<Question> questions = questions(35, 20, 300);
    List<List<double[]>> expected = fresh(llama, TestModels.EXACT, questions);
    try (LlamaModel model = LlamaModel.open(llama, TestModels.EXACT);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<double[]>>> answers = new ArrayList<>();
      for (Question question : questions) {
        answers.add(threads.submit(() -> question.ask(model)));
      }
      for (int i = 0; i < questions.size(); i++) {
        assertSame(answers.get(i).get(), expected.get(i));
      }
    }
  }

  @Test
  void score_promptsOfLikeLength_makesContextsOnce() {
    SplittableRandom random = new SplittableRandom(36);
    try (LlamaModel model = LlamaModel.open(llama, TestModels.EXACT)) {
      for (int i = 0; i < 50; i++) {
        int[] prompt = TestModels.randomTokens(random, 1 + random.nextInt(200), VOCABULARY);
        try (LlamaContext context = model.open(prompt, new ContextOptions(20, 1))) {
          assertThat(context.score(new int[] {1, 2})).hasSize(2);
        }
      }
      assertThat(model.contexts().made()).isEqualTo(2);
    }
  }

  @Test
  void giveBack_moreThanMayWait_freesTheOldest() {
    try (NativeModel model =
            NativeModel.load(LlamaLibrary.embedded(), llama, WeightSettings.onProcessor(true));
        ContextPool pool = new ContextPool(model)) {
      int part = ContextPool.IDLE_CELLS / 4;
      open(pool, part, part + 256, part + 512, part + 768).forEach(KvStore::close);
      assertThat(pool.made()).isEqualTo(4);
      open(pool, part + 768).forEach(KvStore::close);
      open(pool, part + 512).forEach(KvStore::close);
      open(pool, part + 256).forEach(KvStore::close);
      assertThat(pool.made()).as("three fit").isEqualTo(4);
      open(pool, part).forEach(KvStore::close);
      assertThat(pool.made()).as("the fourth was freed").isEqualTo(5);
    }
  }

  @Test
  void close_someWaitAndOneIsOut_allAreFreedInTheEnd() {
    LlamaModel model = LlamaModel.open(llama, TestModels.EXACT);
    model.open(new int[] {1}, new ContextOptions(4, 1)).close();
    try (LlamaContext out = model.open(new int[300], new ContextOptions(4, 1))) {
      assertThat(model.contexts().waiting()).isEqualTo(1);
      model.close();
      assertThat(model.contexts().waiting()).isZero();
      assertThat(out.next(new int[][] {{2}})).hasSize(1);
    }
    assertThat(model.contexts().waiting()).isZero();
  }

  @Test
  void giveBack_afterClose_nativeMemoryIsFreed() {
    try (NativeModel model =
        NativeModel.load(LlamaLibrary.embedded(), llama, WeightSettings.onProcessor(true))) {
      ContextPool pool = new ContextPool(model);
      var settings = new ContextSettings(256, 16, 2, 1, CacheType.F32.ggmlType());
      NativeContext waits = pool.take(settings);
      NativeContext out = pool.take(settings);
      pool.giveBack(waits);
      pool.close();
      pool.giveBack(out);
      for (NativeContext context : List.of(waits, out)) {
        assertThatThrownBy(() -> context.lastPosition(0))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("closed");
      }
    }
  }

  @Test
  void take_oneMustBeMade_oldestMakeRoomFirst() {
    try (NativeModel model =
            NativeModel.load(LlamaLibrary.embedded(), llama, WeightSettings.onProcessor(true));
        ContextPool pool = new ContextPool(model)) {
      int part = ContextPool.IDLE_CELLS / 4;
      open(pool, part, part + 256, part + 512).forEach(KvStore::close);
      List<NativeStore> out = open(pool, 2 * part, part + 512);
      assertThat(pool.made()).as("the youngest waited on").isEqualTo(4);
      out.addAll(open(pool, part + 256));
      assertThat(pool.made()).as("the others were freed").isEqualTo(5);
      out.forEach(KvStore::close);
    }
  }

  @Test
  void take_whileOthersAreOut_givesEachItsOwn() {
    try (NativeModel model =
            NativeModel.load(LlamaLibrary.embedded(), llama, WeightSettings.onProcessor(true));
        ContextPool pool = new ContextPool(model)) {
      List<NativeStore> out = open(pool, 256, 256, 256);
      assertThat(pool.made()).isEqualTo(3);
      out.forEach(KvStore::close);
      out.getFirst().close();
      List<NativeStore> again = open(pool, 256, 256, 256, 256);
      assertThat(pool.made()).as("one that is closed twice is there once").isEqualTo(4);
      again.forEach(KvStore::close);
    }
  }

  @Test
  void close_decodingHasFailed_isNotUsedAgain() {
    try (NativeModel model =
            NativeModel.load(LlamaLibrary.embedded(), llama, WeightSettings.onProcessor(true));
        ContextPool pool = new ContextPool(model)) {
      try (NativeStore store = open(pool, 256).getFirst()) {
        int code = 0;
        for (int position = 0; position <= store.cells() && code == 0; position++) {
          store.clearBatch();
          store.add(1, position % store.cells(), position < store.cells() ? 1 : 2, true);
          code = store.decode();
        }
        assertThat(code).isNotZero();
      }
      open(pool, 256).forEach(KvStore::close);
      assertThat(pool.made()).isEqualTo(2);
    }
  }

  private static List<NativeStore> open(ContextPool pool, int... cells) {
    List<NativeStore> stores = new ArrayList<>();
    for (int count : cells) {
      stores.add(
          new NativeStore(pool, new ContextSettings(count, 16, 2, 1, CacheType.F32.ggmlType())));
    }
    return stores;
  }
}
