package io.tailwalk.report;

import java.util.List;

/**
 * A section of a page.
 *
 * @param title heading of the section
 * @param blocks blocks in order
 */
public record Section(String title, List<Block> blocks) {
  /** Copies the blocks. */
  public Section {
    blocks = List.copyOf(blocks);
  }

  /** Returns a section with the given blocks. */
  public static Section of(String title, Block... blocks) {
    return new Section(title, List.of(blocks));
  }
}
