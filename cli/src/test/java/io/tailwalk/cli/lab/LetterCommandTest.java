package io.tailwalk.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.cli.CliRun;
import io.tailwalk.console.flags.ModelFlags;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.letter.DuelPlan;
import io.tailwalk.lab.letter.LetterExperiment;
import io.tailwalk.lab.letter.LetterPlan;
import io.tailwalk.runs.work.Watch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LetterCommandTest {
  private static final Path MODEL = Path.of("../models/SmolLM2-135M-Instruct.Q4_1.gguf");

  @Test
  void badFlags_areOneSentenceAndStatusTwo() {
    // Tests run in the module's folder, where there is no models/.
    CliRun missing = CliRun.of("lab", "letter-avoidance", "--scale", "quick");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("scripts/fetch-model").contains("--model").hasLineCount(1);
    CliRun judge = CliRun.of("lab", "letter-avoidance", "--model", "builtin:austen");
    assertThat(judge.code()).isEqualTo(2);
    assertThat(judge.err()).contains("scripts/fetch-judge").contains("--judge").hasLineCount(1);
    CliRun repeats = onTheBuiltinModel("--repeats", "1");
    assertThat(repeats.code()).isEqualTo(2);
    assertThat(repeats.err()).contains("--repeats must be at least 2").hasLineCount(1);
  }

  private static CliRun onTheBuiltinModel(String flag, String value) {
    String model = "builtin:austen";
    return CliRun.of("lab", "letter-avoidance", "--model", model, "--judge", model, flag, value);
  }

  @Test
  void badTemperature_isOneSentenceAndStatusTwo() {
    CliRun run = onTheBuiltinModel("--temperature", "0");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("temperature must be above 0").hasLineCount(1);
  }

  @Test
  @Tag("real-model")
  void realModel_everyReturnedCompletion_satisfiesTheConstraint() {
    var plan = new LetterPlan(1, 32, 2, 1, 80, 4, List.of(0.3));
    var pairs = new DuelPlan(2, 2, 32, 64, List.of(0.3));
    try (LanguageModel model = ModelFlags.open("--model", "gguf:" + MODEL, 2, false);
        LanguageModel judge = BuiltinModels.open("builtin:austen")) {
      Finding finding =
          new LetterExperiment(new ExperimentSettings(Scale.QUICK, 1, 2), plan, pairs, model, judge)
              .run(Watch.NONE);
      int returned = 0;
      for (var run : finding.figures().get("runs")) {
        assertThat(run.get("passing").intValue()).isEqualTo(run.get("returned").intValue());
        assertThat(run.get("example").stringValue()).doesNotContainIgnoringCase("e");
        returned += run.get("returned").intValue();
      }
      assertThat(returned).isGreaterThanOrEqualTo(8);
    }
  }
}
