package io.tailwalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.records.input.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of column names in docs/formats.md is the one that the readers use. */
final class ColumnNamesTest {
  private static final String HEAD = "| field | what it is | other names that are read |";

  @Test
  void documentedNames_areThoseOfTheReaders() throws IOException {
    Path page = Path.of(System.getProperty("tailwalk.repository", "..")).resolve("docs/formats.md");
    List<String> documented =
        Files.readAllLines(page).stream()
            .dropWhile(line -> !line.equals(HEAD))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(documented)
        .containsExactlyElementsOf(
            List.of(Field.values()).stream().map(ColumnNamesTest::row).toList());
  }

  private static String row(Field field) {
    String names =
        field.aliases().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s |".formatted(field.column(), field.meaning(), names);
  }
}
