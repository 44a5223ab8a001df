package io.tailwalk.runs.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.runs.work.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
  private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");
  private static final String LLAMA = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private void file(String name, int bytes, int daysAgo) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    FileTime time = FileTime.from(NOW.minus(Duration.ofDays(daysAgo)));
    Files.setLastModifiedTime(file, time);
    for (Path at = file.getParent(); at != null && !at.equals(folder); at = at.getParent()) {
      Files.setLastModifiedTime(at, time);
    }
  }

  private Cache filled() throws IOException {
    file(LLAMA + "/libllama.so", 1000, 90);
    file("duckdb-1-2/duckdb.so", 2000, 90);
    file("duckdb-1-2.used", 1, 3);
    file("tried/a", 0, 10);
    file("engines/cpu/libllama.so", 4000, 200);
    file("lock", 0, 0);
    return Cache.read(folder, NOW);
  }

  private static List<String> names(List<Cache.Entry> entries) {
    return entries.stream().map(Cache.Entry::name).toList();
  }

  @Test
  void read_foldersOfAnyone_haveSizeAndTimeOfLastUse() throws IOException {
    Cache cache = filled();
    assertThat(names(cache.entries())).containsExactly(LLAMA, "duckdb-1-2", "engines", "tried");
    assertThat(cache.entries())
        .extracting(Cache.Entry::bytes)
        .containsExactly(1000L, 2000L, 4000L, 0L);
    assertThat(cache.entries())
        .extracting(Cache.Entry::unusedDays)
        .containsExactly(90.0, 3.0, 200.0, 10.0);
    assertThat(cache.entries())
        .extracting(Cache.Entry::rebuilt)
        .containsExactly(true, true, false, true);
    assertThat(cache.text(200, false)).contains("unpacked library of DuckDB", "3.0 days");
  }

  @Test
  void chosen_withoutNames_areNotThoseThatAUserInstalled() throws IOException {
    Cache cache = filled();
    assertThat(names(cache.chosen(List.of(), Duration.ZERO)))
        .containsExactly(LLAMA, "duckdb-1-2", "tried");
    assertThat(names(cache.chosen(List.of(), Duration.ofDays(60)))).containsExactly(LLAMA);
    assertThat(names(cache.chosen(List.of("engines"), Duration.ZERO))).containsExactly("engines");
    assertThat(cache.chosen(List.of("tried"), Duration.ofDays(60))).isEmpty();
    assertThatThrownBy(() -> cache.chosen(List.of("nope"), Duration.ZERO))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("'nope'", "engines, tried");
  }

  @Test
  void delete_chosen_leavesTheOthersAndWhatLinksPointTo() throws IOException {
    Cache cache = filled();
    Path outside = Files.createTempFile("tailwalk-cache-test", "");
    Files.createSymbolicLink(folder.resolve("tried").resolve("link"), outside);
    assertThat(cache.delete(cache.chosen(List.of(), Duration.ZERO))).isEmpty();
    assertThat(outside).exists();
    Files.delete(outside);
    assertThat(names(Cache.read(folder, NOW).entries())).containsExactly("engines");
    assertThat(folder.resolve("duckdb-1-2.used")).doesNotExist();
    assertThat(folder.resolve("engines/cpu/libllama.so")).exists();
  }

  @Test
  void read_folderThatDoesNotExist_isEmpty() {
    assertThat(Cache.read(folder.resolve("none"), NOW).entries()).isEmpty();
  }
}
