/** UTF-8, byte by byte, for verifiers that follow characters. */
@NullMarked
package io.tailwalk.verifiers.utf8;

import org.jspecify.annotations.NullMarked;
