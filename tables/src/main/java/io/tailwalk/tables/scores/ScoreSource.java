package io.tailwalk.tables.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.Scratch;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Compression;
import io.tailwalk.records.input.Format;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import io.tailwalk.records.input.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Presents files of any format as one relation {@code scores(file, row, example_id, prompt_id,
 * model, log_prob, tokens, reference)}. Parquet with one row per response and model is read in
 * place, as a view; everything else is read row by row and copied into DuckDB once. Rows count from
 * 1; the header of separated values is row 1.
 */
final class ScoreSource {
  private final Duck duck;
  private final ScoreFiles given;
  private final Reference reference;
  private final List<String> parts = new ArrayList<>();
  private final Accuracies accuracies = new Accuracies();
  private @Nullable ScoreSink sink;
  private int withReference;
  private int withoutPrompts;
  private int harness;
  private long tolerated;

  ScoreSource(Duck duck, ScoreFiles given, Reference reference) {
    this.duck = duck;
    this.given = given;
    this.reference = reference;
  }

  /** Creates the relation; true if every file has the reference column. */
  boolean layOut() {
    List<NamedInput> inputs = NamedInput.of(given.names());
    Map<String, NamedInput> stems = new HashMap<>();
    for (NamedInput named : inputs) {
      add(named, stems);
    }
    if (withReference != 0 && withReference != inputs.size()) {
      throw inputs
          .getFirst()
          .input()
          .error(
              "some score files have the reference column and some do not",
              "give it in all of them or in none");
    }
    if (given.allChoices() && harness == 0) {
      throw new TableException(
          "--all-choices is for samples of lm-evaluation-harness, and no file has them; leave it out.");
    }
    if (sink != null) {
      sink.close();
      tolerated += sink.tolerated();
      parts.add("SELECT " + ScoreSink.COLUMNS + " FROM copied");
    }
    duck.run("CREATE VIEW scores AS " + String.join(" UNION ALL ", parts));
    return withReference > 0;
  }

  /** Files in which no column names the prompt. */
  int withoutPrompts() {
    return withoutPrompts;
  }

  /** Rows of lists with an entry that counts as zero by tolerance. */
  long tolerated() {
    return tolerated;
  }

  Accuracies accuracies() {
    return accuracies;
  }

  private void add(NamedInput named, Map<String, NamedInput> stems) {
    Input input = named.input();
    boolean parquet = Format.of(input) == Format.PARQUET;
    List<JsonRow> rows = parquet ? List.of() : Rows.first(input, 1);
    if (parquet) {
      addParquet(named, stems);
    } else if (!rows.isEmpty() && isHarness(rows.getFirst())) {
      addHarness(named, stems);
    } else {
      addRows(named);
    }
  }

  private static boolean isHarness(JsonRow row) {
    Kind kind = Kind.of(row);
    return kind == Kind.HARNESS_CHOICES
        || kind == Kind.HARNESS_ROLLING
        || kind == Kind.HARNESS_GENERATIONS;
  }

  private void addRows(NamedInput named) {
    ScoreColumns columns = new RowScores(named, given, reference, sink()).copy();
    count(columns);
  }

  private void count(ScoreColumns columns) {
    withReference += columns.reference().isPresent() ? 1 : 0;
    withoutPrompts += columns.prompt().isPresent() ? 0 : 1;
  }

  private void addHarness(NamedInput named, Map<String, NamedInput> stems) {
    Input input = named.input();
    if (!given.columns().chosen().isEmpty()) {
      throw input.error(
          "samples of lm-evaluation-harness have fixed fields", "leave out --columns");
    }
    String model = named.model().orElseGet(input::stem);
    NamedInput before = named.model().isPresent() ? null : stems.putIfAbsent(model, named);
    if (before != null) {
      throw input.error(
          "its model would be %s, as that of %s"
              .formatted(TableException.quoted(model), before.input()),
          "name the models: MODEL=FILE");
    }
    new HarnessScores(input, model, given.allChoices(), sink(), accuracies).copy();
    harness++;
  }

  private ScoreSink sink() {
    ScoreSink known = sink;
    if (known == null) {
      known = new ScoreSink(duck);
      sink = known;
    }
    return known;
  }

  private void addParquet(NamedInput named, Map<String, NamedInput> stems) {
    Input input = named.input();
    String from = "read_parquet(%s, %s)".formatted(Duck.text(plain(input)), Duck.PARQUET);
    Map<String, String> types = types(input, from);
    types.remove("file_row_number");
    if (types.containsKey("doc_id") && types.containsKey("arguments")) {
      addHarness(named, stems);
      return;
    }
    ScoreColumns columns = ScoreColumns.of(input, types.keySet(), given.columns(), reference);
    if (!columns.isScored()
        || columns.example().isEmpty()
        || columns.model().isPresent() == named.model().isPresent()) {
      // One column per model, or no score table, which the reader of rows says.
      addRows(named);
      return;
    }
    ParquetScores scores = new ParquetScores(named, types, columns, from);
    parts.add(scores.select(duck));
    tolerated += scores.tolerated();
    count(columns);
  }

  /** A file by a name that DuckDB takes for nothing else, decompressed. */
  private String plain(Input input) {
    if (input.compression() == Compression.NONE) {
      return duck.plain(input.file());
    }
    try (InputStream in = input.open()) {
      return duck.plain(Scratch.copy(in));
    } catch (IOException e) {
      throw input.unreadable(e);
    }
  }

  private Map<String, String> types(Input input, String from) {
    try {
      return duck.query("DESCRIBE SELECT * FROM " + from, ScoreSource::types);
    } catch (TableException e) {
      throw new TableException(input + ": not a readable score file (" + e.getMessage() + ")", e);
    }
  }

  private static Map<String, String> types(ResultSet rows) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    while (rows.next()) {
      types.put(rows.getString(1), rows.getString(2));
    }
    return types;
  }
}
