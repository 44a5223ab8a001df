/** Verdicts on given texts, without a model: the verifiers as graders and as rewards. */
@NullMarked
package io.tailwalk.runs.verify;

import org.jspecify.annotations.NullMarked;
