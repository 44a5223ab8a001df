/** Samplers, one file each, behind one interface: what goes in, what comes out, and who runs. */
@NullMarked
package io.tailwalk.sampling;

import org.jspecify.annotations.NullMarked;
