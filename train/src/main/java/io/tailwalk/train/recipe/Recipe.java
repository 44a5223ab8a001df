package io.tailwalk.train.recipe;

import io.tailwalk.coverage.NGrid;
import io.tailwalk.train.model.Architecture;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.optim.LearningRate;
import io.tailwalk.train.optim.NormalisedSgd;
import io.tailwalk.train.optim.Sgd;
import io.tailwalk.train.optim.VectorOptimizer;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.run.TrainingSettings;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A training run as described by its YAML file. Unknown keys are refused and every value is
 * checked; paths are relative to the folder of the file.
 *
 * @param tokens the tokenizer
 * @param tokenizer the files that describe it, by name
 * @param data the training data; empty with reinforcement learning
 * @param reinforcement rewards instead of data, if any
 * @param heldOut the held-out data, if any
 * @param config the model's shape
 * @param start checkpoint whose parameters the run starts from
 * @param goal what it trains for
 * @param settings of each step
 * @param optimizer makes the optimiser for a number of parameters with weight decay
 * @param batch examples in a step; 0 with reinforcement learning
 * @param steps total number of steps
 * @param epochs passes over the data instead of {@code steps}; 0 for none
 * @param seed of the initial parameters and the order of the data
 * @param threads of one operation; 0 for the default
 * @param checkpointEvery steps from one checkpoint to the next
 * @param metricsEvery steps from one line of metrics to the next
 * @param levels N of the coverage profile
 * @param folder the folder of the results
 * @param gguf whether each checkpoint is also written as GGUF
 * @param huggingFace whether each checkpoint is also written for Transformers and vLLM
 */
