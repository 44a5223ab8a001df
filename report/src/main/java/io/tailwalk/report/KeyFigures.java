package io.tailwalk.report;

import java.util.List;

/**
 * The few numbers a reader should take away.
 *
 * @param figures in order of weight
 */
public record KeyFigures(List<Figure> figures) implements Block {
  /** Copies the figures. */
  public KeyFigures {
    figures = List.copyOf(figures);
  }

  /**
   * One number.
   *
   * @param label what it is
   * @param estimate the number, with an interval where it has one
   * @param unit such as {@code tokens}; empty where there is none
   * @param style how it is printed
   * @param note what to know about it; may be empty
   */
  public record Figure(
      String label, Estimate estimate, String unit, NumberStyle style, String note) {}
}
