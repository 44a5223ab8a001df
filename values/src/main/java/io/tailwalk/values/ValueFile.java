package io.tailwalk.values;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.Verifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A learned value in a file: safetensors with the perceptron's layers as {@code layer.I.weight} and
 * {@code layer.I.bias}, and metadata that describe its origin.
 *
 * @param metadata see the names here; all are strings
 * @param mlp the perceptron
 */
public record ValueFile(Map<String, String> metadata, Mlp mlp) {
  /** The metadata entry of the format, and its value. */
  public static final String FORMAT = "format";

  private static final String VERSION = "tailwalk-value-1";
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
      metadata.put(
          "letters",
          tokens.letters().stream().map(letter -> "" + letter).collect(Collectors.joining(",")));
    }
    metadata.put("log_scale", "" + value.logScale());
    metadata.put("log_floor", "" + value.logFloor());
    metadata.put(
        "depth_logits",
        value.prior().logits().stream().map(logit -> "" + logit).collect(Collectors.joining(",")));
    return new ValueFile(metadata, value.mlp());
  }

  /** Writes it completely or not at all. */
  public void write(Path file) {
    float[] values = mlp.parameters();
    List<Integer> widths = mlp.widths();
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    int matrix = 0;
    int bias = Mlp.matrixSize(widths);
    for (int i = 1; i < widths.size(); i++) {
      int out = widths.get(i);
      int size = out * widths.get(i - 1);
      var shape = List.of(out, widths.get(i - 1));
      tensors.put("layer." + i + ".weight", new SafeTensors.Tensor(shape, values, matrix, size));
      tensors.put("layer." + i + ".bias", new SafeTensors.Tensor(List.of(out), values, bias, out));
      matrix += size;
      bias += out;
    }
    new SafeTensors(metadata, tensors).write(file);
  }

  /**
   * Reads a file.
   *
   * @throws LearningException if it is not a value file
   */
  public static ValueFile read(Path file) {
    SafeTensors content = SafeTensors.read(file, WHAT);
    if (!VERSION.equals(content.metadata().get(FORMAT))) {
      throw new LearningException(
          file + " is not a value file of this version; make one with tailwalk value train");
    }
    List<Integer> widths = new ArrayList<>();
    List<float[]> matrices = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int i = 1; content.tensors().containsKey("layer." + i + ".weight"); i++) {
      SafeTensors.Tensor weight = tensor(content, file, "layer." + i + ".weight", 2);
      SafeTensors.Tensor bias = tensor(content, file, "layer." + i + ".bias", 1);
      if (i == 1) {
        widths.add(weight.shape().get(1));
      }
      boolean fits = weight.shape().get(1).equals(widths.getLast());
      if (!fits || !weight.shape().getFirst().equals(bias.shape().getFirst())) {
        throw damaged(file, "its layers do not fit together");
      }
      widths.add(weight.shape().getFirst());
      matrices.add(weight.values());
      biases.add(bias.values());
    }
    matrices.addAll(biases);
    try {
      return new ValueFile(content.metadata(), new Mlp(widths, joined(matrices)));
    } catch (LearningException e) {
      throw damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static SafeTensors.Tensor tensor(
      SafeTensors content, Path file, String name, int dimensions) {
    SafeTensors.Tensor tensor = content.tensors().get(name);
    if (tensor == null || tensor.shape().size() != dimensions) {
      throw damaged(file, name + " is missing or of another shape");
    }
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw damaged(file, name + " holds numbers that are not finite");
      }
    }
    return tensor;
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** An entry of the metadata, empty if it is missing. */
  public String get(String name) {
    return metadata.getOrDefault(name, "");
  }

  /** The same with a different entry of the metadata. */
  public ValueFile with(String name, String entry) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(name, entry);
    return new ValueFile(more, mlp);
  }

  /** Whether the value reads tokens, not hidden states. */
  public boolean readsTokens() {
    return get("features").equals(OneHot.KIND) || get("features").equals(LetterCounts.KIND);
  }

  /**
   * The features of tokens that the value was learnt on.
   *
   * @param file its name, for messages
   */
  public TokenFeatures tokens(Path file) {
    try {
      List<Integer> letters =
          Arrays.stream(get("letters").split(",", -1)).map(Integer::valueOf).toList();
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

  private static LearningException damaged(Path file, String how) {
    return new LearningException(
        "the value file " + file + " is damaged: " + how + "; train another");
  }
}
