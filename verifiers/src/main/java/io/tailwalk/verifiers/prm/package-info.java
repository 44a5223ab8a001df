/** Process reward models behind HTTP servers. */
@NullMarked
package io.tailwalk.verifiers.prm;

import org.jspecify.annotations.NullMarked;
