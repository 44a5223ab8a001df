package io.tailwalk.lab.testtime;

import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import java.util.random.RandomGenerator;

/**
 * Prompts of one token, a skill, of power-law frequency. Each skill has a favourite of two letters,
 * and every letter of a response is the favourite with the same probability, independently.
 */
final class SkillTask {
  private final int skills;
  private final int length;
  private final double favour;
  private final double[] weights;
  private final int[] favourites;

  /**
   * A task.
   *
   * @param length letters of a response
   * @param favour probability of the favourite
   * @param seed of the favourites
   */
  SkillTask(int skills, int length, double favour, long seed) {
    this.skills = skills;
    this.length = length;
    this.favour = favour;
    this.weights = new double[skills];
    this.favourites = new int[skills];
    double sum = 0;
    RandomGenerator random = Streams.of(seed, 0x5c);
    for (int skill = 0; skill < skills; skill++) {
      weights[skill] = 1.0 / (skill + 1);
      sum += weights[skill];
      favourites[skill] = random.nextInt(2);
    }
    for (int skill = 0; skill < skills; skill++) {
      weights[skill] /= sum;
    }
  }

  /** Letters and skills. */
  int vocabulary() {
    return 2 + skills;
  }

  int skills() {
    return skills;
  }

  int length() {
    return length;
  }

  /** Frequency of a skill. */
  double weight(int skill) {
    return weights[skill];
  }

  Example draw(RandomGenerator random) {
    double place = random.nextDouble();
    int skill = 0;
    while (skill < skills - 1 && place >= weights[skill]) {
      place -= weights[skill];
      skill++;
    }
    return drawFor(skill, random);
  }

  Example drawFor(int skill, RandomGenerator random) {
    int[] letters = new int[length];
    for (int h = 0; h < length; h++) {
      letters[h] = random.nextDouble() < favour ? favourites[skill] : 1 - favourites[skill];
    }
    return new Example(new int[] {2 + skill}, letters);
  }

  /** Exact log-probability of a response, nats. */
  double logProb(Example example) {
    int favourite = favourites[example.prompt()[0] - 2];
    double sum = 0;
    for (int letter : example.response()) {
      sum += Math.log(letter == favourite ? favour : 1 - favour);
    }
    return sum;
  }
}
