package io.tailwalk.llama.engine;

import java.util.Locale;

/** Operating system and processor, as npm packages name them. */
final class Platform {
  private Platform() {}

  /** This platform, for example {@code linux-x64}. */
  static String here() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static String of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String machine = osArch.toLowerCase(Locale.ROOT);
    String arch =
        switch (machine) {
          case "amd64", "x86_64", "x64" -> "x64";
          case "aarch64", "arm64" -> "arm64";
          default -> machine;
        };
    return (os.contains("mac") ? "mac" : os.contains("win") ? "win" : "linux") + "-" + arch;
  }
}
