package io.tailwalk.train.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.model.ParameterLayout;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.run.StepBatch;
import io.tailwalk.train.run.StepReport;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingSettings;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyGradientTest {
  private static final TransformerConfig SHAPE = TransformerConfig.llama(3, 4, 1, 1, 4);
  private static final int END = 2;
  private static final int[] PROMPT = {0, 1};

  /** Every response of at most two tokens; 2 ends it. */
  private static final List<int[]> RESPONSES =
      List.of(
          new int[] {2},
          new int[] {0, 0},
          new int[] {0, 1},
          new int[] {0, 2},
          new int[] {1, 0},
          new int[] {1, 1},
          new int[] {1, 2});

  /** Uneven, so that a wrong sign or factor shows. */
  private static final double[] REWARDS = {0.3, 0, 1, 0, 2, 0, -0.5};

  private static final int GROUP = 3;

  private static Example example(int response) {
    return new Example(PROMPT, RESPONSES.get(response));
  }

  private static int index(int[] response) {
    for (int y = 0; y < RESPONSES.size(); y++) {
      if (Arrays.equals(RESPONSES.get(y), response)) {
        return y;
      }
    }
    throw new AssertionError("drawn: " + Arrays.toString(response));
  }

  private static PolicySettings settings(Advantage advantage, double kl) {
    return new PolicySettings(1, GROUP, 2, END, advantage, kl, 64, 5);
  }

  private static PolicyGradient source(Transformer start, PolicySettings settings) {
    return new PolicyGradient(
        List.of(PROMPT), (_, response, _) -> REWARDS[index(response)], "test", start, settings);
  }

  /** A model in double precision whose distribution is not near uniform. */
  private static Transformer model(long seed) {
    Transformer model = Transformer.createDouble(SHAPE, seed);
    float[] values = model.values();
    for (int i = 0; i < ParameterLayout.of(SHAPE).decayed(); i++) {
      values[i] *= 40;
    }
    model.setValues(values);
    return model;
  }

  private static double[] logProbs(Transformer model) {
    List<Example> all = new ArrayList<>();
    for (int y = 0; y < RESPONSES.size(); y++) {
      all.add(example(y));
    }
    return model.sequenceLogProbs(all, 64);
  }

  /** The exact objective, by enumeration. */
  private static double objective(Transformer model, double[] start, double kl) {
    double[] logProbs = logProbs(model);
    double sum = 0;
    for (int y = 0; y < logProbs.length; y++) {
      sum += Math.exp(logProbs[y]) * (REWARDS[y] - kl * (logProbs[y] - start[y]));
    }
    return sum;
  }

  /** Its gradient by finite differences. */
  private static double[] exactGradient(Transformer model, double[] start, double kl) {
    double h = 1e-5;
    double[] gradient = new double[model.layout().size()];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] =
          (objectiveAt(model, i, h, start, kl) - objectiveAt(model, i, -h, start, kl)) / (2 * h);
    }
    return gradient;
  }

  private static double objectiveAt(
      Transformer model, int at, double by, double[] start, double kl) {
    var place = new ai.djl.ndarray.index.NDIndex("{}", at);
    double before = model.parameters().getDouble(at);
    model.parameters().set(place, before + by);
    double value = objective(model, start, kl);
    model.parameters().set(place, before);
    return value;
  }

  /** The expected gradient of a step over all groups, each with its probability. */
  private static double[] expected(Transformer model, PolicyGradient source) {
    double[] logProbs = logProbs(model);
    double[] weights = new double[RESPONSES.size()];
    int groups = (int) Math.pow(RESPONSES.size(), GROUP);
    for (int number = 0; number < groups; number++) {
      List<Draw> group = new ArrayList<>();
      double logProb = 0;
      for (int rest = number, g = 0; g < GROUP; g++, rest /= RESPONSES.size()) {
        int y = rest % RESPONSES.size();
        group.add(new Draw(RESPONSES.get(y), true, logProbs[y]));
        logProb += logProbs[y];
      }
      StepBatch batch = source.batch(new int[] {0}, List.of(group));
      for (TokenBatch part : batch.parts()) {
        for (int s = 0; s < part.sequences(); s++) {
          weights[sequence(part, s)] +=
              Math.exp(logProb) * batch.scale() * part.weight(part.firstRow(s));
        }
      }
    }
    return gradient(model, weights);
  }

  private static int sequence(TokenBatch batch, int sequence) {
    int first = batch.firstRow(sequence);
    int[] response = new int[batch.firstRow(sequence + 1) - first];
    Arrays.setAll(response, h -> batch.target(first + h));
    return index(response);
  }

  /** The ascent direction of given weights. */
  private static double[] gradient(Transformer model, double[] weights) {
    double largest = Arrays.stream(weights).map(Math::abs).max().orElseThrow();
    List<Example> all = new ArrayList<>();
    for (int y = 0; y < weights.length; y++) {
      all.add(example(y));
    }
    TokenBatch batch = TokenBatch.of(all);
    float[] rows = new float[batch.rows()];
    for (int y = 0; y < weights.length; y++) {
      Arrays.fill(rows, batch.firstRow(y), batch.firstRow(y + 1), (float) (weights[y] / largest));
    }
    model.zeroGradient();
    model.backward(batch.withWeights(rows), largest);
    try (NDManager manager = model.newManager()) {
      return Arrays.stream(model.gradient(manager).toDoubleArray()).map(g -> -g).toArray();
    }
  }

  /** Largest difference, relative to the largest entry of the exact gradient. */
  private static double error(double[] estimate, double[] exact) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < exact.length; i++) {
      largest = Math.max(largest, Math.abs(exact[i]));
      difference = Math.max(difference, Math.abs(estimate[i] - exact[i]));
    }
    assertThat(largest).isGreaterThan(0.01);
    return difference / largest;
  }

  @Test
  void leaveOneOut_overAllGroups_isTheGradientOfTheMeanReward() {
    try (Transformer model = model(3)) {
      double[] exact = exactGradient(model, logProbs(model), 0);
      PolicyGradient source = source(model, settings(Advantage.LEAVE_ONE_OUT, 0));
      assertThat(error(expected(model, source), exact)).isLessThan(1e-5);
    }
  }

  @Test
  void leaveOneOut_withPenalty_isTheGradientOfRewardMinusDivergence() {
    try (Transformer model = model(3);
        Transformer start = model(4)) {
      double kl = 0.7;
      double[] exact = exactGradient(model, logProbs(start), kl);
      PolicyGradient source = source(start, settings(Advantage.LEAVE_ONE_OUT, kl));
      assertThat(error(expected(model, source), exact)).isLessThan(1e-5);
      PolicyGradient without = source(start, settings(Advantage.LEAVE_ONE_OUT, 0));
      assertThat(error(expected(model, without), exact)).isGreaterThan(0.1);
    }
  }

  /** The same expectation with another rule for the factors. */
  private static double[] expected(Transformer model, UnaryOperator<double[]> advantage) {
    double[] logProbs = logProbs(model);
    double[] weights = new double[RESPONSES.size()];
    int groups = (int) Math.pow(RESPONSES.size(), GROUP);
    for (int number = 0; number < groups; number++) {
      int[] group = new int[GROUP];
      for (int rest = number, g = 0; g < GROUP; g++, rest /= RESPONSES.size()) {
        group[g] = rest % RESPONSES.size();
      }
      double logProb = Arrays.stream(group).mapToDouble(y -> logProbs[y]).sum();
      double[] factors =
          advantage.apply(Arrays.stream(group).mapToDouble(y -> REWARDS[y]).toArray());
      for (int g = 0; g < GROUP; g++) {
        weights[group[g]] += Math.exp(logProb) * factors[g] / GROUP;
      }
    }
    return gradient(model, weights);
  }

  @Test
  void plantedFalsehoods_ownRewardInTheBaselineAndTheWrongSign_areNotTheGradient() {
    try (Transformer model = model(3)) {
      double[] exact = exactGradient(model, logProbs(model), 0);
      assertThat(error(expected(model, Advantage.LEAVE_ONE_OUT::of), exact)).isLessThan(1e-5);
      UnaryOperator<double[]> ownReward =
          rewards -> {
            double mean = Arrays.stream(rewards).average().orElseThrow();
            return Arrays.stream(rewards).map(r -> r - mean).toArray();
          };
      UnaryOperator<double[]> wrongSign =
          rewards -> Arrays.stream(Advantage.LEAVE_ONE_OUT.of(rewards)).map(a -> -a).toArray();
      assertThat(error(expected(model, ownReward), exact)).isGreaterThan(0.1);
      assertThat(error(expected(model, wrongSign), exact)).isGreaterThan(0.1);
      assertThat(error(expected(model, Advantage.GROUP_NORMALISED::of), exact)).isGreaterThan(0.1);
    }
  }

  @Test
  void advantage_ofGroups_followsItsFormula() {
    double[] rewards = {1, 0, 0, 1};
    assertThat(Advantage.LEAVE_ONE_OUT.of(rewards))
        .containsExactly(new double[] {2 / 3.0, -2 / 3.0, -2 / 3.0, 2 / 3.0}, within(1e-15));
    assertThat(Advantage.GROUP_NORMALISED.of(rewards)).containsExactly(1, -1, -1, 1);
    assertThat(Advantage.GROUP_NORMALISED.of(new double[] {0.1, 0.1, 0.1})).containsOnly(0);
    assertThat(Advantage.LEAVE_ONE_OUT.of(new double[] {0.1, 0.1, 0.1})).containsOnly(0);
  }

  @Test
  void draws_many_haveTheDistributionOfTheModel() {
    int count = 4000;
    try (Transformer model = model(3)) {
      List<Chooser> choosers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        choosers.add(new RandomChooser(Streams.of(9, i)));
      }
      List<Draw> draws =
          new ResponseDraws(2, END, 64).of(model, Collections.nCopies(count, PROMPT), choosers);
      double[] logProbs = logProbs(model);
      double[] seen = new double[logProbs.length];
      for (Draw draw : draws) {
        int y = index(draw.response());
        seen[y]++;
        assertThat(draw.logProb()).isCloseTo(logProbs[y], within(1e-9));
        assertThat(draw.ended()).isEqualTo(draw.response()[draw.response().length - 1] == END);
      }
      double chiSquare = 0;
      for (int y = 0; y < seen.length; y++) {
        double wanted = count * Math.exp(logProbs[y]);
        chiSquare += (seen[y] - wanted) * (seen[y] - wanted) / wanted;
      }
      // 6 degrees of freedom: a right sampler exceeds 32.7 with probability 1e-5.
      assertThat(chiSquare).isLessThan(32.7);
    }
  }

  private static Trainer trainer(Transformer model, Adam adam, Transformer start, double kl) {
    return new Trainer(model, adam, source(start, settings(Advantage.LEAVE_ONE_OUT, kl)), SETTINGS);
  }

  private static final TrainingSettings SETTINGS = TrainingSettings.standard().clippedAt(1);

  private static Adam adam(Transformer model) {
    return new Adam(
        LearningRate.fixed(0.02),
        new Adam.Constants(true, 0.9, 0.99, 1e-8, 0),
        model.layout().decayed());
  }

  @Test
  void run_onASmallTask_raisesTheMeanReward() {
    try (Transformer model = Transformer.create(SHAPE, 1);
        Transformer start = Transformer.create(SHAPE, 1);
        Adam adam = adam(model)) {
      List<StepReport> reports = new ArrayList<>();
      trainer(model, adam, start, 0).listen((_, report) -> reports.add(report)).run(150);
      // A uniform model has a mean of 0.4; which of the rewards 1 and 2 is found first depends on
      // the draws.
      assertThat(objective(start, logProbs(start), 0)).isLessThan(0.6);
      assertThat(objective(model, logProbs(start), 0)).isGreaterThan(0.95);
      assertThat(reports.getFirst().drawn().orElseThrow().kl()).isCloseTo(0, within(1e-5));
      assertThat(reports.getLast().drawn().orElseThrow().meanReward()).isGreaterThan(0.9);
      assertThat(reports.getLast().drawn().orElseThrow().kl()).isGreaterThan(0.5);
    }
  }

  @Test
  void restore_betweenSteps_endsInTheSameParameters(@TempDir Path folder) {
    Path file = folder.resolve("stopped.safetensors");
    float[] whole;
    try (Transformer model = Transformer.create(SHAPE, 1);
        Transformer start = Transformer.create(SHAPE, 1);
        Adam adam = adam(model)) {
      Trainer trainer = trainer(model, adam, start, 0.1);
      trainer.run(4);
      Checkpoint.write(trainer, file);
      trainer.run(9);
      whole = model.values();
    }
    try (Transformer model = Transformer.create(SHAPE, 77);
        Transformer start = Transformer.create(SHAPE, 1);
        Adam adam = adam(model)) {
      Trainer trainer = trainer(model, adam, start, 0.1);
      Checkpoint.read(file).restore(trainer);
      trainer.run(9);
      assertThat(model.values()).isEqualTo(whole);
    }
    try (Transformer model = Transformer.create(SHAPE, 1);
        Transformer start = Transformer.create(SHAPE, 1);
        Adam adam = adam(model)) {
      Trainer other = trainer(model, adam, start, 0.2);
      assertThatThrownBy(() -> Checkpoint.read(file).restore(other))
          .isInstanceOf(LearningException.class)
          .hasMessageContaining("cannot resume");
    }
  }

  @Test
  void source_badInput_isRefused() {
    try (Transformer start = Transformer.create(SHAPE, 1)) {
      assertThatThrownBy(() -> settings(Advantage.LEAVE_ONE_OUT, -1))
          .hasMessage("kl must be a finite number of at least 0, got -1.0");
      assertThatThrownBy(() -> new PolicySettings(1, 1, 2, END, Advantage.LEAVE_ONE_OUT, 0, 64, 5))
          .hasMessage("group must be at least 2, got 1");
      PolicySettings settings = settings(Advantage.LEAVE_ONE_OUT, 0);
      Reward nan = (_, _, _) -> Double.NaN;
      assertThatThrownBy(() ->
              new PolicyGradient(List.of(PROMPT), nan, "nan", start, settings).batch(start, 0))
          .hasMessageContaining("need finite rewards");
      assertThatThrownBy(() ->
              new PolicyGradient(
                  List.of(PROMPT, new int[] {0, 0, 0, 0}), nan, "nan", start, settings))
          .hasMessageStartingWith("prompt 2 has 4 tokens, which with max_tokens 2 do not fit");
      assertThatThrownBy(() -> new PolicyGradient(List.of(), nan, "nan", start, settings))
          .hasMessageContaining("no prompt");
    }
  }
}
