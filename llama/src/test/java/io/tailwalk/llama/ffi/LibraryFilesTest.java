package io.tailwalk.llama.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFilesTest {
  @TempDir Path folder;

  @Test
  void unpacked_twice_writesOnceAndLeavesNothingElse() throws IOException {
    byte[] content = {1, 2, 3};
    Path first = LibraryFiles.unpacked(folder, "lib.so", content);
    assertThat(Files.readAllBytes(first)).isEqualTo(content);
    var written = Files.getLastModifiedTime(first);
    assertThat(LibraryFiles.unpacked(folder, "lib.so", content)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    try (Stream<Path> files = Files.list(first.getParent())) {
      assertThat(files).containsExactly(first);
    }
    assertThat(LibraryFiles.unpacked(folder, "lib.so", new byte[] {4})).isNotEqualTo(first);
  }

  @Test
  void unpacked_damagedCopy_isReplaced() throws IOException {
    byte[] content = {1, 2, 3};
    Path file = LibraryFiles.unpacked(folder, "lib.so", content);
    Files.delete(file);
    Files.write(file, new byte[] {9, 2, 3});
    assertThat(Files.readAllBytes(LibraryFiles.unpacked(folder, "lib.so", content)))
        .isEqualTo(content);
  }

  @Test
  void ofUser_folder_findsTheLibraryUnderAnyOfItsNames() throws IOException {
    for (String name :
        List.of(
            "libllama.so",
            "libllama.v0.5.0.so",
            "libllama.vulkan.v0.5.0.so",
            "libllama.so.0.5",
            "libllama.metal.v0.4.0.dylib",
            "llama.cuda.v0.4.0.dll",
            "libllama.dylib")) {
      Path own = Files.createDirectory(folder.resolve(name + "-folder"));
      Path file = Files.createFile(own.resolve(name));
      Files.createFile(own.resolve("libggml.so"));
      Files.createFile(own.resolve("libllama-common.so"));
      assertThat(LibraryFiles.ofUser(own)).isEqualTo(file);
    }
  }

  @Test
  void gpuBackEnds_otherFiles_areNone() throws IOException {
    Path library = Files.createFile(folder.resolve("libllama.so"));
    Files.createFile(folder.resolve("libggml-cpu-haswell.so"));
    assertThat(LibraryFiles.gpuBackEnds(library)).isEmpty();
    Path vulkan = Files.createFile(folder.resolve("libggml-vulkan.so"));
    assertThat(LibraryFiles.gpuBackEnds(library)).containsExactly(vulkan);
  }
}
