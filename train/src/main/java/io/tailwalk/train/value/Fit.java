package io.tailwalk.train.value;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.torch.Script;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.train.torch.Vectors;
import io.tailwalk.values.FitSettings;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.Mlp;
import io.tailwalk.values.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Fits a perceptron with Deep Java Library. One at a time in a process (a limit of DJL's
 * gradients); the same rows and settings give the same bits on one machine with one number of
 * threads.
 */
final class Fit {
  private static final Object ONE_GRADIENT = new Object();
  private static final int LARGEST_PASS = 4096;

  private final Rows train;
  private final Rows heldOut;
  private final FitSettings settings;
  private final List<Integer> widths;
  private final boolean fromZero;

  private Fit(int inputs, Rows train, Rows heldOut, FitSettings settings, boolean fromZero) {
    this.fromZero = fromZero;
    this.train = train;
    this.heldOut = heldOut;
    this.settings = settings;
    List<Integer> all = new ArrayList<>(List.of(inputs));
    all.addAll(settings.hidden());
    all.add(1);
    this.widths = List.copyOf(all);
  }

  /**
   * The fitted perceptron and the course of the fit.
   *
   * @param mlp of the best epoch
   * @param trainLoss mean cross-entropy while training, epoch by epoch (nats)
   * @param heldOutLoss mean cross-entropy on held-out rows, epoch by epoch (nats)
   * @param bestEpoch from 0; -1 for none, if the output stayed zero
   * @param leastLoss mean cross-entropy of the perceptron on held-out rows (nats)
   */
  record Result(
      Mlp mlp, List<Double> trainLoss, List<Double> heldOutLoss, int bestEpoch, double leastLoss) {
    /** The same with a different perceptron. */
    Result with(Mlp other) {
      return new Result(other, trainLoss, heldOutLoss, bestEpoch, leastLoss);
    }
  }

  /**
   * Fits.
   *
   * @param fromZero whether the output is zero at first, and stays so if no epoch is better
   * @param watch called before each epoch; false ends the fit as if patience were exhausted
   */
  static Result run(
      int inputs,
      Rows train,
      Rows heldOut,
      FitSettings settings,
      boolean fromZero,
      EpochWatch watch) {
    if (train.count() == 0) {
      throw new LearningException("there are no prefixes to fit a value to; draw more rollouts");
    }
    synchronized (ONE_GRADIENT) {
      return new Fit(inputs, train, heldOut, settings, fromZero).fit(watch);
    }
  }

  /** Listener of epochs. */
  @FunctionalInterface
  interface EpochWatch {
    /** Whether to continue with this epoch, counted from 0. */
    boolean goOn(int epoch);

    /** Called with the perceptron at the end of an epoch. */
    default void ended(Mlp mlp) {}
  }

