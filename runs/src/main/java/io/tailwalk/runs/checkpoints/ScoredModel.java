package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.TemperedModel;
import io.tailwalk.core.model.TruncatedModel;
import io.tailwalk.core.model.Truncation;
import io.tailwalk.runs.models.Models;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.verifiers.spec.ModelOpener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A scoring model, given as {@code [NAME=]MODEL[@TEMPERATURE]}.
 *
 * @param name name in the score table
 * @param model name of the model, as accepted by {@code Tailwalk.open}
 * @param temperature temperature of the distribution, 1 for the model itself
 * @param truncation cuts of its distribution at the temperature
 */
public record ScoredModel(String name, String model, double temperature, Truncation truncation) {
  private static final Pattern FORM =
      Pattern.compile("(?:([^=:/\\\\]+)(?<!,lora)=)?(.+?)(?:@([0-9.]+(?:[eE][-+]?[0-9]+)?))?");

  /** A model whose distribution is not cut. */
  public ScoredModel(String name, String model, double temperature) {
    this(name, model, temperature, Truncation.NONE);
  }

  /** The same model with another cut of its distribution. */
  public ScoredModel withTruncation(Truncation other) {
    return new ScoredModel(name, model, temperature, other);
  }

  /** Parses models and checks that their names are unique. */
  public static List<ScoredModel> parse(List<String> flags) {
    List<ScoredModel> models = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String flag : flags) {
      ScoredModel model = parse(flag);
      if (!names.add(model.name)) {
        throw InputException.about(
            "model",
            "two models are named '"
                + model.name
                + "'; give them different names, as in first="
                + model.model);
      }
      models.add(model);
    }
    return models;
  }

  private static ScoredModel parse(String flag) {
    Matcher matcher = FORM.matcher(flag);
    if (!matcher.matches()) {
      throw InputException.about(
          "model", "the form is [NAME=]MODEL[@TEMPERATURE], got '" + flag + "'");
    }
    String model = matcher.group(2);
    double temperature = 1;
    String suffix = "";
    if (matcher.group(3) != null) {
      temperature = temperature(flag, matcher.group(3));
      suffix = "@" + matcher.group(3);
    }
    String name = matcher.group(1) == null ? shortName(model) + suffix : matcher.group(1);
    return new ScoredModel(name, model, temperature);
  }

  private static double temperature(String flag, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value > 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw InputException.about("model", flag + ": '" + text + "' is not a temperature", e);
    }
    throw InputException.about("model", flag + ": the temperature must be above 0 and finite");
  }

  /** The file name without folder and extension; the full name of a builtin model. */
  private static String shortName(String model) {
    String[] parts = model.split(",lora=", -1);
    if (!parts[0].endsWith(".gguf") && !Models.isCheckpoint(model)) {
      return model;
    }
    return Arrays.stream(parts).map(ScoredModel::fileName).collect(Collectors.joining("+"));
  }

  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
        .replaceFirst("^(gguf|checkpoint):", "")
        .replaceFirst("\\.(gguf|safetensors)(?==|$)", "");
  }

  /** Opens the model; the caller closes it. */
  public LanguageModel open(ModelOpener models) {
    return TruncatedModel.of(TemperedModel.of(models.open(model), temperature), truncation);
  }
}
