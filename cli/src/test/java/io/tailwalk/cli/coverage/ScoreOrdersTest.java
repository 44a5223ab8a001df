package io.tailwalk.cli.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.cli.CliRun;
import io.tailwalk.records.JsonText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code profile} and {@code select} on one table in the order of models, of examples and in none,
 * against counts that DuckDB makes by itself: exactly equal, whatever the order.
 */
class ScoreOrdersTest {
  private static final int EXAMPLES = 5000;
  private static final int MODELS = 4;

  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();

  @BeforeEach
  void tables() throws SQLException {
    for (String order : List.of("m, i", "i, m", "hash(i * 31 + m)")) {
      Path file = folder.resolve("scores" + files.size() + ".parquet");
      sql(
          """
          COPY (SELECT 'e' || i AS example_id, 'p' || (i // 3) AS prompt_id, 'm' || m AS model,
              CASE WHEN (i + m) %% 977 = 0 THEN '-inf'::DOUBLE ELSE
                -(30 + hash(i) %% 1000 / 100.0 + m * 0.2 + hash(i * 100 + m) %% 10000 / 2500.0)
              END AS log_prob,
              (10 + hash(i) %% 50 + CASE WHEN i %% 100 = 0 THEN m ELSE 0 END)::INTEGER AS tokens,
              -(31 + hash(i) %% 1000 / 100.0) AS reference_log_prob
            FROM range(%d) r(i), range(%d) s(m) ORDER BY %s) TO '%s' (FORMAT parquet)
          """
              .formatted(EXAMPLES, MODELS, order, file));
      files.add(file);
    }
  }

  @Test
  void profile_inAnyOrder_hasTheCountsOfDuckDb() throws SQLException {
    JsonNode first = run("profile", "--ns", "2,4,8", "--cluster", "none");
    for (int m = 0; m < MODELS; m++) {
      for (int k = 0; k < 3; k++) {
        double count =
            number(
                "SELECT count(*) FROM '%s' WHERE model = 'm%d' AND reference_log_prob - log_prob >= ln(%d)"
                    .formatted(files.getFirst(), m, 2 << k));
        assertThat(first.at("/models/%d/points/%d/coverage".formatted(m, k)).doubleValue())
            .isEqualTo(count / EXAMPLES);
      }
    }
    assertThat(run("profile", "--ns", "2,4,8")).isNotEqualTo(first);
  }

  @Test
  void select_inAnyOrder_hasTheCountsOfDuckDb() throws SQLException {
    JsonNode json = run("select", "--n", "2", "--cluster", "none");
    for (int i = 0; i < MODELS; i++) {
      for (int j = 0; j < MODELS; j++) {
        double count =
            i == j
                ? 0
                : number(
                    """
                    SELECT count(*) FROM '%1$s' a JOIN '%1$s' b USING (example_id)
                    WHERE a.model = 'm%2$d' AND b.model = 'm%3$d' AND b.log_prob > '-inf'::DOUBLE
                      AND b.log_prob - a.log_prob >= ln(2)
                    """
                        .formatted(files.getFirst(), i, j));
        assertThat(json.at("/matrix/%d/%d".formatted(i, j)).doubleValue())
            .isEqualTo(count / EXAMPLES);
      }
    }
    run("select", "--n", "2,8");
  }

  /** Runs a command on every file; all must give the same JSON but for the record of the run. */
  private JsonNode run(String... words) {
    List<JsonNode> answers = new ArrayList<>();
    for (Path file : files) {
      List<String> all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--json", "--quiet", "--scores", file.toString()));
      CliRun run = CliRun.of(all.toArray(String[]::new));
      assertThat(run.code()).as(run.err()).isZero();
      ObjectNode json = (ObjectNode) JsonText.parse(run.out());
      json.remove("run");
      answers.add(json);
    }
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.get(2)).isEqualTo(answers.get(0));
    return answers.get(0);
  }

  private static void sql(String sql) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private static double number(String sql) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getDouble(1);
    }
  }
}
