package io.tailwalk.tables.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetReaderTest {
  @TempDir Path folder;

  @Test
  void forEach_ofEveryType_givesJson() {
    Path file = folder.resolve("a[b]=c.parquet");
    try (Duck duck = new Duck()) {
      duck.run(
          """
          COPY (SELECT i AS i, 18446744073709551615::UBIGINT AS big, 0.1::DOUBLE AS d, 0.5::FLOAT AS f,
            'nan'::DOUBLE AS n, 'é' AS s, NULL AS none, true AS b, [1.5, NULL] AS l,
            {'role': 'user', 'parts': ['x']} AS o, 1.25::DECIMAL(9, 2) AS dec, DATE '2026-01-02' AS day
            FROM range(3) r(i)) TO %s (FORMAT parquet)
          """
              .formatted(Duck.text(file.toString())));
    }
    List<String> rows = new ArrayList<>();
    Rows.forEach(Input.of(file), row -> rows.add(row.number() + " " + row.object()));
    assertThat(rows)
        .hasSize(3)
        .first()
        .isEqualTo(
            "1 {\"i\":0,\"big\":18446744073709551615,\"d\":0.1,\"f\":0.5,\"n\":\"NaN\",\"s\":\"é\",\"none\":null,\"b\":true,"
                + "\"l\":[1.5,null],\"o\":{\"role\":\"user\",\"parts\":[\"x\"]},\"dec\":1.25,\"day\":\"2026-01-02\"}");
    assertThat(Rows.first(Input.of(file), 2)).hasSize(2);
  }

  @Test
  void forEach_ofADamagedFile_namesIt() throws IOException {
    Path file = folder.resolve("d.parquet");
    Files.write(file, "PAR1 and nothing more".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Rows.forEach(Input.of(file), _ -> {}))
        .hasMessageStartingWith(file + ": not readable as Parquet");
  }
}
