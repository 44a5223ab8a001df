/**
 * The entry point of the library: {@link io.tailwalk.runs.Tailwalk} opens models, a request draws,
 * measures and compares, and each capability has its own subpackage.
 */
@NullMarked
package io.tailwalk.runs;

import org.jspecify.annotations.NullMarked;
