package io.tailwalk.llama.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an installed llama.cpp library computes on; the name under which it is kept. */
public enum EngineKind {
  /** The processor only. */
  CPU,
  /** Nvidia's GPUs. */
  CUDA,
  /** GPUs of most makers. */
  VULKAN,
  /** Apple's GPUs. */
  METAL;

  /** The name in flags. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a name; empty if it is unknown. */
  public static Optional<EngineKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** The kinds for which a package is known on this platform, {@link #CPU} first. */
  public static List<EngineKind> here() {
    return Arrays.stream(values())
        .filter(kind -> EnginePackage.of(Platform.here(), kind).isPresent())
        .toList();
  }

  /** The kinds with a GPU back end for which a package is known on this platform. */
  public static List<EngineKind> ofGpusHere() {
    return here().stream().filter(kind -> kind != CPU).toList();
  }

  /** The kind to install for newer models on this platform. */
  public static EngineKind plain() {
    return here().stream().findFirst().orElse(CPU);
  }

  /** The valid names. */
  public static String words() {
    return Arrays.stream(values()).map(EngineKind::word).collect(Collectors.joining(", "));
  }
}
