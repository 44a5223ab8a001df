/**
 * {@code tail}: how probable passing is under the model itself, and pass@k far past what can be
 * drawn.
 */
@NullMarked
package io.tailwalk.cli.tail;

import org.jspecify.annotations.NullMarked;
