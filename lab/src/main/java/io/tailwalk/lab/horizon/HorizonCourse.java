package io.tailwalk.lab.horizon;

import java.util.List;

/**
 * The measurements of one training run.
 *
 * @param middleLayers H
 * @param points points by step; the last one is at the end of training and on more prompts
 */
record HorizonCourse(int middleLayers, List<HorizonPoint> points) {
  /** Keeps a copy. */
  HorizonCourse {
    points = List.copyOf(points);
    if (points.size() < 2) {
      throw new IllegalArgumentException("a course needs at least two points");
    }
  }

  /** The point at the end of training. */
  HorizonPoint last() {
    return points.getLast();
  }

  /** The last point at or before three quarters of the steps. */
  HorizonPoint atThreeQuarters() {
    HorizonPoint found = points.getFirst();
    for (HorizonPoint point : points) {
      if (4 * point.step() <= 3 * last().step()) {
        found = point;
      }
    }
    return found;
  }
}
