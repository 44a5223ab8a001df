package io.tailwalk.llama;

import io.tailwalk.chat.ChatTemplate;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufFile;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The command of a trial: this JDK with the classes of this module, and none of the secrets. */
final class TrialCommand {
  /** Classes from every module that a trial needs. */
  private static final List<Class<?>> NEEDED =
      List.of(TrialMain.class, ModelException.class, ChatTemplate.class);

  /** Variables that a JDK, a dynamic linker or a llama.cpp library reads. */
  private static final List<String> KEPT =
      List.of(
          "path", "home", "userprofile", "systemroot", "windir", "temp", "tmp", "tmpdir", "lang");

  private static final List<String> KEPT_PREFIXES =
      List.of(
          "lc_",
          "ld_library",
          "dyld_",
          "omp_",
          "gomp_",
          "kmp_",
          "ggml_",
          "llama_",
          "cuda_",
          "nvidia_",
          "hip_",
          "rocr_",
          "hsa_",
          "vk_",
          "sycl_",
          "oneapi_");

  private TrialCommand() {}

  /**
   * The command.
   *
   * @throws ModelException if this JVM has no program to start or its classes are not in files
   */
  static ProcessBuilder of(GgufFile file, Path library, LlamaOptions options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(file.path()),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + (File.separatorChar == '/' ? "/dev/null" : "NUL"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(file.path()),
                TrialMain.class.getName(),
                file.path().toAbsolutePath().toString(),
                library.toAbsolutePath().toString(),
                Integer.toString(options.threads()),
                Integer.toString(options.batchTokens()),
                Integer.toString(options.maxSequences()),
                options.cacheType().name(),
                Boolean.toString(options.memoryMap()),
                Integer.toString(options.microBatchTokens()),
                Boolean.toString(options.flashAttention())));
    command.add(Integer.toString(options.adapters().size()));
    for (LoraAdapter adapter : options.adapters()) {
      command.add(adapter.file().toAbsolutePath().toString());
      command.add(Double.toString(adapter.scale()));
    }
    command.addAll(options.gpu().encoded());
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> !isKept(name));
    // Without it a failed assertion starts a debugger.
    builder.environment().put("GGML_NO_BACKTRACE", "1");
    return builder.directory(new File(System.getProperty("java.io.tmpdir")));
  }

  /** Whether the process gets a variable of the environment. */
  static boolean isKept(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return KEPT.contains(lower) || KEPT_PREFIXES.stream().anyMatch(lower::startsWith);
  }

  private static String java(Path file) {
    String home = System.getProperty("java.home");
    if (home == null) {
      throw TrialVerdict.notTried(file, "this program has no JDK of its own", null);
    }
    return Stream.of("java", "java.exe")
        .map(name -> Path.of(home, "bin", name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> TrialVerdict.notTried(file, home + " has no program bin/java", null))
        .toString();
  }

  private static String classPath(Path file) {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> needed : NEEDED) {
      places.add(
          place(needed)
              .orElseThrow(() ->
                  TrialVerdict.notTried(
                      file, needed.getName() + " is not in a jar or folder of its own", null))
              .toString());
    }
    return String.join(File.pathSeparator, places);
  }

  /** The jar or folder of a class; empty inside another jar and in images. */
  private static Optional<Path> place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI())).filter(Files::exists);
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException _) {
      return Optional.empty();
    }
  }
}
