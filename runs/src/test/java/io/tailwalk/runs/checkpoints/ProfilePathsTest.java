package io.tailwalk.runs.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.quantile.QuantileGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles from single scores are, bit by bit, those from complete rows. */
class ProfilePathsTest {
  private static final NGrid GRID = NGrid.logarithmic(16, 2);
  private static final Confidence CONFIDENCE = new Confidence(0.05, 100, 3);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void run_ofRandomTables_isWhatCompleteRowsGive(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    boolean referenced = seed % 2 == 0;
    boolean onePerPrompt = seed % 3 == 0;
    String file = table(random, referenced, onePerPrompt).toString();
    Scores.ProfileQuestion question = Scores.read(file).profile().confidence(CONFIDENCE);
    List<ModelProfile> single = seed == 8 ? question.independentRows().run() : question.run();

    try (ScoreTable table = ScoreTable.open(List.of(file), new Reference.IfPresent())) {
      PromptSizes byPrompt = PromptSizes.of(table.promptsOfSize());
      PromptSizes sizes = seed == 8 ? PromptSizes.independent(byPrompt.rows()) : byPrompt;
      boolean byRow = sizes.rowsAreIndependent();
      ProfileAggregate rows =
          referenced
              ? ProfileAggregate.withReference(table.models(), GRID)
              : ProfileAggregate.withoutReference(table.models());
      table.forEach(row ->
          rows.add(
              byRow ? row.exampleKey() : row.promptKey(),
              row.reference(),
              row.logProbs(),
              row.tokens()));
      assertThat(table.hasReference()).isEqualTo(referenced);
      assertThat(byRow).isEqualTo(onePerPrompt || seed == 8);
      assertThat(single).isEqualTo(rows.profiles(sizes, CONFIDENCE, QuantileGrid.standard()));
    }
  }

  private Path table(SplittableRandom random, boolean referenced, boolean onePerPrompt)
      throws IOException {
    List<String> lines = new ArrayList<>();
    int examples = 2000 + random.nextInt(2000);
    for (int e = 0; e < examples; e++) {
      int prompt = onePerPrompt ? e : random.nextInt(examples);
      double reference = -30 * random.nextDouble();
      for (int m = 0; m < 3; m++) {
        String score =
            switch (random.nextInt(8)) {
              case 0 -> m == 0 ? "-inf" : "0";
              case 1 -> String.valueOf(reference);
              case 2 -> String.valueOf(reference - Math.log(2));
              default -> String.valueOf(reference - 12 * random.nextDouble());
            };
        String line = "e%d,p%d,m%d,%s,%d".formatted(e, prompt, m, score, random.nextInt(300));
        lines.add(referenced ? line + "," + reference : line);
      }
    }
    Collections.shuffle(lines, new Random(random.nextLong()));
    lines.addFirst(
        "example_id,prompt_id,model,log_prob,tokens" + (referenced ? ",reference_log_prob" : ""));
    return Files.write(folder.resolve("scores.csv"), lines);
  }
}
