package io.tailwalk.lab;

import io.tailwalk.records.Scratch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.train.run.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Base models that are part of the program, each in the package of its experiment. */
public final class ShippedModel {
  /** The file name of each model. */
  public static final String FILE = "base.safetensors";

  private ShippedModel() {}

  /**
   * Reads a model.
   *
   * @param experiment a class of the package that contains the model
   */
  public static Checkpoint of(Class<?> experiment) {
    try (InputStream in = experiment.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(
            "the program was built without "
                + FILE
                + " of "
                + experiment.getPackageName()
                + "; build it again");
      }
      Path copy = Scratch.copy(in);
      try {
        return Checkpoint.read(copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The parameters of a model.
   *
   * @param shape shape that the model must have
   * @throws IllegalStateException if the model has another shape
   */
  public static float[] values(Class<?> experiment, TransformerConfig shape) {
    Checkpoint checkpoint = of(experiment);
    if (!checkpoint.config().equals(shape)) {
      throw new IllegalStateException(FILE + " has the shape " + checkpoint.config());
    }
    try (Transformer model = checkpoint.model()) {
      return model.values();
    }
  }
}
