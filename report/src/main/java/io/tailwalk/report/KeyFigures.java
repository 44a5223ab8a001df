package io.tailwalk.report;

import java.util.List;

/**
 * The most important numbers of a page.
 *
 * @param figures figures in order of importance
 */
public record KeyFigures(List<Figure> figures) implements Block {
  /** Copies the figures. */
  public KeyFigures {
    figures = List.copyOf(figures);
  }

  /**
   * One number.
   *
   * @param label label of the number
   * @param estimate the number, with its interval if it has one
   * @param unit unit such as {@code tokens}; empty if there is none
   * @param style style of the number
   * @param note explanatory note; may be empty
   */
  public record Figure(
      String label, Estimate estimate, String unit, NumberStyle style, String note) {}
}
