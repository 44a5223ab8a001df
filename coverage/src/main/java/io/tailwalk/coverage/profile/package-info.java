/**
 * Coverage profiles against a known reference, cross-entropy, and the bounds printed together with
 * them.
 */
@NullMarked
package io.tailwalk.coverage.profile;

import org.jspecify.annotations.NullMarked;
