package io.tailwalk.tables.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores one by one are those of the rows that {@link ScoreTable#forEach} gathers. */
class ScoreScanTest {
  private static final int MODELS = 3;
  private static final String[] SCORES = {"-inf", "-1", "-2.5", "-1e300", "0", "-0.0", "0.004"};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void forEach_ofRandomTables_visitsTheScoresOfTheRows(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path file = table(randomRows(random, random.nextBoolean()), random.nextBoolean());
    try (ScoreTable byScore = open(file, Long.MAX_VALUE)) {
      ScoreScan scan = byScore.scan().orElseThrow();
      List<String> scores = new ArrayList<>();
      long examples =
          scan.forEach((model, prompt, example, reference, logProb, tokens) ->
              scores.add(shown(model, prompt, example, reference, logProb, tokens)));
      for (long heap : new long[] {0, Long.MAX_VALUE}) {
        try (ScoreTable byRow = open(file, heap)) {
          List<String> gathered = new ArrayList<>();
          assertThat(scan.promptsOfSize()).isEqualTo(byRow.promptsOfSize());
          assertThat(examples)
              .isEqualTo(
                  byRow.forEach(row -> {
                    for (int m = 0; m < MODELS; m++) {
                      gathered.add(
                          shown(
                              m,
                              row.promptKey(),
                              row.exampleKey(),
                              row.reference(),
                              row.logProbs()[m],
                              row.tokens()[m]));
                    }
                  }));
          assertThat(scores).containsExactlyInAnyOrderElementsOf(gathered);
          assertThat(byScore.models()).isEqualTo(byRow.models());
          if (heap > 0) {
            assertThat(byScore.warnings()).isEqualTo(byRow.warnings());
          }
        }
      }
    }
  }

  /** Ways of breaking a table. */
  enum Fault {
    MISSING,
    TWICE,
    ALL_TWICE,
    INSTEAD,
    OTHER_PROMPT,
    OTHER_REFERENCE,
    SWAPPED_PROMPTS,
    SWAPPED_REFERENCES,
    NAN,
    POSITIVE,
    NO_TOKENS
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void forEach_ofFaultyTables_findsTheFaultOfTheRows(Fault fault) throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<String[]> rows = randomRows(random, true);
      spoil(rows, fault, random.nextInt(rows.size()));
      Path file = table(rows, false);
      Throwable expected = failure(file);
      assertThat(expected).isInstanceOf(TableException.class);
      try (ScoreTable byScore = open(file, Long.MAX_VALUE)) {
        assertThatThrownBy(() -> byScore.scan().orElseThrow().forEach((_, _, _, _, _, _) -> {}))
            .isInstanceOf(TableException.class)
            .hasMessage(expected.getMessage());
      }
    }
  }

  @Test
  void scan_withAModelAsReferenceOrNoRoom_isEmpty() throws IOException {
    Path file = table(randomRows(new SplittableRandom(1), false), false);
    try (ScoreTable byRow = open(file, 0)) {
      assertThat(byRow.scan()).isEmpty();
    }
    try (ScoreTable byRow = ScoreTable.open(List.of(file.toString()), new Reference.Named("m1"))) {
      assertThat(byRow.scan()).isEmpty();
    }
  }

  private Throwable failure(Path file) {
    return catchThrowable(() -> {
      try (ScoreTable byRow = open(file, Long.MAX_VALUE)) {
        byRow.forEach(_ -> {});
      }
    });
  }

  private static String shown(
      int model, long prompt, long example, double reference, double logProb, long tokens) {
    // Zero and minus zero are the same reference.
    double sameZero = reference + 0.0;
    return model + " " + prompt + " " + example + " " + sameZero + " " + logProb + " " + tokens;
  }

  /** Columns: example, prompt, model, log_prob, tokens and, if wanted, reference. */
  private static List<String[]> randomRows(SplittableRandom random, boolean referenced) {
    List<String[]> rows = new ArrayList<>();
    int examples = 1 + random.nextInt(5000);
    int prompts = 1 + random.nextInt(examples);
    for (int e = 0; e < examples; e++) {
      String prompt = "p" + random.nextInt(prompts);
      String reference = random.nextBoolean() ? "-1" : String.valueOf(-random.nextDouble());
      for (int m = 0; m < MODELS; m++) {
        String score =
            random.nextInt(3) == 0
                ? SCORES[random.nextInt(SCORES.length)]
                : String.valueOf(-9 * random.nextDouble());
        String tokens = String.valueOf(random.nextInt(4) == 0 ? m : e % 70);
        rows.add(
            referenced
                ? new String[] {"e" + e, prompt, "m" + m, score, tokens, reference}
                : new String[] {"e" + e, prompt, "m" + m, score, tokens});
      }
    }
    Collections.shuffle(rows, new Random(random.nextLong()));
    return rows;
  }

  private static void spoil(List<String[]> rows, Fault fault, int at) {
    String[] row = rows.get(at).clone();
    int other = (at + 1) % rows.size();
    switch (fault) {
      case MISSING -> rows.remove(at);
      case TWICE -> rows.add(row);
      case ALL_TWICE -> rows.addAll(List.copyOf(rows));
      case INSTEAD -> rows.set(other, row);
      case OTHER_PROMPT -> rows.set(at, with(row, 1, "another"));
      case OTHER_REFERENCE -> rows.set(at, with(row, 5, "-77"));
      case SWAPPED_PROMPTS -> swap(rows, at, 1);
      case SWAPPED_REFERENCES -> swap(rows, at, 5);
      case NAN -> rows.set(at, with(row, 3, "nan"));
      case POSITIVE -> rows.set(at, with(row, 3, "0.5"));
      case NO_TOKENS -> rows.set(at, with(row, 4, ""));
    }
  }

  private static String[] with(String[] row, int column, String value) {
    row[column] = value;
    return row;
  }

  /** Swaps a value with that of the next row of the same model that has another one. */
  private static void swap(List<String[]> rows, int at, int column) {
    String[] first = rows.get(at);
    for (int step = 1; step < rows.size(); step++) {
      String[] second = rows.get((at + step) % rows.size());
      if (second[2].equals(first[2]) && !second[column].equals(first[column])) {
        String value = first[column];
        first[column] = second[column];
        second[column] = value;
        return;
      }
    }
    first[column] = "-78";
  }

  /** As Parquet, ordered by model or as given. */
  private Path table(List<String[]> rows, boolean byModel) throws IOException {
    boolean referenced = rows.getFirst().length > 5;
    Path csv = folder.resolve("rows.csv");
    StringBuilder text = new StringBuilder("example_id,prompt_id,model,log_prob,tokens");
    text.append(referenced ? ",reference_log_prob\n" : "\n");
    rows.forEach(row -> text.append(String.join(",", row)).append('\n'));
    Files.writeString(csv, text);
    Path file = folder.resolve("rows.parquet");
    try (Duck duck = new Duck()) {
      duck.run(
          """
          COPY (SELECT * FROM read_csv('%s', types = {'log_prob': 'DOUBLE', 'tokens': 'BIGINT'%s})%s)
          TO '%s'
          """
              .formatted(
                  csv,
                  referenced ? ", 'reference_log_prob': 'DOUBLE'" : "",
                  byModel ? " ORDER BY model, hash(example_id)" : "",
                  file));
    }
    return file;
  }

  private static ScoreTable open(Path file, long heap) {
    return ScoreTable.open(
        ScoreFiles.of(List.of(file.toString())), new Reference.IfPresent(), heap);
  }
}
