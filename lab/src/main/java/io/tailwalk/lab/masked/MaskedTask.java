package io.tailwalk.lab.masked;

import io.tailwalk.core.random.Streams;
import io.tailwalk.sampling.masked.MaskedModel;
import io.tailwalk.sampling.masked.MaskedSequence;
import io.tailwalk.sampling.masked.MaskedValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A random colouring problem in which every partially masked sequence is in a table. The model is a
 * random Markov field on a path of positions with three colours each, with its exact conditional
 * distributions. A sequence has the reward 1 if the positions of every edge of a random graph have
 * different colours, and 0 otherwise; one such sequence is planted. The value is the product over
 * the edges of the model's probability that the edge is satisfied, as if edges were independent,
 * times or divided by {@link #NOISE} at random.
 */
final class MaskedTask implements MaskedModel {
  /** Colours. */
  static final int COLOURS = 3;

  /** Edges of the graph for each position. */
  static final double EDGES_PER_POSITION = 1.5;

  /** The factor by which the value of an incomplete sequence is too large or too small. */
  static final double NOISE = 1.5;

  private static final double SPREAD = 0.7;

  private final int length;
  private final int[] place;
  private final double[] mass;
  private final double[] rewarded;
  private final double[] estimate;

  private MaskedTask(int length, double[] mass, double[] rewarded, double[] estimate) {
    this.length = length;
    this.place = places(length);
    this.mass = mass;
    this.rewarded = rewarded;
    this.estimate = estimate;
  }

  /** Two positions whose colours must differ. */
  private record Edge(int from, int to) {
    boolean isSatisfied(int[] colours) {
      return colours[from] != colours[to];
    }
  }

  /** The task of a seed. */
  static MaskedTask draw(int length, long seed) {
    RandomGenerator random = Streams.of(seed, length);
    double[][] alone = gaussian(random, length, COLOURS);
    double[][] pairs = gaussian(random, length, COLOURS * COLOURS);
    List<Edge> edges = edges(random, length);
    int[] place = places(length);
    double[] mass = new double[place[length]];
    for (int state = 0; state < mass.length; state++) {
      int[] colours = colours(length, state);
      if (isComplete(colours)) {
        mass[state] = Math.exp(logWeight(colours, alone, pairs));
      }
    }
    double sum = Arrays.stream(mass).sum();
    Arrays.setAll(mass, state -> mass[state] / sum);
    double[] rewarded = restricted(length, mass, edges);
    double[] estimate = new double[mass.length];
    fill(length, mass);
    Arrays.setAll(estimate, _ -> Math.exp(Math.log(NOISE) * (random.nextBoolean() ? 1 : -1)));
    for (Edge edge : edges) {
      double[] satisfied = restricted(length, mass, List.of(edge));
      fill(length, satisfied);
      Arrays.setAll(estimate, state -> estimate[state] * satisfied[state] / mass[state]);
    }
    for (int state = 0; state < mass.length; state++) {
      if (isComplete(colours(length, state))) {
        estimate[state] = rewarded[state] > 0 ? 1 : 0;
      }
    }
    fill(length, rewarded);
    return new MaskedTask(length, mass, rewarded, estimate);
  }

  private static double[][] gaussian(RandomGenerator random, int rows, int columns) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      Arrays.setAll(row, _ -> SPREAD * random.nextGaussian());
    }
    return numbers;
  }

  /** Random edges, all satisfied by one random colouring. */
  private static List<Edge> edges(RandomGenerator random, int length) {
    int[] planted = new int[length];
    Arrays.setAll(planted, i -> i % COLOURS);
    List<Edge> edges = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      order.add(i);
    }
    Collections.shuffle(order, Random.from(random));
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        if (planted[order.get(i)] != planted[order.get(j)]) {
          edges.add(new Edge(i, j));
        }
      }
    }
    Collections.shuffle(edges, Random.from(random));
    int count = (int) Math.round(EDGES_PER_POSITION * length);
    return List.copyOf(edges.subList(0, Math.min(count, edges.size())));
  }

  private static double logWeight(int[] colours, double[][] alone, double[][] pairs) {
    double sum = alone[0][colours[0]];
    for (int i = 1; i < colours.length; i++) {
      sum += alone[i][colours[i]] + pairs[i][colours[i - 1] * COLOURS + colours[i]];
    }
    return sum;
  }

  /** The probabilities of complete sequences that satisfy all edges. */
  private static double[] restricted(int length, double[] mass, List<Edge> edges) {
    double[] restricted = new double[mass.length];
    for (int state = 0; state < mass.length; state++) {
      int[] colours = colours(length, state);
      boolean passes =
          isComplete(colours) && edges.stream().allMatch(edge -> edge.isSatisfied(colours));
      restricted[state] = passes ? mass[state] : 0;
    }
    return restricted;
  }

  /** Fills incomplete states with the sums over their completions; a child comes later. */
  private static void fill(int length, double[] table) {
    int[] place = places(length);
    for (int state = table.length - 1; state >= 0; state--) {
      int[] colours = colours(length, state);
      for (int i = 0; i < length; i++) {
        if (colours[i] == MaskedSequence.MASK) {
          table[state] = 0;
          for (int colour = 0; colour < COLOURS; colour++) {
            table[state] += table[state + (colour + 1) * place[i]];
          }
          break;
        }
      }
    }
  }

  /** Powers of the number of colours and the mask; the last is the number of states. */
  private static int[] places(int length) {
    int[] place = new int[length + 1];
    place[0] = 1;
    for (int i = 1; i <= length; i++) {
      place[i] = place[i - 1] * (COLOURS + 1);
    }
    return place;
  }

  private static int[] colours(int length, int state) {
    int[] colours = new int[length];
    int rest = state;
    for (int i = 0; i < length; i++) {
      colours[i] = rest % (COLOURS + 1) - 1;
      rest /= COLOURS + 1;
    }
    return colours;
  }

  private static boolean isComplete(int[] colours) {
    return Arrays.stream(colours).noneMatch(colour -> colour == MaskedSequence.MASK);
  }

  /** Number of partially masked sequences. */
  int states() {
    return mass.length;
  }

  /** The number of a sequence, from 0 for the completely masked one. */
  int index(MaskedSequence sequence) {
    int index = 0;
    for (int i = 0; i < length; i++) {
      index += (sequence.token(i) + 1) * place[i];
    }
    return index;
  }

  /** The sequence with a number. */
  MaskedSequence sequence(int index) {
    return MaskedSequence.of(colours(length, index));
  }

  /** The model's probability of the revealed tokens. */
  double mass(int index) {
    return mass[index];
  }

  /** The model's probability of the revealed tokens and a reward. */
  double rewarded(int index) {
    return rewarded[index];
  }

  /** The model's probability of a reward. */
  double success() {
    return rewarded[0];
  }

  /** The value with errors. */
  MaskedValue value() {
    return state -> Math.log(estimate[index(state)]);
  }

  /** The value of a state with a number. */
  double value(int index) {
    return estimate[index];
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public double[] logProbs(MaskedSequence state, int position) {
    int index = index(state);
    double[] logProbs = new double[COLOURS];
    for (int colour = 0; colour < COLOURS; colour++) {
      logProbs[colour] = Math.log(mass[index + (colour + 1) * place[position]] / mass[index]);
    }
    return logProbs;
  }
}
