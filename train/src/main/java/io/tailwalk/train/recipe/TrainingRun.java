package io.tailwalk.train.recipe;

import io.tailwalk.core.verify.Verifier;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.evaluate.CoverageEvaluation;
import io.tailwalk.train.evaluate.HeldOutPrompt;
import io.tailwalk.train.evaluate.HeldOutResponse;
import io.tailwalk.train.evaluate.MetricsFile;
import io.tailwalk.train.gguf.GgufExport;
import io.tailwalk.train.gguf.GgufTokenizer;
import io.tailwalk.train.huggingface.HuggingFaceExport;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.Sgd;
import io.tailwalk.train.optim.VectorOptimizer;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.run.Objective;
import io.tailwalk.train.run.StepReport;
import io.tailwalk.train.run.StepSource;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingListener;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run described by a YAML file. At every checkpoint it writes the held-out responses'
 * log-probabilities, the model as GGUF if requested, and finally the checkpoint itself, so that all
 * files of a checkpoint exist when it does. A run that is killed at any time and resumed ends with
 * the same files.
 */
public final class TrainingRun {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SIDE_BY_SIDE = 64;

  private final Recipe recipe;
  private final RunFolder folder;
  private final Optional<GgufTokenizer> gguf;
  private final List<Example> examples;
  private final Optional<PolicyRun> policy;
  private final List<DataFile.Row> heldOut;
  private final Optional<CoverageEvaluation> evaluation;
  private final long steps;
  private final Optional<Path> from;

  private TrainingRun(Recipe recipe, boolean resume, VerifierOpener verifiers) {
    this.recipe = recipe;
    folder = new RunFolder(recipe.folder());
    gguf = recipe.gguf() ? Optional.of(recipe.tokens().forGguf()) : Optional.empty();
    examples =
        recipe.data().stream()
            .flatMap(data -> data.read().stream())
            .map(DataFile.Row::example)
            .toList();
    policy =
        recipe
            .reinforcement()
            .map(section ->
                new PolicyRun(
                    section,
                    recipe.tokens(),
                    TokenTexts.of(recipe.tokens().forGguf()),
                    recipe.config().context(),
                    verifiers));
    heldOut = recipe.heldOut().map(DataFile::read).orElse(List.of());
    boolean known =
        !heldOut.isEmpty() && heldOut.stream().noneMatch(r -> Double.isNaN(r.reference()));
    evaluation = known ? Optional.of(evaluation(recipe, heldOut)) : Optional.empty();
    steps =
        recipe.steps() > 0
            ? recipe.steps()
            : Math.ceilDiv((long) recipe.epochs() * examples.size(), (long) recipe.batch());
    from = folder.latest();
    if (from.isPresent() && !resume) {
      throw new LearningException(
          folder.path()
              + " already contains a run; resume it with --resume or choose another folder");
    }
  }

  private static CoverageEvaluation evaluation(Recipe recipe, List<DataFile.Row> rows) {
    List<HeldOutPrompt> prompts =
        rows.stream()
            .map(row ->
                new HeldOutPrompt(List.of(HeldOutResponse.drawn(row.example(), row.reference()))))
            .toList();
    double[] levels = recipe.levels().stream().mapToDouble(Double::doubleValue).toArray();
    return new CoverageEvaluation(prompts, NGrid.of(levels), List.of());
  }

  /**
   * Reads the file and its data and, when resuming, finds the last checkpoint; writes nothing.
   *
   * @param resume whether to resume an existing run
   * @param verifiers opens the verifier of reinforcement learning
   * @throws LearningException if any of them is invalid
   */
  public static TrainingRun open(Path file, boolean resume, VerifierOpener verifiers) {
    Recipe recipe = Recipe.read(file);
    // All text is encoded here; nothing needs the tokenizer afterwards.
    try (Tokens _ = recipe.tokens()) {
      return new TrainingRun(recipe, resume, verifiers);
    }
  }

  /** A run on given data, see {@link #open(Path, boolean, VerifierOpener)}. */
  public static TrainingRun open(Path file, boolean resume) {
    return open(file, resume, VerifierOpener.NONE);
  }

  /** The folder of the results. */
  public RunFolder folder() {
    return folder;
  }

  /** Total number of steps. */
  public long steps() {
    return steps;
  }

  /** Whether there are held-out data. */
  public boolean measures() {
    return !heldOut.isEmpty();
  }

