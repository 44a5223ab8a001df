/**
 * Prompts answered by a recipe, one at a time or many at once, into rows and files that a killed
 * run goes on with.
 */
@NullMarked
package io.tailwalk.runs.sample;

import org.jspecify.annotations.NullMarked;
