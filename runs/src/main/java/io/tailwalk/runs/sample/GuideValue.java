package io.tailwalk.runs.sample;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.values.GatedValue;
import io.tailwalk.values.HiddenFeatures;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.PrefixFeatures;
import io.tailwalk.values.ValueFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A learned value that guides samplers instead of the verifier's own value of prefixes. If the
 * verifier's value is zero, no completion can pass, so the learned value is zero too; only the
 * verifier judges complete responses.
 *
 * @param path path of the file
 * @param file content of the file
 * @param hash hash of the file, hexadecimal
 */
public record GuideValue(Path path, ValueFile file, String hash) implements Guide {
  private static final int SHOWN = 16;

  /**
   * Reads a value file.
   *
   * @throws InputException if the file is not a value file
   */
  public static GuideValue read(Path path) {
    try {
      ValueFile file = ValueFile.read(path);
      if (!file.readsTokens() && !file.get("features").equals(HiddenFeatures.KIND)) {
        throw InputException.about(
            "value", path + " has features '" + file.get("features") + "', which are unknown");
      }
      return new GuideValue(path, file, Sha256.hex(Files.readAllBytes(path)));
    } catch (LearningException e) {
      throw InputException.about("value", String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw InputException.about("value", "cannot read " + path + "; check that it is a file", e);
    }
  }

  @Override
  public String stamp() {
    return file.get("features") + " sha256:" + hash.substring(0, SHOWN);
  }

  /** Checks that the value was learned for this model, verifier and length limit. */
  @Override
  public void requireFit(LanguageModel model, Verifier verifier, int maxTokens) {
    try {
      file.requireFit(path, model, verifier, maxTokens);
      var _ =
          file.value(
              path,
              file.readsTokens() ? file.tokens(path) : HiddenFeatures.of(model, trainedTokens()));
    } catch (LearningException e) {
      throw InputException.about("value", String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether the value reads tokens only. */
  @Override
  public boolean masksVocabulary() {
    return file.readsTokens();
  }

  /** Whether the value reads tokens only; hidden states are computed child by child. */
  @Override
  public boolean canEnumerate() {
    return file.readsTokens();
  }

  @Override
  public ValueFunction over(Verifier verifier, ModelContext context) {
    PrefixFeatures features =
        file.readsTokens()
            ? file.tokens(path)
            : HiddenFeatures.behindPrompt(context.hiddenStates().orElseThrow(), trainedTokens());
    return new GatedValue(verifier.prefixValue(), file.value(path, features));
  }

  private int trainedTokens() {
    return Integer.parseInt(file.get("max_tokens"));
  }
}
