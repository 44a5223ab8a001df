package io.tailwalk.bench;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.walk.MomentumKernel;
import io.tailwalk.sampling.walk.VgbKernel;
import io.tailwalk.sampling.walk.WalkKernel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A step of a walk on a tree that is known whole: balanced brackets of length 12 with values wrong
 * by 0.3. Run with {@code -prof gc} for the bytes allocated a step; build and start it by
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests dependency:copy-dependencies
 * java -cp 'bench/target/classes:bench/target/dependency/*' org.openjdk.jmh.Main -prof gc
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WalkStepBenchmark {
  private static final int LENGTH = 12;
  private static final int STEPS = 4096;

  /** Which walk. */
  @Param({"vgb-momentum", "vgb"})
  public String walk = "";

  private WalkKernel kernel = new VgbKernel();
  private Chooser chooser = new RandomChooser(Streams.of(1));
  private @org.jspecify.annotations.Nullable ModelContext context;
  private @org.jspecify.annotations.Nullable Explorer explorer;
  private int position;

  /** Makes the tree and every node of it. */
  @Setup(Level.Trial)
  @SuppressWarnings("MustBeClosedChecker") // closed in tearDown
  public void expandAll() {
    kernel = walk.equals("vgb") ? new VgbKernel() : new MomentumKernel(1);
    chooser = new RandomChooser(Streams.of(1));
    Problem problem =
        DyckProblems.withIidError(DyckProblems.exact(DyckLanguage.ofLength(LENGTH)), 0.3, 1);
    var opened =
        problem
            .model()
            .open(problem.model().encode(problem.prompt()), new ContextOptions(LENGTH, 16));
    context = opened;
    var sampling =
        new SamplingProblem(
            problem.prompt(),
            problem.model().vocabulary(),
            opened,
            problem.verifier(),
            problem.value(),
            new ExpansionRule.Enumerate(),
            problem.maxTokens(),
            List.of());
    var whole =
        new Explorer(sampling.treeSpec(1), opened, Budget.UNLIMITED, new CostMeter(() -> 0L));
    expandBelow(whole, GenerationTree.ROOT);
    explorer = whole;
    position = kernel.start(GenerationTree.ROOT);
  }

  private static void expandBelow(Explorer explorer, int node) {
    explorer.expand(new int[] {node}, 1);
    var children = java.util.Objects.requireNonNull(explorer.tree().children(node));
    for (int slot = 0; slot < children.count(); slot++) {
      if (children.logWeight(slot) > Double.NEGATIVE_INFINITY) {
        int child = explorer.childAt(node, slot);
        if (!explorer.tree().isLeaf(child)) {
          expandBelow(explorer, child);
        }
      }
    }
  }

  /** Many steps, from wherever the walk is to the root and on. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int step() {
    Explorer whole = java.util.Objects.requireNonNull(explorer);
    int at = position;
    for (int i = 0; i < STEPS; i++) {
      at = kernel.step(at, whole, chooser);
      if (kernel.backAtRoot(at, whole)) {
        at = kernel.start(GenerationTree.ROOT);
      }
    }
    position = at;
    return at;
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void close() {
    if (context != null) {
      context.close();
    }
  }
}
