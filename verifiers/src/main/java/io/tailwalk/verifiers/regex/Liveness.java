package io.tailwalk.verifiers.regex;

import io.tailwalk.core.verify.VerifierException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whether some text is accepted from a situation. Without look-around on the way this is known from
 * the nodes. Otherwise the situations that can follow are searched, the one nearest to an end
 * first; what was found is kept. A search that becomes too long counts as a yes, so that nothing
 * possible is ever excluded; after several of these no more is tried.
 */
final class Liveness {
  private static final int MAX_SEARCH = 4_000;
  private static final int MAX_LONG_SEARCHES = 8;
  private static final int MAX_KNOWN = 100_000;
  private static final int NEVER = Integer.MAX_VALUE / 2;

  private final NodeFacts facts;
  private final Classes classes;
  private final Derivation derivation;
  private final Map<Situation, Boolean> known = new HashMap<>();
  private int longSearches;

  private record Found(Situation situation, @Nullable Found from, int distance, int number) {}

  Liveness(NodeFacts facts, Classes classes, Derivation derivation) {
    this.facts = facts;
    this.classes = classes;
    this.derivation = derivation;
  }

  boolean isLive(Situation situation) {
    if (situation.main().isEmpty()) {
      return false;
    }
    if (isSurelyLive(situation.main()) || longSearches >= MAX_LONG_SEARCHES) {
      return true;
    }
    Boolean answer = known.get(situation);
    if (answer == null) {
      if (known.size() > MAX_KNOWN) {
        known.clear();
      }
      try {
        answer = search(situation);
      } catch (VerifierException e) {
        // A text of the search has too many readings; the text in question may have fewer.
        answer = tooLong(situation);
      }
    }
    return answer;
  }

  private boolean isSurelyLive(Formula main) {
    for (int node : main.plain()) {
      if (facts.isFree(node)) {
        return true;
      }
    }
    return false;
  }

  private boolean search(Situation start) {
    var open =
        new PriorityQueue<Found>(
            Comparator.comparingInt(Found::distance).thenComparingInt(Found::number));
    Map<Situation, Found> reached = new HashMap<>();
    List<Found> order = new ArrayList<>();
    add(start, null, open, reached, order);
    int done = 0;
    while (!open.isEmpty()) {
      Found now = open.poll();
      if (isSurelyLive(now.situation.main()) || Boolean.TRUE.equals(known.get(now.situation))) {
        for (Found at = now; at != null; at = at.from) {
          known.put(at.situation, true);
        }
        return true;
      }
      if (++done > MAX_SEARCH) {
        return tooLong(start);
      }
      for (int c = 0; c < classes.count(); c++) {
        add(derivation.after(now.situation, c), now, open, reached, order);
      }
    }
    order.forEach(found -> known.put(found.situation, false));
    return false;
  }

  private boolean tooLong(Situation start) {
    longSearches++;
    known.put(start, true);
    return true;
  }

  private void add(
      Situation situation,
      @Nullable Found from,
      PriorityQueue<Found> open,
      Map<Situation, Found> reached,
      List<Found> order) {
    int distance = distance(situation.main());
    if (distance >= NEVER
        || Boolean.FALSE.equals(known.get(situation))
        || reached.containsKey(situation)) {
      return;
    }
    var found = new Found(situation, from, distance, order.size());
    reached.put(situation, found);
    order.add(found);
    open.add(found);
  }

  /** The fewest characters that may fulfil a formula, if the conditions that are left out held. */
  private int distance(Formula formula) {
    int least = NEVER;
    for (int node : formula.plain()) {
      least = Math.min(least, facts.shortest(node));
    }
    for (Formula.Guarded thread : formula.guarded()) {
      int here = facts.shortest(thread.node);
      for (Formula condition : thread.guard.all()) {
        here = Math.max(here, distance(condition));
      }
      least = Math.min(least, here);
    }
    return least;
  }
}
