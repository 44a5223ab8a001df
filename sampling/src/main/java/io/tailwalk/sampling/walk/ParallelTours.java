package io.tailwalk.sampling.walk;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.IdleSteps;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.SamplingListener;
import java.util.Optional;

/**
 * Several walks that make tours on one shared tree, in rounds: every walk moves, tour after tour,
 * until it needs an expansion, then all required nodes are expanded in one model batch. Batches are
 * therefore full even if most tours visit only known nodes; if there are too few active tours,
 * {@link BatchFiller} fills the batches. Rounds make the outcome a function of the seed alone.
 *
 * <p>When the budget is reached no further tour begins, except the first of each of several copies,
 * and active tours are finished. Whether a tour begins then depends only on the past, so by Wald's
 * identity the expected sum over tours is {@code Z} times their expected number; the mean over a
 * number that the budget decides is biased by a term of order one over that number. Tours that
 * would need more than {@link Budget#HARD_LIMIT} times the budget are cut and counted as
 * unfinished.
 */
public final class ParallelTours {
  private static final int STEPS_A_TURN = 1 << 16;

  /**
   * Steps without a new model token after which a run without a step limit ends. A tour may be
   * caught below a node whose value is far too small, for longer than anybody waits.
   */
  private static final long IDLE_STEPS = 1L << 24;

  private final IdleSteps idleSteps = new IdleSteps();

  private final Explorer explorer;
  private final TourWalk[] walks;
  private final int[] copyOf;
  private final int[] numberOf;
  private final int copies;
  private final TourEnd end;
  private final TourLog log = new TourLog();
  private final LeafSample leaves = new LeafSample();
  private final int[] wanted;
  private final BatchFiller filler;
  private int begun;

  /**
   * Walks at rest that expand only their current nodes.
   *
   * @param walks number of parallel walks, at least 1
   * @param copies independent copies of the tree, used in turn by the tours; at least 1
   */
  public ParallelTours(Explorer explorer, WalkKernel kernel, int walks, int copies, long seed) {
    this(explorer, kernel, parameters(walks, copies), copies, TourEnd.FINISH, seed);
  }

  /**
   * Walks at rest.
   *
   * @param parameters number of parallel walks and target size of model batches
   * @param copies independent copies of the tree, used in turn by the tours; at least 1
   * @param end treatment of active tours when the budget is reached
   */
  public ParallelTours(
      Explorer explorer,
      WalkKernel kernel,
      WalkParameters parameters,
      int copies,
      TourEnd end,
      long seed) {
    int walks = parameters.walks();
    this.explorer = explorer;
    this.end = end;
    this.copies = copies;
    this.walks = new TourWalk[walks];
    this.copyOf = new int[walks];
    this.numberOf = new int[walks];
    this.wanted = new int[walks];
    this.filler = parameters.filler(explorer);
    for (int i = 0; i < walks; i++) {
      this.walks[i] = new TourWalk(kernel, new RandomChooser(Streams.of(seed, Purpose.MOVES, i)));
    }
  }

  private static WalkParameters parameters(int walks, int copies) {
    return new WalkParameters(walks, copies, 0, Long.MAX_VALUE, 0);
  }

  /** The log of the tours. */
  public TourLog log() {
    return log;
  }

  /** All leaf visits, each weighted by {@code S(root)}, without normalisation. */
  public LeafSample leaves() {
    return leaves;
  }

  /** Changes of direction at inner nodes, over all tours. */
  public long turns() {
    long sum = 0;
    for (TourWalk walk : walks) {
      sum += walk.turns();
    }
    return sum;
  }

  /**
   * Makes tours until the given number have begun, the budget is reached, or the listener cancels.
   *
   * @param tours limit on tours over all calls
   */
  public StopReason run(long tours, SamplingListener listener) {
    listener
        .trace()
        .ifPresent(trace -> {
          for (int i = 0; i < walks.length; i++) {
            walks[i].trace(trace, i);
          }
        });
    Budget hard = explorer.budget().times(Budget.HARD_LIMIT);
    Optional<StopReason> none = expandRoots(hard);
    if (none.isPresent()) {
      return none.get();
    }
    while (true) {
      Optional<StopReason> reached = explorer.budgetReached();
      if (isIdle()) {
        abandon(listener);
        return reached.orElse(StopReason.STEPS);
      }
      // The root of every copy is paid for, so each of several has a first tour.
      boolean first = copies > 1 && begun < copies;
      boolean mayBegin = (reached.isEmpty() || first) && begun < tours;
      int walking = beginTours(mayBegin, tours);
      if (walking == 0) {
        return reached.orElse(StopReason.DONE);
      }
      boolean cut =
          end == TourEnd.CUT
              ? reached.isPresent()
              : hard.reached(explorer.meter(), explorer.tree().memoryBytes()).isPresent();
      if (cut || listener.cancelled()) {
        abandon(listener);
        return listener.cancelled() ? StopReason.CANCELLED : reached.orElse(StopReason.MEMORY);
      }
      if (!round(hard, tours, listener)) {
        abandon(listener);
        return reached.orElse(StopReason.MODEL_TOKENS);
      }
      listener.onProgress(explorer.meter().cost());
    }
  }

