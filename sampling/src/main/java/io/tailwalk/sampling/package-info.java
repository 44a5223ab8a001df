/** Samplers, one file each, behind one interface with its inputs, outputs and registry. */
@NullMarked
package io.tailwalk.sampling;

import org.jspecify.annotations.NullMarked;
