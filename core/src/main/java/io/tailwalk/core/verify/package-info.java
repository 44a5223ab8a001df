/**
 * Requirements on a completion: outcome verifiers (the tilt) and value functions on prefixes, and
 * their combinators.
 */
@NullMarked
package io.tailwalk.core.verify;

import org.jspecify.annotations.NullMarked;
