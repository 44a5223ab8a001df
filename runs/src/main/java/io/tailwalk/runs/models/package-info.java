/** Opening, checking and listing models by name. */
@NullMarked
package io.tailwalk.runs.models;

import org.jspecify.annotations.NullMarked;
