@NullMarked
package io.trunkline.control;

import org.jspecify.annotations.NullMarked;
