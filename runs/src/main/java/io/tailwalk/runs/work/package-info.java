/**
 * Types shared by all long-running work: progress and cancellation, the treatment of existing
 * files, and the two exceptions.
 */
@NullMarked
package io.tailwalk.runs.work;

import org.jspecify.annotations.NullMarked;
