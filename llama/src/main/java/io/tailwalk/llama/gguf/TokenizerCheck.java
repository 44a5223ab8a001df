package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.ModelException;

/** Lists of tokens that agree with each other. */
final class TokenizerCheck {
  private static final String PREFIX = "tokenizer.ggml.";

  private TokenizerCheck() {}

  static void require(GgufFile file) {
    if (file.tokenizer().filter("bert"::equals).isPresent()) {
      throw new ModelException(
          file.path()
              + " has a WordPiece tokenizer (tokenizer.ggml.model is \"bert\"), which only encoders"
              + " have, and they predict no next token; fetch another file");
    }
    if (!(file.metadata().get(PREFIX + "tokens") instanceof GgufArray tokens)) {
      return;
    }
    if (tokens.length() == 0) {
      throw GgufCheck.wrong(file, PREFIX + "tokens", "is empty");
    }
    for (String key : new String[] {"scores", "token_type"}) {
      if (file.metadata().get(PREFIX + key) instanceof GgufArray array
          && array.length() != tokens.length()) {
        throw new ModelException(
            file.path()
                + " is damaged: "
                + tokens.length()
                + " tokens but "
                + array.length()
                + " entries in tokenizer.ggml."
                + key
                + "; fetch the file again");
      }
    }
  }
}
