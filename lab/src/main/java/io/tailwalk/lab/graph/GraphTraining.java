package io.tailwalk.lab.graph;

import io.tailwalk.core.random.Streams;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.data.TrainingData;
import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.optim.Adam;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.run.StepReport;
import io.tailwalk.train.run.Trainer;
import io.tailwalk.train.run.TrainingListener;
import io.tailwalk.train.torch.TorchEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The stages of training. With a folder, each stage stores checkpoints and resumes from them. */
final class GraphTraining {
  private static final long PRETRAINING = 0xB45E;
  private static final long FINE_TUNING = 0xF17E;
  private static final long SAVED_EVERY = 500;

  private final GraphPlan plan;
  private final long seed;
  private final @Nullable Path folder;
  private final Watch watch;

  /**
   * Makes the training of a plan.
   *
   * @param folder folder for checkpoints; null for none
   * @param watch told of every step
   */
  GraphTraining(GraphPlan plan, long seed, @Nullable Path folder, Watch watch) {
    this.plan = plan;
    this.seed = seed;
    this.folder = folder;
    this.watch = watch;
  }

  /** Trains the base model from scratch, one stage after the other. */
  float[] base() {
    TorchEngine.useThreads(plan.threads());
    try (Transformer model = untrained()) {
      for (int i = 0; i < plan.base().size(); i++) {
        run(model, plan.base().get(i), Streams.key(PRETRAINING, i));
      }
      if (folder != null) {
        Checkpoint.write(model, folder.resolve("base.safetensors"));
      }
      return model.values();
    }
  }

  private void run(Transformer model, Stage stage, long stream) {
    Path file = folder == null ? null : folder.resolve(stage.name() + ".safetensors");
    try (Adam adam = adam(model, stage)) {
      Trainer trainer = trainer(model, adam, stage, stream, "");
      if (file != null && Files.exists(file)) {
        Checkpoint.read(file).restore(trainer);
      }
      trainer.listen((t, report) -> {
        boolean due = report.step() % SAVED_EVERY == 0 || report.step() == stage.steps();
        if (file != null && due) {
          Checkpoint.write(t, file);
        }
      });
      go(trainer, stage);
    }
  }

  private Transformer untrained() {
    Transformer model = Transformer.create(plan.model(), seed);
    float[] values = model.values();
    for (ParameterSpec p : model.layout().parameters()) {
      for (int i = p.offset(); p.shape().size() > 1 && i < p.offset() + p.size(); i++) {
        values[i] *= (float) plan.widening();
      }
    }
    model.setValues(values);
    return model;
  }

  /** Fine-tunes a base model and returns the snapshots, the base model first. */
  List<Snapshot> fineTune(float[] base) {
    TorchEngine.useThreads(plan.threads());
    List<Snapshot> snapshots = new ArrayList<>(List.of(new Snapshot(0, base)));
    try (Transformer model = Transformer.of(plan.model(), base);
        Adam adam = adam(model, plan.fineTuning())) {
      Trainer trainer = trainer(model, adam, plan.fineTuning(), FINE_TUNING, origin(base));
      resume(trainer, snapshots);
      trainer.listen((t, report) -> {
        if (report.step() % plan.spacing() == 0) {
          snapshots.add(keep(t));
        }
      });
      go(trainer, plan.fineTuning());
    }
    return snapshots;
  }

  /** Reads the snapshots of an earlier run and resumes from the last one. */
  private void resume(Trainer trainer, List<Snapshot> snapshots) {
    for (int i = 1; folder != null && i <= plan.checkpoints(); i++) {
      Path file = file(i * plan.spacing());
      if (!Files.exists(file)) {
        return;
      }
      Checkpoint.read(file).restore(trainer);
      snapshots.add(new Snapshot(trainer.step(), trainer.model().values()));
    }
  }

  private Snapshot keep(Trainer trainer) {
    if (folder != null) {
      Checkpoint.write(trainer, file(trainer.step()));
    }
    return new Snapshot(trainer.step(), trainer.model().values());
  }

  private Path file(long step) {
    return java.util.Objects.requireNonNull(folder)
        .resolve(String.format(Locale.ROOT, "finetuning-%05d.safetensors", step));
  }

  /** Fingerprint that prevents resuming from checkpoints of another base model. */
  private static String origin(float[] base) {
    return " from base " + Integer.toHexString(Arrays.hashCode(base));
  }

  private Adam adam(Transformer model, Stage stage) {
    return new Adam(stage.rate(), Stage.constants(), model.layout().decayed());
  }

  private Trainer trainer(Transformer model, Adam adam, Stage stage, long stream, String origin) {
    TrainingData data =
        GraphExamples.fresh(stage.tasks(), stage.batch(), Streams.key(seed, stream));
    return new Trainer(
        model,
        adam,
        TrainingData.fresh(data::batch, data.fingerprint() + origin),
        Stage.settings());
  }

  private void go(Trainer trainer, Stage stage) {
    var course = new Course(stage);
    trainer.listen(course);
    long steps = stage.steps();
    trainer.run(
        steps,
        () -> {
          watch.step(trainer.step(), steps, course.note());
          return false;
        });
  }

  /** The note that progress shows. */
  private static final class Course implements TrainingListener {
    private static final double MEMORY = 0.98;

    private final Stage stage;
    private double sum;
    private double weight;

    Course(Stage stage) {
      this.stage = stage;
    }

    @Override
    public void afterStep(Trainer trainer, StepReport report) {
      sum = MEMORY * sum + report.loss();
      weight = MEMORY * weight + 1;
    }

    String note() {
      return weight == 0
          ? stage.name()
          : String.format(Locale.ROOT, "%s, loss %.3f", stage.name(), sum / weight);
    }
  }
}
