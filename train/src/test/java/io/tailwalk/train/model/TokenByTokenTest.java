package io.tailwalk.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.Streams;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TokenByTokenTest {
  private static final TransformerConfig CONFIG = TransformerConfig.llama(5, 9, 2, 2, 8);

  @Test
  void logits_everyPrefix_areTheTransformers() {
    float[] values = values();
    var plain = new TokenByToken(CONFIG, values);
    try (Transformer model = Transformer.of(CONFIG, values)) {
      List<int[]> prefixes = new ArrayList<>();
      List<Float> logits = new ArrayList<>();
      // Two continuations of one beginning: the second continues from a state the first has used.
      TokenByToken.State beginning = plain.next(plain.begin(4), 1);
      for (int[] rest : List.of(new int[] {0, 3, 2, 2, 1, 0, 3}, new int[] {3, 3, 0, 1, 4, 2, 2})) {
        TokenByToken.State state = beginning;
        for (int length = 0; length <= rest.length; length++) {
          state = length == 0 ? state : plain.next(state, rest[length - 1]);
          int[] prefix = new int[length + 2];
          prefix[0] = 4;
          prefix[1] = 1;
          System.arraycopy(rest, 0, prefix, 2, length);
          prefixes.add(prefix);
          assertThat(state.length()).isEqualTo(prefix.length);
          for (float logit : state.logits()) {
            logits.add(logit);
          }
        }
      }
      double[] expected = model.logits(TokenBatch.ofPrefixes(prefixes));
      assertThat(Arrays.stream(expected).map(Math::abs).max().orElseThrow()).isGreaterThan(0.5);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) logits.get(i)).as("logit %d", i).isCloseTo(expected[i], within(1e-4));
      }
    }
  }

  @Test
  void misuse_isRefused() {
    var plain = new TokenByToken(CONFIG, values());
    TokenByToken.State state = plain.begin(0);
    for (int i = 1; i < CONFIG.context(); i++) {
      state = plain.next(state, 0);
    }
    TokenByToken.State full = state;
    assertThatThrownBy(() -> plain.next(full, 0))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("context of 9");
    assertThatThrownBy(() -> plain.begin(5)).hasMessageContaining("0..4");
    assertThatThrownBy(() -> new TokenByToken(CONFIG, new float[3]))
        .hasMessageContaining("3 are given");
    assertThatThrownBy(() -> new TokenByToken(TransformerConfig.gpt2(5, 9, 1, 2, 8), new float[0]))
        .hasMessageContaining("llama");
  }

  private static float[] values() {
    float[] values = new float[ParameterLayout.of(CONFIG).size()];
    RandomGenerator random = Streams.of(5);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.4 * random.nextGaussian());
    }
    return values;
  }
}
