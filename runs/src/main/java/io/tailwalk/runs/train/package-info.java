/** Training of small transformers from a YAML file. */
@NullMarked
package io.tailwalk.runs.train;

import org.jspecify.annotations.NullMarked;
