/** Tests of the conversion against Transformers and SentencePiece. */
@NullMarked
package io.tailwalk.convert;

import org.jspecify.annotations.NullMarked;
