/** The cache of this user: what is in it, and cleaning it. */
@NullMarked
package io.tailwalk.runs.cache;

import org.jspecify.annotations.NullMarked;
