package io.tailwalk.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.TinyModels;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.torch.Vectors;
import io.tailwalk.values.LearningException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenStepsTest {
  private static final Example FIRST = new Example(new int[] {1, 4}, new int[] {3});
  private static final Example SECOND = new Example(new int[] {1, 4, 3}, new int[] {3});
  private static final Example BOTH = new Example(new int[] {1, 4}, new int[] {3, 3});
  private static final double RATE = 0.5;

  /** In double precision, with weights large enough that every path through the model matters. */
  private static Transformer model(Architecture architecture) {
    Transformer model = Transformer.createDouble(TinyModels.config(architecture), 3);
    RandomGenerator random = Streams.of(9);
    float[] values = model.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.3 * random.nextGaussian());
    }
    model.setValues(values);
    return model;
  }

  @ParameterizedTest
  @EnumSource
  void train_eachToken_isAStepAlongItsFiniteDifference(Architecture architecture) {
    try (Transformer model = model(architecture);
        Transformer twin = model(architecture)) {
      double first = logProb(model, FIRST);
      double[] wanted = stepped(model, FIRST);
      var steps = new TokenSteps(model, RATE);
      assertThat(steps.train(FIRST)).isCloseTo(first, within(1e-12));
      double moved = assertReached(model, wanted);
      assertThat(moved).isGreaterThan(0.01);

      double second = logProb(model, SECOND);
      assertThat(second).isNotCloseTo(logProb(twin, SECOND), within(0.01));
      wanted = stepped(model, SECOND);
      assertThat(new TokenSteps(twin, RATE).train(BOTH)).isCloseTo(first + second, within(1e-12));
      assertReached(twin, wanted);
    }
  }

  /** Every 23rd parameter after the step by hand; others NaN. */
  private static double[] stepped(Transformer model, Example token) {
    double[] values = Vectors.doubles(model.parameters());
    double[] wanted = new double[values.length];
    Arrays.fill(wanted, Double.NaN);
    double h = 1e-5;
    for (int i = 0; i < values.length; i += 23) {
      double slope = (logProb(model, token, i, h) - logProb(model, token, i, -h)) / (2 * h);
      wanted[i] = values[i] + RATE * slope;
    }
    return wanted;
  }

  private static double logProb(Transformer model, Example example, int at, double shift) {
    double[] shifts = new double[model.layout().size()];
    shifts[at] = shift;
    try (NDManager manager = model.newManager()) {
      NDArray before = model.snapshot(manager);
      model.parameters().addi(manager.create(shifts));
      double logProb = logProb(model, example);
      model.restore(before);
      return logProb;
    }
  }

  private static double logProb(Transformer model, Example example) {
    return model.sequenceLogProbs(List.of(example), 1)[0];
  }

  /** The largest move from the initial values. */
  private static double assertReached(Transformer model, double[] wanted) {
    double[] values = Vectors.doubles(model.parameters());
    double largest = 0;
    try (Transformer start = model(model.config().architecture())) {
      double[] initial = Vectors.doubles(start.parameters());
      for (int i = 0; i < wanted.length; i++) {
        if (!Double.isNaN(wanted[i])) {
          assertThat(values[i]).as("parameter %d", i).isCloseTo(wanted[i], within(1e-7));
          largest = Math.max(largest, Math.abs(values[i] - initial[i]));
        }
      }
    }
    return largest;
  }

  @ParameterizedTest
  @EnumSource
  void logProb_ofAllResponses_sumsToOneAndRestoresEveryBit(Architecture architecture) {
    try (Transformer model = model(architecture)) {
      var steps = new TokenSteps(model, RATE);
      // After a step in double precision the parameters are not those of single precision.
      steps.train(BOTH);
      double[] before = Vectors.doubles(model.parameters());
      double sum = 0;
      double largest = 0;
      for (int a = 0; a < 7; a++) {
        for (int b = 0; b < 7; b++) {
          var example = new Example(new int[] {2}, new int[] {a, b});
          double logProb = steps.logProb(example);
          sum += Math.exp(logProb);
          largest = Math.max(largest, Math.abs(logProb - logProb(model, example)));
        }
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
      assertThat(largest).isGreaterThan(0.05);
      assertThat(Vectors.doubles(model.parameters())).containsExactly(before);
      assertThat(new TokenSteps(model, 0).logProb(BOTH))
          .isCloseTo(logProb(model, BOTH), within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource
  void draw_ofResponses_hasTheLogProbOfTheScoreAndRestores(Architecture architecture) {
    try (Transformer model = model(architecture)) {
      var steps = new TokenSteps(model, RATE);
      steps.train(BOTH);
      double[] before = Vectors.doubles(model.parameters());
      var chooser = new RandomChooser(Streams.of(11));
      int[] prompt = {2, 5};
      for (int i = 0; i < 8; i++) {
        TokenSteps.Drawn drawn = steps.draw(prompt, 6, 0, chooser);
        int[] tokens = drawn.tokens();
        int last = tokens[tokens.length - 1];
        assertThat(tokens.length == 6 || last == 0).isTrue();
        assertThat(Arrays.stream(tokens).limit(tokens.length - 1L)).doesNotContain(0);
        assertThat(drawn.logProb())
            .isCloseTo(steps.logProb(new Example(prompt, tokens)), within(1e-12));
      }
      assertThat(Vectors.doubles(model.parameters())).containsExactly(before);
    }
  }

  @Test
  void draw_manyTimes_hasTheFrequenciesOfTheScore() {
    try (Transformer model = model(Architecture.LLAMA)) {
      // A large rate makes a token repeat itself, which plain sampling would not do.
      var steps = new TokenSteps(model, RATE);
      double expected = 0;
      double plain = 0;
      for (int token = 0; token < 7; token++) {
        var twice = new Example(new int[] {2}, new int[] {token, token});
        expected += Math.exp(steps.logProb(twice));
        plain += Math.exp(logProb(model, twice));
      }
      int draws = 400;
      int repeats = 0;
      var chooser = new RandomChooser(Streams.of(11));
      for (int i = 0; i < draws; i++) {
        int[] response = steps.draw(new int[] {2}, 2, -1, chooser).tokens();
        repeats += response[0] == response[1] ? 1 : 0;
      }
      // Five standard errors: false alarm below 1e-5.
      double error = Math.sqrt(expected * (1 - expected) / draws);
      assertThat(Math.abs(expected - plain)).isGreaterThan(10 * error);
      assertThat((double) repeats / draws).isCloseTo(expected, within(5 * error));
    }
  }

  @Test
  void draw_beyondTheContext_isRefusedAndRestores() {
    try (Transformer model = model(Architecture.GPT2)) {
      double[] before = Vectors.doubles(model.parameters());
      var steps = new TokenSteps(model, 0.01);
      var chooser = new RandomChooser(Streams.of(1));
      assertThatThrownBy(() -> steps.draw(new int[] {1}, 20, -1, chooser))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("13 input tokens");
      assertThat(Vectors.doubles(model.parameters())).containsExactly(before);
      assertThatThrownBy(() -> new TokenSteps(model, Double.NaN))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("at least 0, got NaN");
    }
  }
}
