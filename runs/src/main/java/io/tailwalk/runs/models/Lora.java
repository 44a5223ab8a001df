package io.tailwalk.runs.models;

import io.tailwalk.runs.work.InputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A low-rank adapter (LoRA) of a GGUF model.
 *
 * @param file GGUF file of the adapter
 * @param scale factor of its change, finite; 1 for the adapter as trained
 */
public record Lora(Path file, double scale) {
  private static final String SETTING = "lora";

  /** Begins an adapter in the name of a model. */
  private static final String IN_NAME = ",lora=";

  private static final Pattern SCALED =
      Pattern.compile("(.+)=([-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?)");

  /** Refuses a scale that is not finite in single precision. */
  public Lora {
    if (!Float.isFinite((float) scale)) {
      throw InputException.about(
          SETTING, "the scale of " + file + " must be a finite number, got " + scale);
    }
  }

  /**
   * Reads {@code FILE} or {@code FILE=SCALE}.
   *
   * @throws InputException if it has another form
   */
  public static Lora parse(String text) {
    Matcher scaled = SCALED.matcher(text);
    boolean given = scaled.matches();
    String file = given ? scaled.group(1) : text;
    if (file.isBlank()) {
      throw InputException.about(SETTING, "the form is FILE[=SCALE], got '" + text + "'");
    }
    try {
      int equals = text.lastIndexOf('=');
      if (!given
          && equals > 0
          && Files.isRegularFile(Path.of(text.substring(0, equals)))
          && !Files.exists(Path.of(text))) {
        throw InputException.about(
            SETTING,
            "the scale of %s must be a finite number, got '%s'"
                .formatted(text.substring(0, equals), text.substring(equals + 1)));
      }
      return new Lora(Path.of(file), given ? Double.parseDouble(scaled.group(2)) : 1);
    } catch (InvalidPathException e) {
      throw InputException.about(SETTING, "not a path on this system: " + file, e);
    }
  }

  /** The name of a model without the adapters in it. */
  static String withoutAdapters(String name) {
    int at = name.indexOf(IN_NAME);
    return at < 0 ? name : name.substring(0, at);
  }

  /** The adapters in the name of a model, {@code gguf:PATH,lora=FILE[=SCALE]...}. */
  static List<Lora> inName(String name) {
    return Arrays.stream(name.split(IN_NAME, -1)).skip(1).map(Lora::parse).toList();
  }

  /** Two lists of adapters, one behind the other. */
  static List<Lora> both(List<Lora> first, List<Lora> second) {
    List<Lora> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
