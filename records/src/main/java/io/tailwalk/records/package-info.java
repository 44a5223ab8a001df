/**
 * Files a run reads and leaves behind: prompts, samples, journals that survive a kill, and the
 * record of how a run was made. Readers are strict and answer bad input with one sentence ({@link
 * io.tailwalk.records.TableException}); writers leave either the whole file or none.
 */
@NullMarked
package io.tailwalk.records;

import org.jspecify.annotations.NullMarked;
