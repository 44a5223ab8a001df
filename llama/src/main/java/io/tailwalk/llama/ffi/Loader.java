package io.tailwalk.llama.ffi;

import io.tailwalk.core.model.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Loads a library of one or several files for the life of the process, and names the system's own
 * reason where that fails.
 */
final class Loader {
  private static final int MAX_REASON = 400;

  private Loader() {}

  /**
   * The functions of a library and of the ggml files next to it.
   *
   * @throws ModelException with the reason of the system's loader
   */
  static SymbolLookup open(Path library) {
    SymbolLookup all = (String name) -> Optional.empty();
    // Windows searches neither the folder of a library for the files that it needs, nor those files
    // for a function; the base has to be loaded first.
    for (Path part : parts(library)) {
      all = all.or(ifLoaded(part));
    }
    try {
      return lookup(library).or(all);
    } catch (IllegalArgumentException e) {
      String reason = reason(library).orElse("the system's loader gives no reason");
      throw new ModelException(
          "cannot load the library " + library + ": " + reason + "; " + remedy(reason), e);
    }
  }

  /**
   * The functions of a part; none if it cannot be loaded, as the library then tells with reason.
   */
  private static SymbolLookup ifLoaded(Path part) {
    try {
      return lookup(part);
    } catch (IllegalArgumentException _) {
      return (String name) -> Optional.empty();
    }
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup lookup(Path file) {
    return SymbolLookup.libraryLookup(file, Arena.global());
  }

  /** The base of ggml and its registry of back ends, in the order in which they need each other. */
  static List<Path> parts(Path library) {
    Path folder = library.toAbsolutePath().resolveSibling("");
    List<Path> parts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().matches("(lib)?ggml-base\\..*"))
          .sorted()
          .limit(1)
          .forEach(parts::add);
    } catch (IOException _) {
      return List.of(); // the loader finds the reason, if the library needs them
    }
    Path registry =
        folder.resolve(String.valueOf(library.getFileName()).replaceFirst("llama", "ggml"));
    if (!parts.isEmpty() && Files.isRegularFile(registry)) {
      parts.add(registry);
    }
    return parts;
  }

  /** Why the system does not load a file, on one line; empty if it does. */
  @SuppressWarnings("restricted")
  static Optional<String> reason(Path file) {
    Path absolute = file.toAbsolutePath();
    try {
      // The only call of the JDK that passes on the loader's message.
      System.load(absolute.toString());
      return Optional.empty();
    } catch (UnsatisfiedLinkError e) {
      String text = String.valueOf(e.getMessage()).strip().replaceAll("\\p{C}", " ");
      String start = absolute + ": ";
      // The JDK writes the file before the loader does.
      while (text.startsWith(start)) {
        text = text.substring(start.length());
      }
      return Optional.of(
          text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "...");
    }
  }

  private static String remedy(String reason) {
    if (reason.contains("GLIBC")) {
      return "it was built for a newer system than this one, so name a library that was built for this"
          + " one (./tailwalk engine install cpu fetches one)";
    }
    return reason.contains("libgomp")
        ? "install OpenMP's library (on Debian: apt install libgomp1)"
        : "check that it is a shared library for this machine and that the libraries it needs are"
            + " installed";
  }
}