  /** Whether steps without a new model token, which nothing else limits, are too many. */
  private boolean isIdle() {
    return explorer.budget().steps() == Long.MAX_VALUE
        && idleSteps.since(explorer.meter()) > IDLE_STEPS;
  }

  /** Expands the root of every copy; a reason to stop if none has weight, or if one is too dear. */
  private Optional<StopReason> expandRoots(Budget hard) {
    boolean alive = false;
    for (int copy = 0; copy < copies; copy++) {
      int root = explorer.root(copy);
      if (!explorer.tree().isExpanded(root) && explorer.affordable(hard) == 0) {
        return Optional.of(StopReason.MODEL_TOKENS);
      }
      explorer.expand(new int[] {root}, 1);
      alive |= explorer.tree().logOut(root) > Double.NEGATIVE_INFINITY;
    }
    return alive ? Optional.empty() : Optional.of(StopReason.DEAD);
  }

  private int beginTours(boolean mayBegin, long tours) {
    long most = explorer.budgetReached().isEmpty() ? tours : Math.min(copies, tours);
    int walking = 0;
    for (int i = 0; i < walks.length; i++) {
      while (walks[i].isDone() && mayBegin && begun < most) {
        begin(i);
      }
      if (!walks[i].isDone()) {
        walking++;
      }
    }
    return walking;
  }

  /** Begins a tour; on a copy without weight it ends immediately, without a visit. */
  private void begin(int walk) {
    int copy = begun % copies;
    int number = begun++;
    double logOut = explorer.tree().logOut(explorer.root(copy));
    if (logOut == Double.NEGATIVE_INFINITY) {
      log.add(number, copy, logOut, 0);
    } else {
      copyOf[walk] = copy;
      numberOf[walk] = number;
      walks[walk].begin(explorer, explorer.root(copy));
    }
  }

  /**
   * Moves every walk and expands what they need, as far as the hard limit pays for it: walks whose
   * node is left wait for the next round. False if it pays for nothing.
   */
  private boolean round(Budget hard, long tours, SamplingListener listener) {
    int count = 0;
    for (int i = 0; i < walks.length; i++) {
      turn(i, tours, listener);
      if (!walks[i].isDone()) {
        int node = walks[i].node(explorer);
        if (!explorer.tree().isLeaf(node) && !explorer.tree().isExpanded(node)) {
          wanted[count++] = node;
        }
      }
    }
    if (count == 0) {
      return true;
    }
    int filled = filler.fill(wanted, count);
    int paid = (int) Math.min(explorer.affordable(hard), filled);
    explorer.expand(wanted, paid);
    return paid > 0;
  }

  /** Moves one walk until it reaches an unexpanded node, may not begin a tour, or others wait. */
  private void turn(int index, long tours, SamplingListener listener) {
    TourWalk walk = walks[index];
    long left = STEPS_A_TURN;
    while (!walk.isDone()) {
      long steps = walk.advance(explorer, (int) left);
      explorer.meter().addSteps(steps);
      left -= steps;
      if (!walk.isDone()) {
        return;
      }
      finish(index, listener);
      while (walk.isDone() && left > 0 && begun < tours && explorer.budgetReached().isEmpty()) {
        begin(index);
        left--;
      }
    }
  }

  private void finish(int index, SamplingListener listener) {
    TourWalk walk = walks[index];
    double logOut = explorer.tree().logOut(explorer.root(copyOf[index]));
    log.add(numberOf[index], copyOf[index], logOut, walk.visits());
    keep(walk, logOut, listener);
  }

  private void keep(TourWalk walk, double logOut, SamplingListener listener) {
    for (int i = 0; i < walk.visits(); i++) {
      leaves.addLog(walk.visited(i), logOut);
      listener.onCompletion(LeafSample.completion(explorer, walk.visited(i)));
    }
  }

  private void abandon(SamplingListener listener) {
    for (int i = 0; i < walks.length; i++) {
      if (!walks[i].isDone()) {
        double logOut = explorer.tree().logOut(explorer.root(copyOf[i]));
        log.addUnfinished(numberOf[i], logOut, walks[i].visits());
        if (end == TourEnd.CUT) {
          keep(walks[i], logOut, listener);
        }
      }
    }
  }
}
