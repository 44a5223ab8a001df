package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.LlamaLibrary;
import io.tailwalk.llama.gguf.Fingerprint;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.llama.tiny.GgufWriter;
import io.tailwalk.llama.tiny.RawGguf;
import io.tailwalk.llama.tiny.TinyArchitectures;
import io.tailwalk.llama.tiny.TinyLlama;
import io.tailwalk.llama.tiny.TinyTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that ends the process ends one that is started for it. */
class TrialTest {
  private static final LlamaOptions TRIED = TestModels.EXACT.withTrust(false);

  @TempDir Path folder;

  static Iterable<Optional<Path>> libraries() {
    return TestModels.libraries();
  }

  private Path written(RawGguf file) throws IOException {
    return Files.write(folder.resolve("model.gguf"), file.bytes());
  }

  /** The embedded loader does not ask for this tensor, and its first computation reads it. */
  private Path crashing() throws IOException {
    RawGguf file = TinyArchitectures.file("phi2");
    assertThat(file.tensors.removeIf(tensor -> tensor.name().endsWith("attn_qkv.bias"))).isTrue();
    return written(file);
  }

  @Test
  void open_fileThatEndsTheProcess_isRefusedInASentence() throws IOException {
    Path file = crashing();
    assertThatThrownBy(() -> LlamaModel.open(file, TRIED).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("llama.cpp ends the process", file.toString(), "SIG", "--lib")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void open_soundFile_opens(Optional<Path> library) throws IOException {
    GgufWriter writer = new TinyLlama(System.nanoTime(), TinyTokenizer.size()).withTokenizer("");
    Path file = writer.write(folder.resolve("sound.gguf"));
    try (LlamaModel model = LlamaModel.open(file, TestModels.with(TRIED, library))) {
      assertThat(model.identity().fingerprint()).isEqualTo(Fingerprint.of(GgufFile.read(file)));
    }
  }

  @Test
  void open_weightsThatGiveOneScore_areRefused() throws IOException {
    RawGguf file = TinyArchitectures.file("qwen2");
    file.tensors.replaceAll(tensor ->
        tensor.name().equals("output_norm.weight")
            ? new RawGguf.Tensor(tensor.name(), tensor.extents(), 0, new byte[128], -1)
            : tensor);
    Path path = written(file);
    assertThatThrownBy(() -> LlamaModel.open(path, TRIED).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the same score for every token");
    assertThatCode(() -> LlamaModel.open(path, TestModels.EXACT).close())
        .doesNotThrowAnyException();
  }

  @Test
  void run_processWithoutASign_saysThatNothingIsKnown() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    assertThatThrownBy(() ->
            Trial.run(
                folder, Duration.ofMinutes(1), new ProcessBuilder(java.toString(), "no.Such")))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("cannot try", "no.Such", "--trust");
    assertThatThrownBy(
            () -> Trial.run(folder, Duration.ofMinutes(1), new ProcessBuilder("/no/such/program")))
        .hasMessageContainingAll("cannot try", "--trust");
  }

  /** A missing class or too little memory for Java is no fault of the file. */
  @Test
  void require_failureOfJava_saysThatNothingIsKnown() {
    String loading = TrialMain.MARK + TrialMain.LOADING;
    List<List<String>> failures =
        List.of(
            List.of(
                loading, TrialMain.MARK + TrialMain.FAILED + "java.lang.OutOfMemoryError: heap"),
            List.of(loading, "Exception in thread \"main\" java.lang.NoClassDefFoundError: x/Y"),
            List.of(loading, "Exception: java.lang.OutOfMemoryError thrown from the handler"),
            List.of(
                loading,
                "# There is insufficient memory for the Java Runtime Environment to continue."));
    for (List<String> output : failures) {
      for (int exit : new int[] {1, TrialMain.FAILURE}) {
        assertThatThrownBy(() -> TrialVerdict.require(folder, exit, output))
            .as("%s", output)
            .isInstanceOf(ModelException.class)
            .hasMessageContainingAll("cannot try", "--trust")
            .message()
            .doesNotContain("llama.cpp ends the process")
            .hasLineCount(1);
      }
    }
  }

  /** The process finds its program and no other class. */
  @Test
  void run_missingClass_isNoFaultOfTheFile() throws IOException {
    Path file = written(TinyArchitectures.file("llama"));
    LlamaLibrary library = LlamaLibrary.embedded();
    ProcessBuilder command = TrialCommand.of(GgufFile.read(file), library.path(), TRIED);
    List<String> words = command.command();
    int place = words.indexOf("-cp") + 1;
    String program = TrialMain.class.getName().replace('.', '/') + ".class";
    Path lonely = folder.resolve("classes").resolve(program);
    Files.createDirectories(lonely.getParent());
    try (InputStream in = TrialMain.class.getClassLoader().getResourceAsStream(program)) {
      Files.copy(Objects.requireNonNull(in), lonely);
    }
    words.set(place, folder.resolve("classes").toString());
    assertThatThrownBy(() -> Trial.run(file, Duration.ofMinutes(1), command))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("cannot try", "--trust")
        .message()
        .doesNotContain("llama.cpp ends the process");
  }

  @Test
  void run_processThatNeverEnds_isEndedAtTheLimit() {
    assumeThat(Path.of("/bin/sleep")).exists();
    long start = System.nanoTime();
    assertThatThrownBy(
            () -> Trial.run(folder, Duration.ofSeconds(1), new ProcessBuilder("/bin/sleep", "100")))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("not opened within 1 second", "--trust");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void require_outputOfTheLibrary_isEscapedAndBounded() {
    List<String> output =
        List.of(
            TrialMain.MARK + TrialMain.LOADING,
            "# A fatal error has been detected by the Java Runtime Environment:",
            "x.cpp:1: GGML_ASSERT(\u001b[31m" + "y".repeat(5_000) + ")");
    assertThatThrownBy(() -> TrialVerdict.require(folder, 134, output))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("while loading " + folder, "SIGABRT", "GGML_ASSERT(?[31m")
        .message()
        .doesNotContain("\u001b")
        .hasSizeLessThan(1_000);
    List<String> refused = List.of(TrialMain.MARK + TrialMain.REFUSED + "a sentence");
    assertThatThrownBy(() -> TrialVerdict.require(folder, TrialMain.REFUSAL, refused))
        .hasMessage("a sentence");
    assertThatThrownBy(() -> TrialVerdict.require(folder, 0, output))
        .hasMessageContaining("exit code 0");
    assertThatCode(() ->
            TrialVerdict.require(folder, 0, List.of(TrialMain.MARK + TrialMain.DONE, "noise")))
        .doesNotThrowAnyException();
  }

  @Test
  void command_secretsOfThisProcess_areNotInherited() throws IOException {
    for (String name : List.of("OPENAI_API_KEY", "AWS_SECRET", "JAVA_TOOL_OPTIONS", "PASSWORD")) {
      assertThat(TrialCommand.isKept(name)).as(name).isFalse();
    }
    for (String name : List.of("PATH", "LC_ALL", "OMP_NUM_THREADS", "LD_LIBRARY_PATH")) {
      assertThat(TrialCommand.isKept(name)).as(name).isTrue();
    }
    GgufFile file = GgufFile.read(written(TinyArchitectures.file("llama")));
    ProcessBuilder command = TrialCommand.of(file, folder.resolve("libllama.so"), TRIED);
    assertThat(command.environment().keySet()).allMatch(TrialCommand::isKept);
    assertThat(command.command()).noneMatch(word -> word.startsWith("-D"));
  }

  @Test
  void memory_passedFile_isKnownForThisLibraryOnly() throws IOException {
    Path library = Files.writeString(folder.resolve("libllama.so"), "one");
    Path memory = folder.resolve("tried");
    TrialMemory first = TrialMemory.in(memory, "hash", library);
    assertThat(first.isPassed()).isFalse();
    first.pass();
    assertThat(TrialMemory.in(memory, "hash", library).isPassed()).isTrue();
    assertThat(TrialMemory.in(memory, "other", library).isPassed()).isFalse();
    Path kernels = Files.writeString(folder.resolve("libggml-cpu.so"), "kernels");
    assertThat(TrialMemory.in(memory, "hash", library).isPassed()).isFalse();
    Files.delete(kernels);
    Files.writeString(library, "two");
    assertThat(TrialMemory.in(memory, "hash", library).isPassed()).isFalse();
  }
}
