package io.tailwalk.report;

import java.util.List;

/**
 * A part of a page.
 *
 * @param title its heading
 * @param blocks in order
 */
public record Section(String title, List<Block> blocks) {
  /** Copies the blocks. */
  public Section {
    blocks = List.copyOf(blocks);
  }

  /** A part of the given blocks. */
  public static Section of(String title, Block... blocks) {
    return new Section(title, List.of(blocks));
  }
}
