package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.NoNextTokenException;
import java.util.Set;

/**
 * What a model is for. llama.cpp opens encoders too, and gives numbers for them that are not a
 * distribution of the next token.
 */
final class GgufPurpose {
  /** Architectures of llama.cpp that only encode. */
  private static final Set<String> ENCODERS =
      Set.of(
          "bert",
          "modern-bert",
          "nomic-bert",
          "nomic-bert-moe",
          "neo-bert",
          "jina-bert-v2",
          "jina-bert-v3",
          "eurobert",
          "roberta",
          "xlm-roberta",
          "gemma-embedding",
          "llama-embed",
          "t5encoder");

  /** Architectures that fill gaps of a whole text instead of continuing it. */
  private static final Set<String> DIFFUSION = Set.of("dream", "llada", "llada-moe", "rnd1");

  /** Architectures for other data than text. */
  private static final Set<String> OTHER =
      Set.of("clip", "mmproj", "wavtokenizer-dec", "flux", "sd1", "sdxl", "sd3", "wan");

  private GgufPurpose() {}

  static void requireNextToken(GgufFile file, String architecture) {
    boolean pools =
        file.hyperparameter("pooling_type").isPresent()
            && file.hyperparameter("pooling_type").getAsLong() > 0;
    boolean bothWays =
        Boolean.FALSE.equals(file.metadata().get(architecture + ".attention.causal"));
    if (DIFFUSION.contains(architecture)) {
      throw refused(file, architecture, "a diffusion model");
    }
    if (OTHER.contains(architecture)) {
      throw refused(file, architecture, "not a language model");
    }
    if (architecture.equals("t5")) {
      throw refused(file, architecture, "an encoder with a decoder");
    }
    if (ENCODERS.contains(architecture) || pools || bothWays) {
      throw refused(file, architecture, "an embedding model");
    }
  }

  private static NoNextTokenException refused(GgufFile file, String architecture, String what) {
    String why =
        what.startsWith("an encoder")
            ? "which is not supported"
            : "which has no distribution of the next token";
    return new NoNextTokenException(
        "%s holds %s (architecture %s), %s; use a model that generates text"
            .formatted(file.path(), what, architecture, why));
  }
}
