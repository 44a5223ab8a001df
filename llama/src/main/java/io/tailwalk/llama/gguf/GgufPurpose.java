package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.NoNextTokenException;
import java.util.Optional;

/**
 * What a model is for. llama.cpp opens encoders too, and gives numbers for them that are not a
 * distribution of the next token.
 */
final class GgufPurpose {
  private GgufPurpose() {}

  static void requireNextToken(GgufFile file, String architecture) {
    boolean pools =
        file.hyperparameter("pooling_type").isPresent()
            && file.hyperparameter("pooling_type").getAsLong() > 0;
    boolean bothWays =
        Boolean.FALSE.equals(file.metadata().get(architecture + ".attention.causal"));
    Optional<Architectures.Kind> kind = Architectures.KNOWN.other(architecture);
    if (kind.isPresent()) {
      throw refused(file, architecture, kind.get());
    }
    if (pools || bothWays) {
      throw refused(file, architecture, Architectures.Kind.EMBEDDING);
    }
  }

  private static NoNextTokenException refused(
      GgufFile file, String architecture, Architectures.Kind kind) {
    String what =
        switch (kind) {
          case EMBEDDING -> "an embedding model";
          case ENCODER_DECODER -> "an encoder with a decoder";
          case DIFFUSION -> "a diffusion model";
          case OTHER -> "not a language model";
        };
    String why =
        kind == Architectures.Kind.ENCODER_DECODER
            ? "which is not supported"
            : "which has no distribution of the next token";
    return new NoNextTokenException(
        "%s holds %s (architecture %s), %s; use a model that generates text"
            .formatted(file.path(), what, architecture, why));
  }
}
