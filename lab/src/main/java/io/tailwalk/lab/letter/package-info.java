/**
 * Letter avoidance with a language model (arXiv 2510.03149, Fig. 3): constrained texts, and how
 * coherent another model finds them.
 */
@NullMarked
package io.tailwalk.lab.letter;

import org.jspecify.annotations.NullMarked;
