package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expected visits of each cell by a response of the data, needed for sums over steps such as KL and
 * inherent variance. Computed by the forward recursion over states if features have finitely many,
 * otherwise over all prefixes.
 */
final class ExpectedVisits {
  private static final int MAX_PREFIXES = 4_000_000;

  private final Cell[] cells;
  private final double[] visits;

  private ExpectedVisits(Map<Cell, Double> byCell) {
    cells = byCell.keySet().toArray(Cell[]::new);
    visits = Arrays.stream(cells).mapToDouble(byCell::get).toArray();
  }

  static ExpectedVisits of(LinearModel truth, double[] promptWeights) {
    Map<Cell, Double> byCell = new LinkedHashMap<>();
    for (int prompt = 0; prompt < promptWeights.length; prompt++) {
      if (truth.features() instanceof FiniteStateFeatures finite) {
        byStates(finite, truth.theta(), prompt, promptWeights[prompt], byCell);
      } else {
        byPrefixes(truth, prompt, promptWeights[prompt], byCell);
      }
    }
    return new ExpectedVisits(byCell);
  }

  private static void byStates(
      FiniteStateFeatures features,
      double[] theta,
      int prompt,
      double weight,
      Map<Cell, Double> byCell) {
    Map<Integer, Double> states = new HashMap<>(Map.of(features.startState(), weight));
    for (int h = 0; h < features.length(prompt); h++) {
      Map<Integer, Double> next = new HashMap<>();
      for (Map.Entry<Integer, Double> entry : states.entrySet()) {
        Cell cell = features.cellIn(prompt, h, entry.getKey());
        byCell.merge(cell, entry.getValue(), Double::sum);
        double[] logProbs = cell.logProbs(theta);
        for (int token = 0; token < logProbs.length; token++) {
          int to = features.nextState(entry.getKey(), token);
          next.merge(to, entry.getValue() * Math.exp(logProbs[token]), Double::sum);
        }
      }
      states = next;
    }
  }

  private static void byPrefixes(
      LinearModel truth, int prompt, double weight, Map<Cell, Double> byCell) {
    List<int[]> prefixes = List.of(new int[0]);
    double[] masses = {weight};
    FeatureMap features = truth.features();
    for (int h = 0; h < features.length(prompt); h++) {
      List<int[]> longer = new ArrayList<>();
      double[] longerMasses = new double[prefixes.size() * features.vocabularySize()];
      if (longerMasses.length > MAX_PREFIXES) {
        throw new IllegalArgumentException(
            "more than " + MAX_PREFIXES + " prefixes; use features with a finite state");
      }
      for (int i = 0; i < prefixes.size(); i++) {
        int[] prefix = prefixes.get(i);
        byCell.merge(features.cell(prompt, prefix, h), masses[i], Double::sum);
        double[] logProbs = truth.next(prompt, prefix, h);
        for (int token = 0; token < logProbs.length; token++) {
          longerMasses[longer.size()] = masses[i] * Math.exp(logProbs[token]);
          int[] extended = Arrays.copyOf(prefix, h + 1);
          extended[h] = token;
          longer.add(extended);
        }
      }
      prefixes = longer;
      masses = longerMasses;
    }
  }

  /** A quantity of a cell, given its next-token distribution under theta. */
  interface OfCell {
    double value(Cell cell, double[] logProbs);
  }

  /** The expected sum over steps. */
  double sum(double[] theta, OfCell term) {
    double sum = 0;
    for (int i = 0; i < cells.length; i++) {
      sum += visits[i] * term.value(cells[i], cells[i].logProbs(theta));
    }
    return sum;
  }

  double featureBound() {
    double bound = 0;
    for (Cell cell : cells) {
      for (int token = 0; token < cell.vocabularySize(); token++) {
        double squares = 0;
        for (int i = 0; i < cell.width(); i++) {
          squares += cell.feature(token, i) * cell.feature(token, i);
        }
        bound = Math.max(bound, Math.sqrt(squares));
      }
    }
    return bound;
  }
}
