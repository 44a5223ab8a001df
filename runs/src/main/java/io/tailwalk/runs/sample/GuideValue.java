package io.tailwalk.runs.sample;

import io.tailwalk.core.Plural;
import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.records.JsonText;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.values.GatedValue;
import io.tailwalk.values.LearningException;
import io.tailwalk.values.RememberedStates;
import io.tailwalk.values.StateFeatures;
import io.tailwalk.values.StateView;
import io.tailwalk.values.ValueFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

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
  private static final int CHILDREN = 64;

  /**
   * Reads a value file.
   *
   * @throws InputException if the file is not a value file
   */
  public static GuideValue read(Path path) {
    try {
      ValueFile file = ValueFile.read(path);
      if (!file.readsTokens() && !file.readsStates()) {
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

  /** Checks that the value was learned for this model, verifier, length limit and stop strings. */
  @Override
  public void requireFit(LanguageModel model, Verifier verifier, int maxTokens, List<String> stop) {
    requireStop(stop);
    try {
      file.requireFit(path, model, verifier, maxTokens);
      if (!file.readsTokens() && !model.capabilities().can(Capability.DISTRIBUTION)) {
        throw InputException.about(
            "value",
            path
                + " reads the model's state through its distributions, and this model gives "
                + model.capabilities().words()
                + " only; train a value with the features one-hot or counts");
      }
      var _ =
          file.value(
              path,
              file.readsTokens()
                  ? file.tokens(path)
                  : StateFeatures.of(model, file.view(path), trainedTokens()));
    } catch (LearningException e) {
      throw InputException.about("value", String.valueOf(e.getMessage()), e);
    }
  }

  /** Labels depend on where responses end. Files of version 0.1 do not say it. */
  private void requireStop(List<String> stop) {
    String trained = file.get("stop");
    String given = stopText(stop);
    if (!trained.isEmpty() && !trained.equals(given)) {
      throw InputException.about(
          "value",
          path
              + " was trained for the stop strings "
              + trained
              + ", not "
              + given
              + "; give --stop as it was or train another value");
    }
  }

  /** The stop strings as a value file records them. */
  public static String stopText(List<String> stop) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    stop.forEach(json::add);
    return JsonText.line(json);
  }

  /** The hash of a prompt as a value file records it. */
  public static String promptHash(Prompt prompt) {
    return Sha256.hex(prompt.toString().getBytes(StandardCharsets.UTF_8)).substring(0, SHOWN);
  }

  @Override
  public List<String> notes(Prompt prompt) {
    List<String> notes = new ArrayList<>();
    if (file.get("forced").equals("true")) {
      notes.add(
          "the value was written by force: it is no better than its baseline, or its pilot was worse"
              + " than none; compare with and without --value");
    }
    List<String> known = List.of(file.get("prompt_hashes").split(","));
    if (!known.contains("") && !known.contains(promptHash(prompt))) {
      notes.add(
          "the value was not learned behind this prompt but behind "
              + Plural.of(known.size(), "other prompt")
              + "; compare with and without --value");
    }
    return notes;
  }

  /** Whether the value reads tokens only; a value of the model's state takes longer to compute. */
  @Override
  public boolean masksVocabulary() {
    return file.readsTokens();
  }

  /** More than by default: a child costs no model token, and a value is as good as its choice. */
  @Override
  public int children() {
    return CHILDREN;
  }

  @Override
  public Guided over(Verifier verifier, ModelContext context) {
    ValueFunction gate = verifier.prefixValue();
    if (file.readsTokens()) {
      return new Guided(new GatedValue(gate, file.value(path, file.tokens(path))), context);
    }
    StateView view = file.view(path);
    var remembered = new RememberedStates(context, view);
    var features = StateFeatures.behindPrompt(remembered, view, trainedTokens());
    return new Guided(new GatedValue(gate, file.value(path, features)), remembered);
  }

  private int trainedTokens() {
    return Integer.parseInt(file.get("max_tokens"));
  }
}
