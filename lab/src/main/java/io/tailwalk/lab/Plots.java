package io.tailwalk.lab;

import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import java.util.ArrayList;
import java.util.List;

/** Makes chart lines from arrays. */
public final class Plots {
  private Plots() {}

  /** A measured curve of exact numbers. */
  public static Chart.Line line(String name, double[] x, double[] y) {
    return line(name, false, x, y);
  }

  /** A reference curve of exact numbers, dashed. */
  public static Chart.Line reference(String name, double[] x, double[] y) {
    return line(name, true, x, y);
  }

  private static Chart.Line line(String name, boolean dashed, double[] x, double[] y) {
    List<Chart.LinePoint> points = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      points.add(new Chart.LinePoint(x[i], Estimate.exactly(y[i])));
    }
    return new Chart.Line(name, dashed, points);
  }
}
