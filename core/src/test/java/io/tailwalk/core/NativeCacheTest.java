package io.tailwalk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir private Path cache;
  private final AtomicInteger opened = new AtomicInteger();

  private InputStream packed() {
    opened.incrementAndGet();
    return new ByteArrayInputStream(CONTENT);
  }

  private Path library(String content) throws IOException {
    return NativeCache.library(cache, content, "lib.so", CONTENT.length, this::packed);
  }

  @Test
  void library_manyAtOnce_areUnpackedOnce() {
    var all =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(() -> {
                  try {
                    return library("a");
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }))
            .toList();
    all.forEach(file -> assertThat(file.join()).hasBinaryContent(CONTENT));
    assertThat(opened).hasValue(1);
  }

  @Test
  void library_killedWhileUnpacking_leavesNothingForGood() throws IOException {
    Files.write(cache.resolve("unpacking"), new byte[100]);
    assertThat(library("a")).hasBinaryContent(CONTENT);
    assertThat(cache.resolve("unpacking")).doesNotExist();
  }

  @Test
  void library_cutShort_isReplaced() throws IOException {
    Path file = library("a");
    Files.delete(file);
    Files.write(file, new byte[] {1});
    assertThat(library("a")).hasBinaryContent(CONTENT);
  }

  @Test
  void library_unpacked_isReadableForAllAndWritableForNone() throws IOException {
    assumeThat(Files.getFileStore(cache).supportsFileAttributeView("posix")).isTrue();
    Path file = library("a");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("r--r--r--");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void library_packedHasAnotherSize_isRefused() {
    assertThatThrownBy(() -> NativeCache.library(cache, "a", "lib.so", 4, this::packed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has not the size");
  }

  @Test
  void library_othersUnusedForLong_areDeleted() throws IOException {
    library("old");
    library("used");
    FileTime longAgo =
        FileTime.from(Instant.now().minus(NativeCache.KEPT).minus(Duration.ofDays(1)));
    for (String name : new String[] {"old", "old.used", "used"}) {
      Files.setLastModifiedTime(cache.resolve(name), longAgo);
    }
    library("new");
    assertThat(cache.resolve("old")).doesNotExist();
    assertThat(cache.resolve("old.used")).doesNotExist();
    assertThat(cache.resolve("used")).exists();
  }
}
