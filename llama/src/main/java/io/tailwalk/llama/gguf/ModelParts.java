package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a model. A split model has as many as the entry {@code split.count} of its first
 * file says, and they are named {@code NAME-00001-of-00003.gguf}; llama.cpp finds them by these
 * names.
 */
public final class ModelParts {
  private static final Pattern NAME = Pattern.compile("(.*-)\\d{5}(-of-)(\\d{5})(\\.gguf)");

  private ModelParts() {}

  /**
   * The paths of all files of a model, in order; just its own for a model in one file.
   *
   * @throws ModelException if one of them is missing or their names do not show their order
   */
  public static List<Path> of(GgufFile file) {
    long count = file.metadata().get("split.count") instanceof Long number ? number : 1;
    if (count <= 1) {
      return List.of(file.path());
    }
    Matcher name = NAME.matcher(String.valueOf(file.path().getFileName()));
    if (!name.matches() || Long.parseLong(name.group(3)) != count) {
      throw new ModelException(
          file.path()
              + " is one of "
              + count
              + " files of a split model, but is not named like NAME-00001-of-%05d.gguf; give the"
                  .formatted(count)
              + " files the names they had");
    }
    List<Path> parts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String number = String.format(Locale.ROOT, "%05d", i);
      Path part =
          file.path()
              .resolveSibling(
                  name.group(1) + number + name.group(2) + name.group(3) + name.group(4));
      if (!Files.isRegularFile(part)) {
        throw new ModelException(
            part + " is missing: the model is split into " + count + " files; fetch it too");
      }
      parts.add(part);
    }
    return List.copyOf(parts);
  }
}