  private Result fit(EpochWatch watch) {
    int steps = (train.count() + settings.batch() - 1) / settings.batch();
    long all = (long) steps * settings.epochs();
    var rate =
        LearningRate.cosine(
            settings.learningRate(),
            // A single short epoch would otherwise be all warm-up.
            Math.min(Math.min(20, steps), all - 1),
            all,
            settings.learningRate() / 20);
    TorchEngine.get();
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        Script script = Script.load(Fit.class, "mlp.py", attributes(), manager);
        var vectors = new Vectors();
        var adam =
            new Adam(rate, Adam.Constants.adamW(settings.weightDecay()), Mlp.matrixSize(widths))) {
      NDArray flat =
          vectors.create(
              manager, Mlp.initial(widths, settings.seed(), fromZero ? 0 : 0.1), DataType.FLOAT32);
      flat.setRequiresGradient(true);
      return epochs(manager, script, adam, flat, watch);
    }
  }

  private Result epochs(
      NDManager manager, Script script, Adam adam, NDArray flat, EpochWatch watch) {
    List<Double> trainLoss = new ArrayList<>();
    List<Double> heldOutLoss = new ArrayList<>();
    float[] best = Vectors.floats(flat);
    int bestEpoch = -1;
    double least =
        fromZero && heldOut.count() > 0
            ? loss(manager, script, flat, heldOut)
            : Double.POSITIVE_INFINITY;
    for (int epoch = 0; epoch < settings.epochs() && watch.goOn(epoch); epoch++) {
      trainLoss.add(epoch(manager, script, adam, flat, epoch));
      watch.ended(new Mlp(widths, Vectors.floats(flat)));
      heldOutLoss.add(
          heldOut.count() == 0 ? trainLoss.getLast() : loss(manager, script, flat, heldOut));
      if (heldOutLoss.getLast() < least) {
        least = heldOutLoss.getLast();
        bestEpoch = epoch;
        best = Vectors.floats(flat);
      } else if (epoch - bestEpoch >= settings.patience()) {
        break;
      }
    }
    return new Result(new Mlp(widths, best), trainLoss, heldOutLoss, bestEpoch, least);
  }

  private double epoch(NDManager manager, Script script, Adam adam, NDArray flat, int epoch) {
    int[] order = shuffled(epoch);
    double loss = 0;
    for (int from = 0; from < order.length; from += settings.batch()) {
      int count = Math.min(settings.batch(), order.length - from);
      try (NDManager step = manager.newSubManager()) {
        Part part = Part.of(step, train, order, from, count, widths.getFirst());
        loss += step(script, adam, flat, step, part);
      }
    }
    return loss / order.length;
  }

  private double step(Script script, Adam adam, NDArray flat, NDManager step, Part part) {
    JniUtils.zeroGrad((PtNDArray) flat);
    double value;
    try (GradientCollector collector = TorchEngine.get().newGradientCollector()) {
      NDArray loss = script.run("loss", true, part.inputs(), part.offsets(), part.labels(), flat);
      value = Vectors.number(loss);
      collector.backward(loss.mul(1.0 / part.count()));
    }
    if (!Double.isFinite(value)) {
      throw new LearningException(
          "fitting the value diverged with learning rate "
              + settings.learningRate()
              + "; use a lower one");
    }
    NDArray gradient = flat.getGradient();
    gradient.attach(step);
    adam.update("parameters", flat, gradient);
    return value;
  }

  private double loss(NDManager manager, Script script, NDArray flat, Rows rows) {
    int[] order = identity(rows.count());
    double loss = 0;
    for (int from = 0; from < order.length; from += LARGEST_PASS) {
      int count = Math.min(LARGEST_PASS, order.length - from);
      try (NDManager step = manager.newSubManager()) {
        Part part = Part.of(step, rows, order, from, count, widths.getFirst());
        loss +=
            Vectors.number(
                script.run("loss", false, part.inputs(), part.offsets(), part.labels(), flat));
      }
    }
    return loss / order.length;
  }

  private int[] shuffled(int epoch) {
    int[] order = identity(train.count());
    RandomGenerator random = Streams.of(settings.seed(), 1, epoch);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    return order;
  }

  private static int[] identity(int count) {
    return java.util.stream.IntStream.range(0, count).toArray();
  }

  private Map<String, Object> attributes() {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 1; i < widths.size(); i++) {
      sizes.add(widths.get(i) * widths.get(i - 1));
    }
    sizes.addAll(widths.subList(1, widths.size()));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", true);
    attributes.put("layers", widths.size() - 1);
    attributes.put("widths", widths.stream().mapToInt(Integer::intValue).toArray());
    attributes.put("sizes", sizes.stream().mapToInt(Integer::intValue).toArray());
    return attributes;
  }

  private record Part(NDArray inputs, NDArray offsets, NDArray labels, int count) {
    static Part of(NDManager owner, Rows rows, int[] order, int from, int count, int inputs) {
      float[] values = new float[count * inputs];
      float[] offsets = new float[count];
      float[] labels = new float[count];
      for (int i = 0; i < count; i++) {
        rows.fill(order[from + i], values, i * inputs);
        offsets[i] = rows.offset(order[from + i]);
        labels[i] = rows.label(order[from + i]);
      }
      return new Part(
          owner.create(values, new Shape(count, inputs)),
          owner.create(offsets),
          owner.create(labels),
          count);
    }
  }
}
