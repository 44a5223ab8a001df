package io.tailwalk.runs.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.runs.sample.CustomValue;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Samplers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pilot against values whose worth is known. */
class ValuePilotTest {
  private static final LanguageModel MODEL = BuiltinModels.open("builtin:austen");
  private static final Verifier NO_E = new EndOnly("no e", text -> !text.contains("e"));
  private static final ValueSettings SETTINGS = ValueSettings.of(100, 12, 1, List.of(), 3);

  private static Recipe recipe() {
    return new Recipe(
        Samplers.create(Samplers.DEFAULT, Map.of()),
        NO_E,
        Optional.empty(),
        new ExpansionRule.Enumerate(),
        1,
        12,
        1,
        List.of(),
        Budget.UNLIMITED,
        0,
        OptionalDouble.empty());
  }

  private static List<PromptJob> jobs(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new PromptJob(i, "p" + i, Prompt.text("It is " + i)))
        .toList();
  }

  private static PilotFigures run(ValueFunction value) {
    return ValuePilot.of(recipe(), SETTINGS, jobs(2))
        .orElseThrow()
        .run(MODEL, new CustomValue("planted", value), 1, Watch.NONE);
  }

  @Test
  void reversedValue_isHarmful_andRefused() {
    PilotFigures figures = run(prefix -> prefix.text().contains("e") ? 0.0 : -7.0);
    assertThat(figures.isHarmful()).as(figures.sentence()).isTrue();
    assertThat(Refusal.ofPilot(figures).orElseThrow().sentence(Path.of("v")))
        .contains("v is not written")
        .contains("--force");
  }

  @Test
  void rightValue_helps() {
    PilotFigures figures = run(prefix -> prefix.text().contains("e") ? -7.0 : 0.0);
    assertThat(figures.ratio().interval().low()).as(figures.sentence()).isGreaterThan(1);
    assertThat(Refusal.ofPilot(figures)).isEmpty();
  }

  /** The same runs on both sides. */
  @Test
  void valueOfOne_changesNothing() {
    PilotFigures figures = run(ValueFunction.ONE);
    assertThat(figures.with()).isEqualTo(figures.without());
    assertThat(figures.ratio().value()).isEqualTo(1);
    assertThat(figures.isHarmful()).isFalse();
  }

  /** Sixteen runs of sixteen completions' tokens by default, on as many prompts as there are. */
  @Test
  void of_anyNumberOfPrompts_usesThemInTurn() {
    assertThat(pairs(1)).hasSize(16);
    assertThat(pairs(3)).hasSize(16);
    assertThat(pairs(3).stream().map(PromptJob::prompt).distinct()).hasSize(3);
    assertThat(pairs(3).stream().map(PromptJob::id).distinct()).hasSize(16);
    assertThat(pairs(40).stream().map(PromptJob::prompt).distinct()).hasSize(16);
    assertThat(SETTINGS.runTokens()).isEqualTo(192);
  }

  private static List<PromptJob> pairs(int prompts) {
    return ValuePilot.of(recipe(), SETTINGS, jobs(prompts)).orElseThrow().jobs();
  }
}
