package io.tailwalk.train.recipe;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.train.language.TransformerLanguageModel;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.run.Checkpoint;
import io.tailwalk.train.torch.TorchEngine;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.file.Path;

/** Checkpoints of training runs as language models, with the tokenizer that the run has kept. */
public final class TrainedModels {
  private TrainedModels() {}

  /**
   * Opens a checkpoint; the caller closes it. PyTorch computes on one thread, so that results do
   * not depend on the machine's number of cores.
   *
   * @param name the model's name in results
   * @param checkpoint a file that a run wrote, in the run's own folder
   * @param rate of test-time training, finite and at least 0; 0 for none
   * @throws ModelException in one sentence if it cannot be opened
   */
  public static LanguageModel open(String name, Path checkpoint, double rate) {
    try {
      Checkpoint file = Checkpoint.read(checkpoint);
      Tokens tokens = SavedTokenizer.read(checkpoint);
      var vocabulary = new TrainedVocabulary(tokens);
      TorchEngine.useThreads(1);
      return new TransformerLanguageModel(
          identity(name, checkpoint, file.config(), rate),
          vocabulary,
          tokens.begin(),
          file.model(),
          rate);
    } catch (LearningException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ModelIdentity identity(
      String name, Path checkpoint, TransformerConfig config, double rate) {
    String shape =
        config.architecture().id()
            + ", "
            + config.layers()
            + " layers, "
            + config.embedding()
            + " wide";
    return rate > 0
        ? new ModelIdentity(
            name,
            shape + ", test-time training at the rate " + rate,
            Sha256.hex(hash(checkpoint) + " test-time training " + rate))
        : new ModelIdentity(name, shape, hash(checkpoint));
  }

  private static String hash(Path checkpoint) {
    try {
      return Sha256.hex(checkpoint);
    } catch (IOException e) {
      throw new LearningException("cannot read " + checkpoint + ": " + e.getMessage(), e);
    }
  }
}
