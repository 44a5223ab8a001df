package io.tailwalk.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.LlamaLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installations of the embedded library, as if it were a package; npm is a script. */
class EnginesTest {
  private static final String NAME = "libllama.so";

  @TempDir Path folder;
  private Path cache = Path.of("");
  private Path library = Path.of("");

  @BeforeEach
  void copyTheLibrary() throws IOException {
    cache = Files.createDirectory(folder.resolve("cache"));
    library = Files.createDirectory(folder.resolve("own")).resolve(NAME);
    Files.copy(LlamaLibrary.embedded().path(), library);
  }

  private Engines engines(String... npm) {
    return new Engines(cache, new NpmClient(List.of(npm)));
  }

  @Test
  void install_file_isKeptCompletelyAndFoundByItsKind() throws IOException {
    Engine engine = engines().install(EngineKind.CPU, library);
    assertThat(engine.isIntact()).isTrue();
    assertThat(engine.build()).isEqualTo(LlamaLibrary.embedded().build().words());
    assertThat(engine.source()).contains(NAME, "not pinned");
    assertThat(engine.library()).hasSameBinaryContentAs(library);
    assertThat(engines().all()).containsExactly(engine);
    if (Files.getFileStore(cache).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(engine.library())))
          .isEqualTo("r--r--r--");
    }
    assertThat(engines().remove(EngineKind.CPU)).isTrue();
    assertThat(engines().remove(EngineKind.CPU)).isFalse();
    assertThat(engine.library()).doesNotExist();
  }

  @Test
  void remove_libraryThatThisProcessUses_leavesItsFilesUntilTheEnd() throws IOException {
    Engine engine = engines().install(EngineKind.CPU, library);
    assertThat(engines().library(EngineKind.CPU)).isEqualTo(engine.library());
    assertThat(engines().remove(EngineKind.CPU)).isTrue();
    assertThat(engines().all()).isEmpty();
    assertThat(engine.library()).hasSameBinaryContentAs(library);
  }

  @Test
  void library_notInstalled_namesTheCommand() {
    assertThatThrownBy(() -> engines().library(EngineKind.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("run ./tailwalk engine install cpu once");
  }

  @Test
  void library_kindWithoutAPackageHere_saysSo() {
    EngineKind foreign =
        Arrays.stream(EngineKind.values())
            .filter(kind -> !EngineKind.here().contains(kind))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(() -> engines().library(foreign))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("no " + foreign.word() + " package", "--from FILE");
  }

  @Test
  void install_libraryWithoutTheBackEnd_isRefused() throws IOException {
    assertThatThrownBy(() -> engines().install(EngineKind.CUDA, library))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(library.toString(), "no back end for cuda");
    assertThat(engines().all()).isEmpty();
    Files.write(library.resolveSibling("libggml-cuda.so"), new byte[] {1});
    BackEnds.require(EngineKind.CUDA, library.resolveSibling(""), library);
  }

  @Test
  void contains_textAcrossBlocks_isFound() throws IOException {
    byte[] content = new byte[(1 << 20) + 9];
    byte[] text = "ggml_x".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, content, (1 << 20) - 3, text.length);
    Path file = Files.write(folder.resolve("content"), content);
    assertThat(BackEnds.contains(file, "ggml_x")).isTrue();
    assertThat(BackEnds.contains(file, "ggml_y")).isFalse();
  }

  @Test
  void library_changedOrAddedFile_isRefused() throws IOException {
    Path installed = engines().install(EngineKind.CPU, library).library();
    Path added = Files.createFile(installed.resolveSibling("libggml-cpu-x.so"));
    assertRefused();
    Files.delete(added);
    assertThat(engines().library(EngineKind.CPU)).isEqualTo(installed);
    byte[] content = Files.readAllBytes(installed);
    content[content.length / 2] ^= 1;
    Files.delete(installed);
    Files.write(installed, content);
    assertRefused();
    engines().install(EngineKind.CPU, library);
    assertThat(engines().library(EngineKind.CPU)).hasSameBinaryContentAs(library);
    Path list = installed.resolveSibling(Manifest.NAME);
    Files.delete(list);
    Files.writeString(list, "tailwalk engine 1\n");
    assertRefused();
  }

  private void assertRefused() {
    assertThatThrownBy(() -> engines().library(EngineKind.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("changed or is damaged", "./tailwalk engine install cpu");
  }

  @Test
  void install_fileThatCannotBeLoaded_leavesTheOldOne() throws IOException {
    Path first = engines().install(EngineKind.CPU, library).library();
    Path text = Files.createDirectory(folder.resolve("text")).resolve(NAME);
    Files.writeString(text, "not a library, and longer than the header of one".repeat(9));
    assertThatThrownBy(() -> engines().install(EngineKind.CPU, text))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot load the library")
        .message()
        .hasLineCount(1);
    assertThat(engines().library(EngineKind.CPU)).isEqualTo(first);
    try (Stream<Path> left = Files.list(cache).filter(Files::isDirectory)) {
      assertThat(left).containsExactly(first.getParent());
    }
    assertThatThrownBy(() -> engines().install(EngineKind.CPU, folder.resolve("none")))
        .hasMessageContaining("not found");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> engines().install(EngineKind.CPU, empty))
        .hasMessageContaining("contains no libllama");
  }

  /** A script in place of npm, which copies a package to its folder. */
  private Engines scripted(String body) throws IOException {
    assumeThat(Path.of("/bin/sh")).exists();
    Path script = Files.writeString(folder.resolve("npm.sh"), body);
    return engines("/bin/sh", script.toString());
  }

  private EnginePackage pinned(String sha512) {
    return new EnginePackage("linux-x64", EngineKind.CPU, "@x/cpu", "1.2.3", sha512);
  }

  private Path packed() throws IOException {
    return TarWriter.write(
        folder.resolve("x.tgz"),
        List.of(
            TarWriter.file("package/package.json", new byte[] {'{', '}'}),
            TarWriter.file("package/bins/linux-x64/" + NAME, Files.readAllBytes(library)),
            TarWriter.file("package/bins/linux-x64/llama-addon.node", new byte[700]),
            TarWriter.file("package/bins/linux-x64/libllama-common.so", new byte[3])));
  }

  @Test
  void install_package_isFetchedByNpmAndCheckedByItsHash() throws IOException {
    Path file = packed();
    Engines engines = scripted("test \"$4\" = @x/cpu@1.2.3 && cp " + file + " got.tgz");
    Engine engine = engines.install(EngineKind.CPU, pinned(Digests.sha512(file)));
    assertThat(engine.source()).isEqualTo("@x/cpu 1.2.3");
    try (Stream<Path> files = Files.list(engine.library().resolveSibling(""))) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder(NAME, Manifest.NAME);
    }
    assertThat(engine.library()).hasSameBinaryContentAs(library);
    engines.remove(EngineKind.CPU);
    assertThatThrownBy(() -> engines.install(EngineKind.CPU, pinned("AAAA")))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("@x/cpu 1.2.3", "not the expected AAAA", "nothing was installed");
    assertThat(engines.installed(EngineKind.CPU)).isEqualTo(Optional.empty());
  }

  @Test
  void install_npmFails_namesItsReasonAndTheOtherWay() throws IOException {
    Engines engines =
        scripted("echo 'npm error code E404'; echo 'npm error 404 Not \u001bFound'; exit 1");
    assertThatThrownBy(() -> engines.install(EngineKind.CPU, pinned("AAAA")))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("404 Not ?Found", "npm pack @x/cpu@1.2.3", "--from");
    assertThatThrownBy(() -> engines("no-such-npm").install(EngineKind.CPU, pinned("AAAA")))
        .hasMessageContainingAll("cannot run npm", "install Node.js", "--from");
  }

  @Test
  void install_archiveCutShort_isRefused() throws IOException {
    Path file = packed();
    byte[] content = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
    assertThatThrownBy(() -> engines().install(EngineKind.CPU, file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot install");
    assertThat(engines().all()).isEmpty();
  }

  @Test
  void packages_everyPlatform_isPinnedBySha512() {
    for (String platform :
        List.of("linux-x64", "linux-arm64", "mac-arm64", "mac-x64", "win-x64", "win-arm64")) {
      List<EnginePackage> known =
          Stream.of(EngineKind.values())
              .flatMap(kind -> EnginePackage.of(platform, kind).stream())
              .toList();
      assertThat(known)
          .as(platform)
          .isNotEmpty()
          .allSatisfy(each -> {
            assertThat(each.sha512()).matches("[A-Za-z0-9+/]{86}==");
            assertThat(EnginePackage.ofHash(each.sha512())).contains(each);
          });
    }
    assertThat(Platform.of("Mac OS X", "aarch64")).isEqualTo("mac-arm64");
    assertThat(Platform.of("Windows 11", "amd64")).isEqualTo("win-x64");
  }
}
