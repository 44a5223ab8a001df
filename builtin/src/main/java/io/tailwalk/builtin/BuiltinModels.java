package io.tailwalk.builtin;

import io.tailwalk.builtin.ngram.NgramModel;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The language models that come with Tailwalk, by name. */
public final class BuiltinModels {
  /** The prefix of the names. */
  public static final String PREFIX = "builtin:";

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "austen",
              "austen.txt",
              "byte-level 9-gram model of \"Pride and Prejudice\" (Jane Austen, 1813, public"
                  + " domain)",
              "e4ff9ac97f57078f6031200e9f05f033539ae46b0e03172a43131cafd2574013"));

  /**
   * A model and its text.
   *
   * @param fingerprint the one that {@link NgramModel} would compute; known here because hashing
   *     the text, with the start of the JDK's providers, takes a twentieth of a short run
   */
  private record Entry(String name, String resource, String description, String fingerprint) {}

  private BuiltinModels() {}

  /** The names, without the prefix, in the order of display. */
  public static List<String> names() {
    return ENTRIES.stream().map(Entry::name).toList();
  }

  /** One line on what a model is; empty for an unknown name. */
  public static Optional<String> description(String name) {
    return find(name).map(Entry::description);
  }

  /**
   * Trains a model; takes a fraction of a second.
   *
   * @param name with or without {@code builtin:} in front
   * @throws ModelException if the name is unknown
   */
  public static LanguageModel open(String name) {
    Entry entry =
        find(name)
            .orElseThrow(() ->
                new ModelException(
                    "unknown model "
                        + PREFIX
                        + bare(name)
                        + "; the valid names are: "
                        + String.join(", ", names().stream().map(n -> PREFIX + n).toList())));
    var identity =
        new ModelIdentity(PREFIX + entry.name(), entry.description(), entry.fingerprint());
    return NgramModel.train(identity, bytes(entry.resource()));
  }

  private static Optional<Entry> find(String name) {
    return ENTRIES.stream().filter(entry -> entry.name().equals(bare(name))).findFirst();
  }

  private static String bare(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = BuiltinModels.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelException(
            "the text " + resource + " is missing from tailwalk-builtin.jar; build it again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
