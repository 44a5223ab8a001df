package io.tailwalk.train.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.Sgd;
import io.tailwalk.train.optim.VectorOptimizer;
import io.tailwalk.train.torch.Vectors;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Executes training steps: batch, gradient, clipping, update. The same model, optimiser, data and
 * settings give the same parameters bit for bit on one machine with one number of threads, whether
 * or not the run was stopped and resumed. The caller closes model and optimiser.
 */
public final class Trainer {
  private final Transformer model;
  private final VectorOptimizer optimizer;
  private final StepSource source;
  private final TrainingSettings settings;
  private final Optional<TrainingData> tokenSteps;
  private final List<TrainingListener> listeners = new ArrayList<>();

  /** A trainer with the complete configuration of the steps. */
  public Trainer(
      Transformer model, VectorOptimizer optimizer, StepSource source, TrainingSettings settings) {
    this(model, optimizer, source, settings, Optional.empty());
  }

  /** A trainer on given examples. */
  public Trainer(
      Transformer model,
      VectorOptimizer optimizer,
      TrainingData data,
      TrainingSettings settings,
      Objective objective) {
    this(model, optimizer, new WeightedData(data, settings, objective), settings);
  }

  private Trainer(
      Transformer model,
      VectorOptimizer optimizer,
      StepSource source,
      TrainingSettings settings,
      Optional<TrainingData> tokenSteps) {
    this.model = model;
    this.optimizer = optimizer;
    this.source = source;
    this.settings = settings;
    this.tokenSteps = tokenSteps;
  }

  /**
   * A trainer of token-level SGD (arXiv 2510.15020, Equation 21): a step is one {@link
   * TokenSteps#train pass} over each sequence of its batch, one after the other, and the parameters
   * are carried from sequence to sequence.
   *
   * @param optimizer its learning rate is that of every token in a step, and it counts the steps
   */
  public static Trainer ofTokenSteps(Transformer model, Sgd optimizer, TrainingData data) {
    TrainingSettings settings = TrainingSettings.standard();
    var source = new WeightedData(data, settings, Objective.MAXIMUM_LIKELIHOOD);
    return new Trainer(model, optimizer, source, settings, Optional.of(data));
  }

  /** A trainer of maximum likelihood. */
  public Trainer(
      Transformer model, VectorOptimizer optimizer, TrainingData data, TrainingSettings settings) {
    this(model, optimizer, data, settings, Objective.MAXIMUM_LIKELIHOOD);
  }

  /** Adds a listener of each later step; listeners are called in the order they were added. */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /** The model in training. */
  public Transformer model() {
    return model;
  }

  /** Steps made so far. */
  public long step() {
    return optimizer.updates();
  }

  /**
   * Makes steps until as many have been made in all.
   *
   * @param steps total number, including those before a resumption
   * @param stop checked before each step; true ends the run
   * @return whether all steps have been made
   */
  public boolean run(long steps, BooleanSupplier stop) {
    if (step() == 0) {
      listeners.forEach(listener -> listener.beforeFirstStep(this));
    }
    while (step() < steps) {
      if (stop.getAsBoolean()) {
        return false;
      }
      StepReport report = tokenSteps.isPresent() ? makeTokenSteps(tokenSteps.get()) : makeStep();
      for (TrainingListener listener : listeners) {
        listener.afterStep(this, report);
      }
    }
    return true;
  }

  /** Makes steps until as many have been made in all. */
  public void run(long steps) {
    run(steps, () -> false);
  }

  private StepReport makeStep() {
    StepBatch batch = source.batch(model, step());
    model.zeroGradient();
    double loss = 0;
    for (TokenBatch part : batch.parts()) {
      loss += model.backward(part, batch.scale()) * batch.scale();
    }
    double norm = update(loss);
    return new StepReport(
        step(), loss, norm, optimizer.learningRate(), batch.tokens(), batch.drawn());
  }

  private StepReport makeTokenSteps(TrainingData data) {
    List<Example> examples = data.batch(step());
    double rate = optimizer.advance();
    var steps = new TokenSteps(model, rate);
    try (NDManager scratch = model.newManager()) {
      NDArray before = model.snapshot(scratch);
      double loss = 0;
      int tokens = 0;
      for (Example example : examples) {
        loss -= steps.train(example) / examples.size();
        tokens += example.response().length;
      }
      double moved = moved(before);
      if (!Double.isFinite(moved)) {
        throw new LearningException(
            "training diverged at step " + step() + "; lower the learning rate, which is " + rate);
      }
      return new StepReport(
          step(), loss, rate > 0 ? moved / rate : 0, rate, tokens, Optional.empty());
    }
  }

  private double moved(NDArray before) {
    try (NDArray move = model.parameters().sub(before)) {
      return Vectors.norm(move);
    }
  }

  /** Keeps the parameters of the last step if the numbers have overflowed. */
  private double update(double loss) {
    try (NDManager scratch = model.newManager()) {
      NDArray gradient = model.gradient(scratch);
      double norm = Vectors.norm(gradient);
      if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
        throw new LearningException(
            "training diverged at step "
                + (step() + 1)
                + ": loss "
                + loss
                + ", gradient norm "
                + norm
                + "; lower the learning rate or clip gradients");
      }
      if (norm > settings.largestGradientNorm()) {
        gradient.muli(settings.largestGradientNorm() / norm);
      }
      optimizer.update("parameters", model.parameters(), gradient);
      return norm;
    }
  }

  /** What the steps follow, for checkpoints; empty for maximum likelihood. */
  String objective() {
    return tokenSteps.isPresent() ? "token-steps" : source.follows();
  }

  /** What the steps learn from. */
  StepSource source() {
    return source;
  }

  /** The optimiser. */
  VectorOptimizer optimizer() {
    return optimizer;
  }

  /** The settings. */
  TrainingSettings settings() {
    return settings;
  }
}
