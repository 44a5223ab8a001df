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
 * A learned value that guides samplers in place of the verifier's own value of prefixes. Where that
 * one is zero nothing can pass, so it stays zero; the verifier alone judges complete responses.
 *
 * @param path where it was read from
 * @param file what was read
 * @param hash of the file, hex
 */
public record GuideValue(Path path, ValueFile file, String hash) {
  private static final int SHOWN = 16;

  /**
   * Reads a value file.
   *
   * @throws InputException if it is none
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

  /** What rows and records say of it. */
  String stamp() {
    return file.get("features") + " sha256:" + hash.substring(0, SHOWN);
  }

  /**
   * Refuses to serve where the value was not learnt.
   *
   * @throws InputException with what differs and the fix
   */
  void requireFit(LanguageModel model, Verifier verifier, int maxTokens) {
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

  /** Whether it reads tokens, so that a whole vocabulary costs little. */
  public boolean masksVocabulary() {
    return file.readsTokens();
  }

  /**
   * The value of prefixes.
   *
   * @param context behind the prompt, whose hidden states it may read
   */
  ValueFunction over(Verifier verifier, ModelContext context) {
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
