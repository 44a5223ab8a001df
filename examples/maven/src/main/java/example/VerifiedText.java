package example;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.util.List;
import java.util.Map;

/** Text without the letter e, with three small modules and nothing else. */
final class VerifiedText {
  private VerifiedText() {}

  public static void main(String[] args) {
    Prompt prompt = Prompt.text("It is ");
    try (var model = BuiltinModels.open("builtin:austen");
        var verifier = Verifiers.avoid("e");
        var context = model.open(model.encode(prompt), new ContextOptions(40, 16))) {
      var problem =
          new SamplingProblem(
              prompt,
              model.vocabulary(),
              context,
              verifier,
              verifier.prefixValue(),
              new ExpansionRule.Enumerate(),
              40,
              List.of());
      var result =
          Samplers.create("auto", Map.of())
              .run(problem, RunOptions.of(4, Budget.ofModelTokens(4000), 1), SamplingListener.NONE);
      result.draws().forEach(draw -> System.out.println(draw.text()));
      System.out.println(result.successProbability().interval());
    }
  }
}
