/**
 * Letter avoidance with a language model (arXiv 2510.03149, Fig. 3): constrained texts and their
 * coherence under another model.
 */
@NullMarked
package io.tailwalk.lab.letter;

import org.jspecify.annotations.NullMarked;
