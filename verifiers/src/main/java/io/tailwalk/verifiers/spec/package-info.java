/** The parts that specifications of verifiers share: options, time limits, fields of a prompt. */
@NullMarked
package io.tailwalk.verifiers.spec;

import org.jspecify.annotations.NullMarked;
