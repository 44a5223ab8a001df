package io.tailwalk.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.builtin.ngram.ByteVocabulary;
import io.tailwalk.builtin.ngram.NgramModel;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuiltinModelsTest {

  @Test
  void open_unknownName_namesTheModelsThereAre() {
    assertThatThrownBy(() -> BuiltinModels.open("builtin:dickens"))
        .isInstanceOf(ModelException.class)
        .hasMessage("unknown model builtin:dickens; the valid names are: builtin:austen");
  }

  @Test
  void open_withAndWithoutPrefix_givesTheSameModel() {
    assertThat(BuiltinModels.open("austen").identity())
        .isEqualTo(BuiltinModels.open("builtin:austen").identity());
  }

  @Test
  void open_austen_hasTheFingerprintOfItsText() {
    ModelIdentity identity = BuiltinModels.open("austen").identity();
    var trained =
        NgramModel.train(identity.name(), identity.description(), corpus().getBytes(UTF_8));
    assertThat(identity).isEqualTo(trained.identity());
  }

  /**
   * Bits per byte on every twentieth paragraph after training on the others: 1.61 healthy, 1.76
   * with histories of 4 symbols instead of 8.
   */
  @Test
  void ngram_heldOutParagraphs_areWellPredicted() {
    var train = new StringBuilder();
    var heldOut = new ArrayList<String>();
    List<String> paragraphs = corpus().lines().toList();
    for (int i = 0; i < paragraphs.size(); i++) {
      if (i % 20 == 7) {
        heldOut.add(paragraphs.get(i));
      } else {
        train.append(paragraphs.get(i)).append('\n');
      }
    }
    NgramModel model = NgramModel.train("test", "test", train.toString().getBytes(UTF_8));
    double nats = 0;
    int tokens = 0;
    for (String paragraph : heldOut) {
      int[] completion = model.vocabulary().encode(paragraph + "$");
      completion[completion.length - 1] = ByteVocabulary.END;
      try (var context = model.open(model.encode(Prompt.text("")), room(completion.length))) {
        nats -= Arrays.stream(context.score(completion)).sum();
      }
      tokens += completion.length;
    }
    assertThat(nats / tokens / Math.log(2)).isLessThan(1.68);
  }

  /**
   * Ancestral samples end by themselves and are mostly words of the book: 95% healthy, 86% as
   * above.
   */
  @Test
  void austen_sampled_endsAndLooksLikeEnglish() {
    var words = Set.copyOf(Arrays.asList(corpus().toLowerCase(Locale.ROOT).split("[^a-z]+", -1)));
    try (LanguageModel model = BuiltinModels.open("austen")) {
      int known = 0;
      int all = 0;
      for (int seed = 0; seed < 20; seed++) {
        String text = sample(model, "It is a truth ", seed);
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
          known += words.contains(word) ? 1 : 0;
          all++;
        }
      }
      assertThat((double) known / all).isGreaterThan(0.9);
    }
  }

  private static String corpus() {
    try (var in = BuiltinModels.class.getResourceAsStream("austen.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContextOptions room(int maxTokens) {
    return new ContextOptions(maxTokens, 1);
  }

  private static String sample(LanguageModel model, String prompt, long seed) {
    var chooser = new RandomChooser(Streams.of(seed));
    int[] completion = new int[0];
    try (var context = model.open(model.encode(Prompt.text(prompt)), room(5000))) {
      while (true) {
        LogProbs distribution = context.next(new int[][] {completion})[0];
        double[] cumulative = new double[distribution.size()];
        double sum = 0;
        for (int token = 0; token < cumulative.length; token++) {
          sum += Math.exp(distribution.logProb(token));
          cumulative[token] = sum;
        }
        int token = chooser.categorical(cumulative, 0, cumulative.length);
        if (token == ByteVocabulary.END) {
          return model.vocabulary().decode(completion);
        }
        completion = Arrays.copyOf(completion, completion.length + 1);
        completion[completion.length - 1] = token;
      }
    }
  }
}
