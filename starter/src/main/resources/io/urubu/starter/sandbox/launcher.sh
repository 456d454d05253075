# Becomes the program. Arguments: how (plain, append, save, restore), files for standard input, output and error, the
# number of variables, the variables, the program and its arguments (restore: the images); words are in printf's %b
# form, because bytes must pass whatever the locale. Names begin with __ so that no variable of the job meets one.
shopt -s execfail
__report=/proc/$PPID/fd/9 __how=$1 __in=$2 __out=$3 __err=$4 __count=$5
shift 5
unset LC_ALL
export -n PATH PWD OLDPWD SHLVL
__variables=("${@:1:__count}")
shift "$__count"
__words=()
for __word; do
  printf -v __word %b "$__word"
  __words+=("$__word")
done

refuse() {
  printf 'unstarted %s\n' "${1//[$'\n\r']/?}" >>"$__report"
  exit 127
}

cd /scratch || refuse "the scratch folder is gone"
if [[ $__how == save || $__how == restore ]]; then
  # The reporter has started a coordinator there; the network is the sandbox's own.
  __dmtcp=$(type -P dmtcp_launch)
  __dmtcp=${__dmtcp%/*}
  __join=(--join-coordinator --coord-host 127.0.0.1 --coord-port 7779 --ckptdir /.urubu/images)
fi
if [[ $__how == restore ]]; then
  echo starting >>"$__report"
  export DMTCP_QUIET=2 DMTCP_TMPDIR=/.urubu/control JALIB_STDERR_PATH=/.urubu/control/log
  exec "$__dmtcp/dmtcp_restart" "${__join[@]}" --no-strict-checking "${__words[@]}" \
    </dev/null >>/.urubu/control/log 2>&1
fi

__program=${__words[0]}
[[ -e $__program ]] || refuse "$__program does not exist on this machine"
[[ ! -d $__program ]] || refuse "$__program is a folder"
[[ -x $__program ]] || refuse "$__program is not executable"
__head=
[[ ! -r $__program ]] || IFS= read -r -n 256 __head <"$__program" 2>/dev/null
case $__head in
  $'\177ELF'*) ;;
  '#!'*)
    __word=${__head#'#!'}
    __word=${__word#"${__word%%[![:blank:]]*}"}
    __word=${__word%%[[:blank:]]*}
    [[ -x $__word ]] || refuse "the interpreter $__word of $__program does not exist on this machine"
    ;;
  *)
    [[ ! -r $__program ]] || refuse "$__program is neither a program for this machine nor begins with #!"
    ;;
esac

__odd=()
__unset=' PATH PWD OLDPWD SHLVL '
for __word in "${__variables[@]}"; do
  printf -v __word %b "$__word"
  case ${__word%%=*} in
    '' | [0-9]* | *[!A-Za-z0-9_]* | __* | _ | BASH* | SHELLOPTS | EUID | PPID | UID | DIRSTACK | \
      FUNCNAME | GROUPS | RANDOM | SRANDOM | SECONDS | LINENO | EPOCH* | HISTCMD | IFS | OPT* | \
      POSIXLY_CORRECT)
      # bash has its own idea of these.
      __odd+=("$__word")
      ;;
    *)
      export "$__word" 2>/dev/null
      __unset=${__unset/ ${__word%%=*} / }
      ;;
  esac
done
if ((${#__odd[@]})); then
  __words=(/usr/bin/env -- "${__odd[@]}" "${__words[@]}")
fi
__cannot="$__program cannot be executed here: it is made for another kind of machine, or its loader is missing"

if [[ $__how == save ]]; then
  # What DMTCP has to say must not get into what the program prints. Java would use SIGUSR2, which is DMTCP's.
  export DMTCP_GZIP=0 DMTCP_QUIET=2 DMTCP_TMPDIR=/.urubu/control JALIB_STDERR_PATH=/.urubu/control/log
  export _JAVA_SR_SIGNUM=61
  # The streams are opened within: only what the library saw opened is put back when the job is.
  exec "$__dmtcp/dmtcp_launch" "${__join[@]}" \
    /bin/bash --noprofile --norc -c '
      shopt -s execfail
      __report=$1 __in=$2 __out=$3 __err=$4 __cannot=$5
      export -n $6
      shift 6
      echo starting >>"$__report"
      exec <"$__in" >"$__out"
      if [[ $__err == "$__out" ]]; then exec 2>&1; else exec 2>"$__err"; fi
      exec -- "$@"
      printf "unstarted %s\n" "${__cannot//[$'"'\n\r'"']/?}" >>"$__report"
      exit 127' job "$__report" "$__in" "$__out" "$__err" "$__cannot" "$__unset" "${__words[@]}" \
    </dev/null >>/.urubu/control/log 2>&1
  refuse "dmtcp_launch cannot be executed"
fi

echo starting >>"$__report"
if [[ $__how == append ]]; then
  exec <"$__in" >>"$__out"
else
  exec <"$__in" >"$__out"
fi
if [[ $__err == "$__out" ]]; then
  exec 2>&1
elif [[ $__how == append ]]; then
  exec 2>>"$__err"
else
  exec 2>"$__err"
fi
exec -- "${__words[@]}"
refuse "$__cannot"
