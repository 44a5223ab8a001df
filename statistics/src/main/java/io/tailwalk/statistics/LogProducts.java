package io.tailwalk.statistics;

import java.util.Arrays;

/** Logs of {@code prod (1 + c_j r)}; logarithms are computed only occasionally. */
final class LogProducts {
  private static final double LARGE = 1e100;

  private final double[] bets;
  private final double[] products;
  private final double[] sums;

  LogProducts(double[] bets) {
    this.bets = bets;
    this.products = new double[bets.length];
    this.sums = new double[bets.length];
    Arrays.fill(products, 1);
  }

  void add(double ratio, long count) {
    for (int j = 0; j < bets.length; j++) {
      if (count > 1) {
        sums[j] += (double) count * Math.log1p(bets[j] * ratio);
      } else {
        double product = products[j] * (1 + bets[j] * ratio);
        if (product > LARGE || product < 1 / LARGE) {
          sums[j] += Math.log(product);
          product = 1;
        }
        products[j] = product;
      }
    }
  }

  double[] sums() {
    for (int j = 0; j < bets.length; j++) {
      sums[j] += Math.log(products[j]);
      products[j] = 1;
    }
    return sums;
  }
}
