package io.tailwalk.verifiers.schema;

import java.util.List;

/**
 * What terms say: membership in a shape, and in one alternative of each choice.
 *
 * @param shape what holds in any case
 * @param choices each a list of alternatives, which are lists of terms
 */
record Condition(Shape shape, List<List<List<Term>>> choices) {}
