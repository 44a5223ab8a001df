package io.tailwalk.lab.graph;

import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.run.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The base model that both scales begin from. It was made, in about ten minutes of one core, by
 *
 * <pre>./tailwalk lab coverage-vs-ce --scale quick --pretrain --seed 0 --checkpoints DIR</pre>
 *
 * <p>which leaves it as {@code DIR/base.safetensors}.
 */
final class ShippedBase {
  private static final String RESOURCE = "base.safetensors";

  private ShippedBase() {}

  /** Its parameters. */
  static float[] values(GraphPlan plan) {
    try (InputStream in = ShippedBase.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar; build it again");
      }
      Path copy = Files.createTempFile("tailwalk-base", ".safetensors");
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        Checkpoint checkpoint = Checkpoint.read(copy);
        if (!checkpoint.config().equals(plan.model())) {
          throw new IllegalStateException(RESOURCE + " has the shape " + checkpoint.config());
        }
        try (Transformer model = checkpoint.model()) {
          return model.values();
        }
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