  /**
   * Trains to the end, or until stopped; then the current state is saved.
   *
   * @param stop checked before each step
   * @param listener listener of each step
   * @return total number of steps made
   * @throws io.tailwalk.train.torch.MissingEngineException if PyTorch cannot be started; nothing is
   *     written
   */
  public long run(BooleanSupplier stop, TrainingListener listener) {
    TorchEngine.get();
    folder.create();
    SavedTokenizer.write(folder.path(), recipe.tokenizer());
    if (recipe.threads() > 0) {
      TorchEngine.useThreads(recipe.threads());
    }
    return switch (recipe.goal()) {
      case Goal.MaximumLikelihood() -> run(stop, listener, Objective.MAXIMUM_LIKELIHOOD);
      case Goal.TokenSteps() -> run(stop, listener, Objective.MAXIMUM_LIKELIHOOD);
      case Goal.TruncatedDistillation distillation -> {
        try (Transformer teacher = Checkpoint.read(distillation.teacher()).model()) {
          yield run(stop, listener, distillation.objective(teacher));
        }
      }
    };
  }

  private long run(BooleanSupplier stop, TrainingListener listener, Objective objective) {
    try (Transformer model = startModel();
        VectorOptimizer optimizer = recipe.optimizer().apply(model.layout().decayed())) {
      if (policy.isEmpty()) {
        TrainingData data = TrainingData.shuffled(examples, recipe.batch(), recipe.seed());
        Trainer trainer =
            recipe.goal() instanceof Goal.TokenSteps && optimizer instanceof Sgd sgd
                ? Trainer.ofTokenSteps(model, sgd, data)
                : new Trainer(model, optimizer, data, recipe.settings(), objective);
        return run(trainer, stop, listener);
      }
      try (Transformer start = startModel();
          Verifier verifier = policy.get().open()) {
        StepSource source = policy.get().source(start, verifier);
        return run(new Trainer(model, optimizer, source, recipe.settings()), stop, listener);
      }
    }
  }

  private long run(Trainer trainer, BooleanSupplier stop, TrainingListener listener) {
    from.ifPresent(file -> Checkpoint.read(file).restore(trainer));
    try (MetricsFile metrics =
        MetricsFile.open(folder.metrics(), trainer.step(), recipe.metricsEvery())) {
      trainer.listen(metrics).listen(new Keeper(metrics)).listen(listener);
      if (!trainer.run(steps, stop)) {
        Checkpoint.write(trainer, folder.stopped(trainer.step()));
      }
    }
    return trainer.step();
  }

  private Transformer startModel() {
    return recipe.start().isPresent()
        ? Checkpoint.read(recipe.start().get()).model()
        : Transformer.create(recipe.config(), recipe.seed());
  }

  /** Writes the files of a step. */
  private final class Keeper implements TrainingListener {
    private final MetricsFile metrics;

    Keeper(MetricsFile metrics) {
      this.metrics = metrics;
    }

    @Override
    public void beforeFirstStep(Trainer trainer) {
      keep(trainer, 0);
    }

    @Override
    public void afterStep(Trainer trainer, StepReport report) {
      if (report.step() % recipe.checkpointEvery() == 0 || report.step() == steps) {
        keep(trainer, report.step());
      }
    }

    private void keep(Trainer trainer, long step) {
      if (!heldOut.isEmpty()) {
        measure(trainer.model(), step);
      }
      gguf.ifPresent(tokenizer -> GgufExport.write(folder.gguf(step), trainer.model(), tokenizer));
      if (recipe.huggingFace()) {
        HuggingFaceExport.write(
            folder.huggingFace(step), trainer.model(), recipe.tokens().forHuggingFace());
      }
      Checkpoint.write(trainer, folder.checkpoint(step));
      folder.dropStopped();
    }

    private void measure(Transformer model, long step) {
      List<Example> asked = heldOut.stream().map(DataFile.Row::example).toList();
      double[] logProbs = model.sequenceLogProbs(asked, SIDE_BY_SIDE);
      AtomicFiles.write(
          folder.scores(step),
          out -> {
            for (int i = 0; i < logProbs.length; i++) {
              out.write(JSON.writeValueAsString(score(heldOut.get(i), step, logProbs[i])) + "\n");
            }
          });
      if (evaluation.isPresent()) {
        metrics.add(evaluation.get().of(step, logProbs));
      } else {
        double sum = 0;
        long tokens = 0;
        for (int i = 0; i < logProbs.length; i++) {
          sum -= logProbs[i];
          tokens += asked.get(i).response().length;
        }
        metrics.addCrossEntropy(step, sum / logProbs.length, sum / tokens);
      }
    }

    private static Map<String, Object> score(DataFile.Row row, long step, double logProb) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("example_id", row.id());
      line.put("prompt_id", row.promptId());
      line.put("model", Long.toString(step));
      // Rounding can leave the sum slightly above 0.
      line.put("log_prob", Math.min(0, logProb));
      line.put("tokens", row.example().response().length);
      if (!Double.isNaN(row.reference())) {
        line.put("reference_log_prob", row.reference());
      }
      return line;
    }
  }
}