record Recipe(
    Tokens tokens,
    Map<String, byte[]> tokenizer,
    Optional<DataFile> data,
    Optional<ReinforcementSection> reinforcement,
    Optional<DataFile> heldOut,
    TransformerConfig config,
    Optional<Path> start,
    Goal goal,
    TrainingSettings settings,
    IntFunction<VectorOptimizer> optimizer,
    int batch,
    long steps,
    int epochs,
    long seed,
    int threads,
    long checkpointEvery,
    long metricsEvery,
    List<Double> levels,
    Path folder,
    boolean gguf,
    boolean huggingFace) {

  /**
   * Reads a file.
   *
   * @throws LearningException in one sentence that names file and key
   */
  static Recipe read(Path file) {
    Section root = Section.ofFile(file);
    TokenizerSection tokenizer = TokenizerSection.read(root.section("tokenizer"));
    Tokens tokens = tokenizer.tokens();
    Section model = root.section("model");
    Optional<Path> start =
        model.has("from") ? Optional.of(model.path("from", true)) : Optional.empty();
    TransformerConfig config =
        start.isPresent() ? Checkpoint.read(start.get()).config() : shape(model, tokens.size());
    model.finish();
    if (config.vocabulary() != tokens.size()) {
      throw model.error(
          "from",
          "has " + config.vocabulary() + " tokens, the tokenizer " + tokens.size(),
          "use the tokenizer it was trained with");
    }
    boolean rewarded = root.has("reinforcement");
    if (rewarded && root.has("objective")) {
      throw root.error(
          "objective", "and reinforcement are both given", "give one: rewards are an objective");
    }
    if (rewarded == root.has("data")) {
      throw root.error("data", "and reinforcement are both given or both missing", "give one");
    }
    Optional<DataFile> data =
        rewarded ? Optional.empty() : Optional.of(data(root.section("data"), tokens, config, true));
    Section training = root.section("training");
    int steps = training.count("steps", 1, 0);
    int epochs = rewarded ? 0 : training.count("epochs", 1, 0);
    if ((steps == 0) == (epochs == 0)) {
      throw rewarded
          ? training.error("steps", "is missing", "give it a whole number")
          : training.error("steps", "and epochs are both given or both missing", "give one");
    }
    TrainingSettings settings = settings(training, !rewarded);
    int batch = rewarded ? 0 : training.count("batch", 1);
    long seed = training.seed("seed");
    int threads = training.count("threads", 1, 0);
    int checkpointEvery = training.count("checkpoint_every", 1);
    int metricsEvery = training.count("metrics_every", 1, 1);
    Section stepper = root.section("optimizer");
    Goal goal = Goal.read(root, training, stepper, config, tokenizer.files());
    training.finish();
    Optional<ReinforcementSection> reinforcement =
        rewarded
            ? Optional.of(
                ReinforcementSection.read(
                    root.section("reinforcement"),
                    texts(root, tokens).end(),
                    settings.microBatch(),
                    seed))
            : Optional.empty();
    IntFunction<VectorOptimizer> optimizer = optimizer(stepper, steps);
    Optional<DataFile> heldOut = Optional.empty();
    List<Double> levels = List.of(2.0, 4.0, 8.0, 16.0, 32.0, 64.0);
    if (root.has("evaluation")) {
      Section evaluation = root.section("evaluation");
      levels = evaluation.numbers("levels", levels);
      double[] grid = levels.stream().mapToDouble(Double::doubleValue).toArray();
      evaluation.build(() -> NGrid.of(grid));
      heldOut = Optional.of(data(evaluation, tokens, config, evaluation.flag("end", false)));
    }
    Section output = root.section("output");
    Path folder = output.path("folder", false);
    boolean gguf = output.flag("gguf", false);
    boolean huggingFace = output.flag("huggingface", false);
    if (gguf) {
      requireGguf(output, tokens);
    }
    output.finish();
    root.finish();
    return new Recipe(
        tokens,
        tokenizer.files(),
        data,
        reinforcement,
        heldOut,
        config,
        start,
        goal,
        settings,
        optimizer,
        batch,
        steps,
        epochs,
        seed,
        threads,
        checkpointEvery,
        metricsEvery,
        levels,
        folder,
        gguf,
        huggingFace);
  }

  private static void requireGguf(Section output, Tokens tokens) {
    try {
      tokens.forGguf();
    } catch (LearningException e) {
      throw output.error("gguf", "is true, but " + e.getMessage(), "train without GGUF files");
    }
  }

  private static TransformerConfig shape(Section section, int vocabulary) {
    boolean gpt2 = section.choice("shape", List.of("gpt2", "llama"), null).equals("gpt2");
    int context = section.count("context", 1);
    int layers = section.count("layers", 1);
    int heads = section.count("heads", 1);
    int embedding = section.count("embedding", 1);
    TransformerConfig standard =
        section.build(() ->
            gpt2
                ? TransformerConfig.gpt2(vocabulary, context, layers, heads, embedding)
                : TransformerConfig.llama(vocabulary, context, layers, heads, embedding));
    int feedForward = section.count("feed_forward", 1, standard.feedForward());
    boolean tied = section.flag("tied", standard.tied());
    return section.build(() ->
        new TransformerConfig(
            gpt2 ? Architecture.GPT2 : Architecture.LLAMA,
            vocabulary,
            context,
            layers,
            heads,
            embedding,
            feedForward,
            tied,
            standard.normEpsilon(),
            standard.ropeTheta()));
  }

  private static DataFile data(
      Section section, Tokens tokens, TransformerConfig config, boolean end) {
    Path file = section.path("file", true);
    String format = section.choice("format", DataFile.FORMATS, null);
    if (format.equals("tokens") != (tokens instanceof Tokens.Ids)) {
      throw section.error(
          "format",
          "is " + format,
          "a tokenizer of kind ids goes with the format tokens, and only that");
    }
    section.finish();
    if (end && section.has("end") && (!format.equals("pairs") || tokens.end() < 0)) {
      throw section.error(
          "end",
          "is true, but "
              + (tokens.end() < 0 ? "the tokenizer has no end token" : "no pairs are read"),
          "leave it out");
    }
    return new DataFile(file, format, tokens, config.context(), end);
  }

  /** What tokens write; verifiers read texts. */
  static TokenTexts texts(Section root, Tokens tokens) {
    try {
      return TokenTexts.of(tokens.forGguf());
    } catch (LearningException e) {
      throw root.error(
          "reinforcement",
          "needs the tokens' texts, but " + e.getMessage(),
          "learn from data instead");
    }
  }

  /**
   * The settings of each step.
   *
   * @param means whether the mean of the loss can be chosen
   */
  private static TrainingSettings settings(Section section, boolean means) {
    boolean perToken =
        means
            && section
                .choice("loss_mean", List.of("sequence", "token"), "sequence")
                .equals("token");
    double clip = section.number("clip", Double.POSITIVE_INFINITY);
    int microBatch = section.count("micro_batch", 1, 64);
    return section.build(() -> {
      TrainingSettings plain = TrainingSettings.standard().clippedAt(clip).microBatches(microBatch);
      return perToken ? plain.perToken() : plain;
    });
  }

  private static IntFunction<VectorOptimizer> optimizer(Section section, int steps) {
    String name = section.choice("name", List.of("sgd", "normalised-sgd", "adam", "adamw"), null);
    double peak = section.number("learning_rate");
    boolean cosine =
        section.choice("schedule", List.of("constant", "cosine"), "constant").equals("cosine");
    int warmUp = section.count("warm_up", 0, 0);
    double floor = cosine ? section.number("floor", 0) : 0;
    if (cosine && steps == 0) {
      throw section.error("schedule", "is cosine", "give training.steps, which it needs");
    }
    LearningRate rate =
        section.build(() ->
            cosine
                ? LearningRate.cosine(peak, warmUp, steps, floor)
                : LearningRate.warmUp(peak, warmUp));
    IntFunction<VectorOptimizer> made =
        switch (name) {
          case "sgd" -> _ -> new Sgd(rate);
          case "normalised-sgd" -> {
            double lambda = section.number("lambda", 0);
            section.build(() -> new NormalisedSgd(rate, lambda)).close();
            yield _ -> new NormalisedSgd(rate, lambda);
          }
          default -> {
            double beta1 = section.number("beta1", 0.9);
            double beta2 = section.number("beta2", 0.999);
            double epsilon = section.number("epsilon", 1e-8);
            double decay = section.number("weight_decay", 0);
            Adam.Constants constants =
                section.build(
                    () -> new Adam.Constants(name.equals("adamw"), beta1, beta2, epsilon, decay));
            yield decayed -> new Adam(rate, constants, decayed);
          }
        };
    section.finish();
    return made;
  }
}
