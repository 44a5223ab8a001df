/**
 * Training for coverage: small transformers on Deep Java Library, models with exact distributions,
 * the optimisers of the coverage paper (arXiv 2510.15020), and the conversion of a checkpoint to
 * GGUF and to the folders of Transformers.
 */
@NullMarked
package io.tailwalk.train;

import org.jspecify.annotations.NullMarked;
