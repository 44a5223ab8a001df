package io.tailwalk.runs.models;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.train.recipe.TrainedModels;
import io.tailwalk.train.torch.MissingEngineException;
import java.nio.file.Path;

/** Checkpoints of train; a separate class, so that other models need no PyTorch. */
final class CheckpointModels {
  private CheckpointModels() {}

  static LanguageModel open(String name, Path file, ModelSettings settings) {
    try {
      return TrainedModels.open(name, file, settings.testTimeRate().orElse(0));
    } catch (MissingEngineException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }
}
