package io.tailwalk.verifiers.schema;

import org.jspecify.annotations.Nullable;

/** A condition on a value; several in a list hold together. */
sealed interface Term {

  /**
   * Validity against a schema, or the contrary.
   *
   * @param negated whether the value must be invalid
   */
  record Of(Subschema schema, boolean negated) implements Term {}

  /** Membership in a shape. Two are equal if they are the same object. */
  record In(Shape shape) implements Term {
    @Override
    @SuppressWarnings("ReferenceEquality") // identity is meant, see above
    public boolean equals(@Nullable Object other) {
      return other instanceof In that && that.shape == shape;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(shape);
    }
  }

  /** What no value fulfils. */
  Term NOTHING = new In(Shape.NONE);
}
