package io.tailwalk.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.tiny.TinyLlama;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User errors: each results in one clear sentence and never in the end of the JVM. */
class BadInputTest {
  private static final int VOCABULARY = 64;

  @TempDir Path folder;

  private LlamaModel tiny() {
    return TestModels.open(
        new TinyLlama(81, VOCABULARY).withoutTokenizer(), folder, TestModels.EXACT);
  }

  private static void assertRefused(Path file, String... words) {
    assertThatThrownBy(() -> LlamaModel.open(file, TestModels.EXACT).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void open_noSuchFile_saysSo() {
    assertRefused(folder.resolve("none.gguf"), "file not found");
  }

  @Test
  void open_folder_saysSo() {
    assertRefused(folder, "is not a file");
  }

  @Test
  void open_textFile_saysItIsNoGguf() throws IOException {
    assertRefused(
        Files.writeString(folder.resolve("a.gguf"), "Once upon a time"),
        "is not a GGUF file",
        "\"Once\"");
  }

  @Test
  void open_emptyFile_saysItIsCutShort() throws IOException {
    assertRefused(Files.createFile(folder.resolve("empty.gguf")), "is cut short");
  }

  @Test
  void open_otherVersion_saysSo() throws IOException {
    byte[] bytes = new TinyLlama(81, VOCABULARY).withoutTokenizer().bytes();
    bytes[4] = 9;
    assertRefused(Files.write(folder.resolve("v9.gguf"), bytes), "GGUF version 9");
  }

  @Test
  void open_cutAtAnyLength_isRefusedBeforeNativeCode() throws IOException {
    byte[] bytes = new TinyLlama(81, VOCABULARY).withTokenizer("").bytes();
    Path file = folder.resolve("cut.gguf");
    for (int length = 4; length < bytes.length; length += 1 + length / 40) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertRefused(file, "fetch");
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(file, "is cut short");
  }

  @Test
  void open_refusedByTheLibrary_givesItsReason() {
    Path file =
        new TinyLlama(81, VOCABULARY)
            .withoutTokenizer()
            .text("general.architecture", "nosuch")
            .uint32("nosuch.context_length", 8)
            .uint32("nosuch.embedding_length", 8)
            .uint32("nosuch.block_count", 1)
            .write(folder.resolve("arch.gguf"));
    assertRefused(file, "llama.cpp cannot load", "unknown model architecture");
  }

  @Test
  void open_promptLongerThanContext_namesBothLengths() {
    try (LlamaModel model = tiny()) {
      assertThatThrownBy(() -> model.open(new int[510], new ContextOptions(10, 1)).close())
          .isInstanceOf(ModelException.class)
          .hasMessageContainingAll("510", "520", "512", "lower max_tokens");
    }
  }

  @Test
  void open_promptLongerThanChosenContext_saysWhatToRaise() {
    LlamaOptions options = TestModels.EXACT.withContextTokens(20);
    try (LlamaModel model =
        TestModels.open(new TinyLlama(81, VOCABULARY).withoutTokenizer(), folder, options)) {
      assertThatThrownBy(() -> model.open(new int[15], new ContextOptions(10, 1)).close())
          .isInstanceOf(ModelException.class)
          .hasMessageContainingAll("25", "20", "raise the context size");
    }
  }

  @Test
  void open_emptyPromptOrForeignToken_isRefused() {
    try (LlamaModel model = tiny()) {
      ContextOptions room = new ContextOptions(4, 1);
      assertThatThrownBy(() -> model.open(new int[0], room).close())
          .isInstanceOf(ModelException.class);
      assertThatThrownBy(() -> model.open(new int[] {VOCABULARY}, room).close())
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("token id 64");
      assertThatThrownBy(() -> model.encode(new Prompt.Tokens(List.of(1, -1))))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("token id -1");
    }
  }

  @Test
  void next_tooLongOrForeignToken_isRefused() {
    try (LlamaModel model = tiny();
        LlamaContext context = model.open(new int[] {1}, new ContextOptions(4, 1))) {
      assertThatThrownBy(() -> context.next(new int[][] {new int[5]}))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("context overflow");
      assertThatThrownBy(() -> context.score(new int[5])).isInstanceOf(ModelException.class);
      assertThatThrownBy(() -> context.next(new int[][] {{-1}}))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> context.score(new int[] {VOCABULARY}))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(context.next(new int[][] {new int[4]})).hasSize(1);
    }
  }

  @Test
  void close_twiceAndUseAfter_isAnIllegalState() {
    LlamaModel model = tiny();
    LlamaContext context = model.open(new int[] {1}, new ContextOptions(4, 1));
    model.close();
    model.close();
    assertThat(context.next(new int[][] {{2}})).hasSize(1);
    context.close();
    context.close();
    assertThatThrownBy(() -> context.next(new int[][] {{2}}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> context.score(new int[] {2}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> model.open(new int[] {1}, new ContextOptions(4, 1)).close())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> model.vocabulary().encode("a"))
        .isInstanceOfAny(IllegalStateException.class, ModelException.class);
  }

  @Test
  void library_missingOrEmptyFolder_saysSo() {
    assertLibraryRefused(folder.resolve("none.so"), "llama.cpp library not found");
    assertLibraryRefused(folder, "contains no libllama");
  }

  @Test
  void library_textFile_cannotBeLoaded() throws IOException {
    assertLibraryRefused(
        Files.writeString(folder.resolve("libllama.so"), "text"), "cannot load the library");
  }

  @Test
  void library_ofSomethingElse_saysWhatIsMissing() {
    Path other = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
    assumeThat(other).exists();
    assertLibraryRefused(other, "has no function llama_");
  }

  private void assertLibraryRefused(Path library, String words) {
    Path file = new TinyLlama(81, VOCABULARY).withoutTokenizer().write(folder.resolve("t.gguf"));
    assertThatThrownBy(() -> LlamaModel.open(file, TestModels.EXACT.withLibrary(library)).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(words)
        .hasMessageContaining(library.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void next_tinyCaches_doNotAbort(int maxCompletion) {
    for (int batch : new int[] {2, 3, 7}) {
      LlamaOptions options =
          TestModels.EXACT.withBatchTokens(batch).withContextTokens(1 + maxCompletion);
      try (LlamaModel model =
              TestModels.open(new TinyLlama(81, VOCABULARY).withoutTokenizer(), folder, options);
          LlamaContext context = model.open(new int[] {1}, new ContextOptions(maxCompletion, 4))) {
        int[][] prefixes = new int[10][maxCompletion];
        for (int i = 0; i < prefixes.length; i++) {
          prefixes[i][maxCompletion - 1] = i;
        }
        assertThat(context.next(prefixes)).hasSize(10);
      }
    }
  }
}
