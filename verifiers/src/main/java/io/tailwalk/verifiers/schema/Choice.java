package io.tailwalk.verifiers.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of values as a union of shapes. Two are equal if they are the same object. */
final class Choice {
  final int id;
  final List<Shape> shapes;

  /** Whether some value exists, null while that is not known; see {@link Choices}. */
  @Nullable Boolean productive;

  Choice(int id, List<Shape> shapes) {
    this.id = id;
    this.shapes = shapes;
  }
}
