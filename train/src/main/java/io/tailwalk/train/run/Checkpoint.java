package io.tailwalk.train.run;

import io.tailwalk.train.model.ParameterLayout;
import io.tailwalk.train.model.ParameterSpec;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.SafeTensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state of a training run in one safetensors file: the parameters by name, the optimiser's
 * vectors, and as metadata the step and the complete configuration of later steps. A run resumed
 * from it ends in the same parameters, bit for bit, as an uninterrupted run.
 */
public final class Checkpoint {
  private static final String FORMAT = "tailwalk-checkpoint-1";
  private static final String OPTIMIZER = "optimizer.";
  private static final String OBJECTIVE = "objective";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final SafeTensors content;

  private Checkpoint(Path file, SafeTensors content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Writes the current state, completely or not at all.
   *
   * @param file replaced if it exists
   */
  public static void write(Trainer trainer, Path file) {
    Map<String, SafeTensors.Tensor> tensors = tensors(trainer.model());
    trainer
        .optimizer()
        .state()
        .forEach((name, values) ->
            tensors.put(
                OPTIMIZER + name,
                new SafeTensors.Tensor(List.of(values.length), values, 0, values.length)));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("step", Long.toString(trainer.step()));
    metadata.put("model", JSON.writeValueAsString(trainer.model().config()));
    metadata.putAll(recipe(trainer));
    new SafeTensors(metadata, tensors).write(file);
  }

  /** Writes a model alone, without the state for resuming. */
  public static void write(Transformer model, Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("model", JSON.writeValueAsString(model.config()));
    new SafeTensors(metadata, tensors(model)).write(file);
  }

  private static Map<String, SafeTensors.Tensor> tensors(Transformer model) {
    float[] values = model.values();
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec p : model.layout().parameters()) {
      tensors.put(p.name(), new SafeTensors.Tensor(p.shape(), values, p.offset(), p.size()));
    }
    return tensors;
  }

  /** The configuration of steps besides model and step number. */
  private static Map<String, String> recipe(Trainer trainer) {
    Map<String, String> recipe = new LinkedHashMap<>();
    recipe.put("optimizer", new TreeMap<>(trainer.optimizer().settings()).toString());
    recipe.put("settings", trainer.settings().toString());
    recipe.put("data", trainer.source().fingerprint());
    if (!trainer.objective().isEmpty()) {
      recipe.put(OBJECTIVE, trainer.objective());
    }
    return recipe;
  }

  /**
   * Opens a checkpoint.
   *
   * @throws LearningException if the file is not a checkpoint, or is damaged
   */
  public static Checkpoint read(Path file) {
    SafeTensors content = SafeTensors.read(file, "checkpoint");
    if (!FORMAT.equals(content.metadata().get("format"))) {
      throw new LearningException(
          file + " is not a checkpoint of this program; name one that training wrote");
    }
    return new Checkpoint(file, content);
  }

  /** The model's shape. */
  public TransformerConfig config() {
    try {
      return JSON.readValue(metadata("model"), TransformerConfig.class);
    } catch (JacksonException e) {
      throw new LearningException("the checkpoint " + file + " names no model shape", e);
    }
  }

  /** Steps made so far. */
  public long step() {
    try {
      return Long.parseLong(metadata("step"));
    } catch (NumberFormatException e) {
      throw new LearningException("the checkpoint " + file + " names no step", e);
    }
  }

  private String metadata(String name) {
    @Nullable String value = content.metadata().get(name);
    if (value == null) {
      throw new LearningException(
          "the checkpoint " + file + " holds no " + name + "; it cannot be resumed from");
    }
    return value;
  }

  /** A new model with the parameters of the checkpoint. */
  public Transformer model() {
    return Transformer.of(config(), values(config()));
  }

  private float[] values(TransformerConfig config) {
    ParameterLayout layout = ParameterLayout.of(config);
    float[] values = new float[layout.size()];
    for (ParameterSpec p : layout.parameters()) {
      SafeTensors.Tensor tensor = content.tensors().get(p.name());
      if (tensor == null || !tensor.shape().equals(p.shape())) {
        throw new LearningException(
            "the checkpoint " + file + " has no parameter " + p.name() + " of shape " + p.shape());
      }
      System.arraycopy(tensor.values(), tensor.offset(), values, p.offset(), p.size());
    }
    return values;
  }

  /**
   * Restores a run to the state of the checkpoint.
   *
   * @throws LearningException if the run has a different model, optimiser, data or settings
   */
  public void restore(Trainer trainer) {
    if (!trainer.model().config().equals(config())) {
      throw different("model", trainer.model().config().toString(), config().toString());
    }
    String objective = content.metadata().getOrDefault(OBJECTIVE, "");
    if (!trainer.objective().equals(objective)) {
      throw different(OBJECTIVE, named(trainer.objective()), named(objective));
    }
    recipe(trainer)
        .forEach((name, now) -> {
          if (!now.equals(metadata(name))) {
            throw different(name, now, metadata(name));
          }
        });
    trainer.model().setValues(values(config()));
    Map<String, float[]> state = new LinkedHashMap<>();
    content
        .tensors()
        .forEach((name, tensor) -> {
          if (name.startsWith(OPTIMIZER)) {
            state.put(name.substring(OPTIMIZER.length()), tensor.values());
          }
        });
    trainer.optimizer().restore(step(), state);
  }

  private static String named(String objective) {
    return objective.isEmpty() ? "maximum-likelihood" : objective;
  }

  private LearningException different(String what, String now, String then) {
    return new LearningException(
        "cannot resume from "
            + file
            + ": "
            + SettingsChange.words(what, then, now)
            + "; restore the old one or start again");
  }
}
