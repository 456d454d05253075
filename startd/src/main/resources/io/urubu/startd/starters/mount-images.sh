# Gives a starter a mount of its own, seen by the starter and what it starts and by nobody else on this
# host, and becomes that starter:
#   enter FOLDER UID COMMAND…
# The command gets one option more: --images-fd N (the mount's open descriptor), or --no-images REASON where
# no mount can be made; it runs in either case. UID is the command's account when this is root.
# The mount lives in a namespace: when the last process that sees it is gone, so is the mount.
text=$BASH_EXECUTION_STRING
stage=$1 folder=$2 uid=$3
shift 3

# Where this process may mount. False when it cannot be done; $problem then says why, and what mends it.
make_mount() {
  local said
  if ! [ -e /dev/fuse ]; then
    problem="/dev/fuse is not there: load the kernel's module fuse (modprobe fuse), and show the device to containers"
    return 1
  fi
  if ! { exec 9<>/dev/fuse; } 2>/dev/null; then
    problem="/dev/fuse may not be opened by this account: let everybody read and write it (chmod 666 /dev/fuse; Debian: install fuse3)"
    return 1
  fi
  said=$(mount -n -i -t fuse -o "fd=9,rootmode=40000,user_id=$uid,group_id=$uid,nosuid,nodev,noexec" \
    urubu-images "$folder/images/mount" 2>&1) && return
  problem="no FUSE file system can be mounted (${said//$'\n'/ }): allow it to the startd (as root CAP_SYS_ADMIN, else mounts in user namespaces)"
  return 1
}

case $stage in
  enter)
    namespace=(unshare --mount --propagation slave)
    back=()
    # A folder deeper: who looks at each thing in the starter's folder, as the starter does, meets no mount.
    # The starter answers for the mount, and killed while it waits for its own answer it could not die.
    if ! [ -d "$folder/images" ]; then
      mkdir -m 0700 "$folder/images" "$folder/images/mount"
      [ "$EUID" -ne 0 ] || chown "$uid:$uid" "$folder/images" "$folder/images/mount"
    fi
    if [ "$EUID" -ne 0 ]; then
      # Root in a namespace makes the mount; in one more the starter is itself again, with no privilege.
      back=(unshare --user "--map-user=$(id -u)" "--map-group=$(id -g)")
      namespace=(unshare --user --map-root-user --mount --propagation slave)
      uid=0
    fi
    inside=("${namespace[@]}" bash --noprofile --norc -c "$text" mount-images)
    # First all of it for nothing: a process in a namespace has no way back.
    if reason=$("${inside[@]}" try "$folder" "$uid" "${back[@]}" true 2>&1); then
      exec "${inside[@]}" run "$folder" "$uid" "${back[@]}" "$@"
    fi
    case $reason in
      *unshare*)
        reason="no mount of its own can be made for the starter (${reason//$'\n'/ }): allow namespaces (as root CAP_SYS_ADMIN, else user namespaces)"
        ;;
    esac
    exec "$@" --no-images "$reason"
    ;;
  try)
    make_mount || {
      printf '%s\n' "$problem"
      exit 1
    }
    exec "$@"
    ;;
  run)
    make_mount || exec "$@" --no-images "$problem"
    exec "$@" --images-fd 9
    ;;
esac
