/**
 * The library's front door: {@link io.tailwalk.runs.Tailwalk} opens models, a request draws,
 * measures and compares, and each capability has a package of its own below.
 */
@NullMarked
package io.tailwalk.runs;

import org.jspecify.annotations.NullMarked;
