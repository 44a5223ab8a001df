/**
 * Input and output files of a run: prompts, samples, journals that survive a kill, and run records.
 * Readers are strict and report invalid input in one sentence ({@link
 * io.tailwalk.records.TableException}); writers leave either the complete file or none.
 */
@NullMarked
package io.tailwalk.records;

import org.jspecify.annotations.NullMarked;
