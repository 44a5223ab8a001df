package io.tailwalk.tables.scores;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.NativeCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A new version of DuckDB with another loader fails here, and falls back to its own at work. */
class DuckLibraryTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void library_isLoadedFromTheSharedCacheAndNotUnpackedAgain() throws IOException {
    try (Duck duck = new Duck()) {
      int seven = duck.query("SELECT 7", rows -> rows.next() ? rows.getInt(1) : 0);
      assertThat(seven).isEqualTo(7);
    }
    List<String> mapped =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(line -> line.contains("duckdb_java"))
            .map(line -> line.substring(line.indexOf('/')))
            .distinct()
            .toList();
    assertThat(mapped).hasSize(1);
    assertThat(Path.of(mapped.getFirst()).startsWith(NativeCache.folder().toRealPath())).isTrue();
  }
}
