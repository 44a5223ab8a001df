/** JSON files of a checkpoint's folder, read strictly. */
@NullMarked
package io.tailwalk.convert.files;

import org.jspecify.annotations.NullMarked;
