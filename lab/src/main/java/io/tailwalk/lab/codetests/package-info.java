/** Valid Python test cases for a given function (arXiv 2510.03149, code generation). */
@NullMarked
package io.tailwalk.lab.codetests;

import org.jspecify.annotations.NullMarked;
