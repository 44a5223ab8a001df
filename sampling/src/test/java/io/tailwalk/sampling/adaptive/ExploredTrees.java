package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.TreeSpec;
import io.tailwalk.core.verify.Verifier;
import java.util.List;
import java.util.stream.IntStream;

/** Trees of which one run of particles has expanded nodes, for what learns from them. */
final class ExploredTrees {
  private ExploredTrees() {}

  static Explorer explored(
      LanguageModel model, Prompt prompt, Verifier verifier, int length, int particles) {
    var spec =
        new TreeSpec(
            prompt,
            model.vocabulary(),
            verifier,
            verifier.prefixValue(),
            new ExpansionRule.Enumerate(),
            length,
            List.of(),
            3);
    var context = model.open(model.encode(prompt), new ContextOptions(length, 64));
    var explorer = new Explorer(spec, context, Budget.UNLIMITED, new CostMeter(() -> 0));
    int root = explorer.root(0);
    var run = new ParticleRun(explorer, root, Twist.NONE, particles, 64, false, Streams.of(1));
    while (!run.isDone()) {
      run.advance();
    }
    return explorer;
  }

  /** The expanded nodes below the root. */
  static List<Integer> expanded(Explorer explorer) {
    return IntStream.range(0, explorer.tree().size())
        .filter(node -> explorer.tree().isExpanded(node) && !explorer.tree().isRoot(node))
        .boxed()
        .toList();
  }
}
