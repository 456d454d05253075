/**
 * The folder into which DMTCP writes a job's images: served here, so that the starter learns when
 * the job stands still, and says where the images go.
 */
@NullMarked
package io.urubu.starter.imagefolder;

import org.jspecify.annotations.NullMarked;
