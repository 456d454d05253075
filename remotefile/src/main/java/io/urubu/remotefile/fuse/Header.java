package io.urubu.remotefile.fuse;

/**
 * What every request begins with.
 *
 * @param unique names the request in its answer
 * @param node what it is about; 1 is the mount's root
 * @param uid who asks, in the user namespace of the mount
 * @param pid the asking thread; 0 where it is not visible to the mount
 */
public record Header(long unique, long node, int uid, int gid, int pid) {}
