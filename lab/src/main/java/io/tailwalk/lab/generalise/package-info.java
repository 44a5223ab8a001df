/** Sample sizes that maximum likelihood needs for coverage and for KL. */
@NullMarked
package io.tailwalk.lab.generalise;

import org.jspecify.annotations.NullMarked;
