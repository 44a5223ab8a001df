/**
 * The graph-reasoning task of the coverage paper: paths through layered graphs, with an exact
 * distribution of the response given the prompt.
 */
@NullMarked
package io.tailwalk.builtin.graph;

import org.jspecify.annotations.NullMarked;
