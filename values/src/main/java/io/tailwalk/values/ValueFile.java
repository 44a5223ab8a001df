package io.tailwalk.values;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.Verifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A learned value in a file: safetensors with the parts of {@link ValueTensors}, and metadata that
 * describe its origin. Files of version 1 are read too, except those that need a hidden state for
 * each child.
 *
 * @param metadata see the names here; all are strings
 * @param mlp the perceptron
 * @param tokens vectors of the tokens, for a value that reads the model's state
 */
public record ValueFile(Map<String, String> metadata, Mlp mlp, Optional<TokenVectors> tokens) {
  /** The metadata entry of the format, and its value. */
  public static final String FORMAT = "format";

  private static final String VERSION = "tailwalk-value-2";
  private static final String VERSION_1 = "tailwalk-value-1";
  private static final String WHAT = "value file";

  /** Keeps a copy, sorted, so that equal files have equal bytes. */
  public ValueFile {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /**
   * The origin of a value.
   *
   * @param model name of the model, for people
   * @param fingerprint of its distribution, including temperature
   * @param vocabularySize its number of tokens
   * @param verifier the verifier's specification
   * @param maxTokens length limit of the responses
   * @param prompts number of prompts
   * @param promptsHash of the prompts, hex
   * @param rollouts number of rollouts, including held-out ones
   * @param seed of all randomness
   */
  public record Origin(
      String model,
      String fingerprint,
      int vocabularySize,
      String verifier,
      int maxTokens,
      int prompts,
      String promptsHash,
      int rollouts,
      long seed) {}

  /** The file of a value and its origin. */
  public static ValueFile of(LearnedValue value, Origin origin) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, VERSION);
    metadata.put("model", origin.model());
    metadata.put("model_fingerprint", origin.fingerprint());
    metadata.put("vocabulary_size", "" + origin.vocabularySize());
    metadata.put("verifier", origin.verifier());
    metadata.put("max_tokens", "" + origin.maxTokens());
    metadata.put("prompts", "" + origin.prompts());
    metadata.put("prompts_hash", origin.promptsHash());
    metadata.put("rollouts", "" + origin.rollouts());
    metadata.put("seed", "" + origin.seed());
    metadata.put("features", value.features().kind());
    if (value.features() instanceof OneHot oneHot) {
      metadata.put("horizon", "" + oneHot.horizon());
    }
    if (value.features() instanceof TokenFeatures tokens) {
      metadata.put("letters", joined(tokens.letters()));
    }
    Optional<TokenVectors> vectors = Optional.empty();
    if (value.features() instanceof StateFeatures states) {
      metadata.put("anchors", joined(states.view().anchors()));
      vectors = Optional.of(states.view().tokens());
    }
    metadata.put("log_scale", "" + value.logScale());
    metadata.put("log_floor", "" + value.logFloor());
    metadata.put("depth_logits", joined(value.prior().logits()));
    return new ValueFile(metadata, value.mlp(), vectors);
  }

  private static String joined(List<? extends Number> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Writes it completely or not at all. */
  public void write(Path file) {
    new SafeTensors(metadata, ValueTensors.of(mlp, tokens)).write(file);
  }

  /**
   * Reads a file.
   *
   * @throws LearningException if it is not a value file, or one of a kind that is no longer read
   */
  public static ValueFile read(Path file) {
    SafeTensors content = SafeTensors.read(file, WHAT);
    String format = content.metadata().getOrDefault(FORMAT, "");
    if (!format.equals(VERSION) && !format.equals(VERSION_1)) {
      throw new LearningException(
          file + " is not a value file of this version; make one with tailwalk value train");
    }
    boolean states = StateFeatures.KIND.equals(content.metadata().get("features"));
    if (states && format.equals(VERSION_1)) {
      throw new LearningException(
          file
              + " was made by an earlier version and needs a hidden state for each child, which is"
              + " no longer read; make another with tailwalk value train");
    }
    var tensors = new ValueTensors(file, content);
    return new ValueFile(
        content.metadata(),
        tensors.mlp(),
        states ? Optional.of(tensors.tokens()) : Optional.empty());
  }

  /** An entry of the metadata, empty if it is missing. */
  public String get(String name) {
    return metadata.getOrDefault(name, "");
  }

  /** The same with a different entry of the metadata. */
  public ValueFile with(String name, String entry) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(name, entry);
    return new ValueFile(more, mlp, tokens);
  }

  /** Whether the value reads tokens, not hidden states. */
  public boolean readsTokens() {
    return get("features").equals(OneHot.KIND) || get("features").equals(LetterCounts.KIND);
  }

  /** Whether the value reads the model's state. */
  public boolean readsStates() {
    return tokens.isPresent();
  }

  /**
   * What a value reads of the model's state.
   *
   * @param file its name, for messages
   */
  public StateView view(Path file) {
    try {
      return new StateView(
          whole("anchors"), tokens.orElseThrow(() -> damaged(file, "it has no vectors of tokens")));
    } catch (IllegalArgumentException e) {
      throw damaged(file, "its anchors or vectors of tokens make no inputs");
    }
  }

  private List<Integer> whole(String name) {
    return Arrays.stream(get(name).split(",", -1)).map(Integer::valueOf).toList();
  }

  /**
   * The features of tokens that the value was learnt on.
   *
   * @param file its name, for messages
   */
  public TokenFeatures tokens(Path file) {
    try {
      List<Integer> letters = whole("letters");
      int vocabularySize = Integer.parseInt(get("vocabulary_size"));
      return get("features").equals(LetterCounts.KIND)
          ? new LetterCounts(letters, vocabularySize)
          : new OneHot(letters, vocabularySize, Integer.parseInt(get("horizon")));
    } catch (IllegalArgumentException e) {
      throw damaged(file, "its letters, vocabulary or horizon make no inputs");
    }
  }

  /**
   * Refuses a value that was learnt for a different model or temperature, a different verifier, or
   * shorter responses.
   *
   * @param file its name, for messages
   * @param model at the temperature of the run
   * @throws LearningException that names the difference and the fix
   */
  public void requireFit(Path file, LanguageModel model, Verifier verifier, int maxTokens) {
    String fingerprint = model.identity().fingerprint();
    if (!get("model_fingerprint").equals(fingerprint)) {
      throw new LearningException(
          file
              + " was trained on "
              + get("model")
              + " (fingerprint "
              + get("model_fingerprint")
              + "), not on "
              + model.identity().name()
              + " ("
              + fingerprint
              + "); train a value for this model and temperature");
    }
    if (model.vocabulary().size() != number(file, "vocabulary_size")) {
      throw damaged(file, "its vocabulary is not that of its model");
    }
    if (tokens.isPresent() && tokens.get().size() != model.vocabulary().size()) {
      throw damaged(file, "it has vectors of other tokens than those of its model");
    }
    requireSame(file, "verifier", verifier.name(), "--verifier");
    double trained = number(file, "max_tokens");
    if (maxTokens > trained) {
      throw new LearningException(
          file
              + " was trained for responses of at most "
              + get("max_tokens")
              + " tokens, not "
              + maxTokens
              + "; give a lower --max-tokens or train another value");
    }
  }

  private void requireSame(Path file, String name, String wanted, String flag) {
    if (!get(name).equals(wanted)) {
      throw new LearningException(
          file
              + " was trained for "
              + name
              + " '"
              + get(name)
              + "', not '"
              + wanted
              + "'; give "
              + flag
              + " as it was or train another value");
    }
  }

  /**
   * The value.
   *
   * @param features features of the kind and width in the file
   */
  public LearnedValue value(Path file, PrefixFeatures features) {
    if (!features.kind().equals(get("features")) || features.width() != mlp.inputs()) {
      throw damaged(
          file,
          "it requires "
              + mlp.inputs()
              + " "
              + get("features")
              + " inputs, and the model has "
              + features.width()
              + " "
              + features.kind());
    }
    return new LearnedValue(
        features, mlp, number(file, "log_scale"), number(file, "log_floor"), prior(file));
  }

  private DepthPrior prior(Path file) {
    String logits = get("depth_logits");
    if (logits.isEmpty()) {
      return DepthPrior.NONE;
    }
    try {
      return new DepthPrior(Arrays.stream(logits.split(",", -1)).map(Double::valueOf).toList());
    } catch (NumberFormatException e) {
      throw damaged(file, "depth_logits are not numbers");
    }
  }

  private double number(Path file, String name) {
    try {
      return Double.parseDouble(get(name));
    } catch (NumberFormatException e) {
      throw damaged(file, name + " is '" + get(name) + "', not a number");
    }
  }

  static LearningException damaged(Path file, String how) {
    return new LearningException(
        "the value file " + file + " is damaged: " + how + "; train another");
  }
}
