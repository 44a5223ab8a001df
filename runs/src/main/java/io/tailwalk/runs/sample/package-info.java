/**
 * Answering prompts by a recipe, one at a time or many at once, and writing rows and files of runs
 * that can be resumed.
 */
@NullMarked
package io.tailwalk.runs.sample;

import org.jspecify.annotations.NullMarked;
