# Becomes the program. Arguments: files for standard input, output and error, the number of
# variables, the variables, the program and its arguments; words are in printf's %b form, because
# bytes must pass whatever the locale. Names begin with __ so that no variable of the job meets one.
shopt -s execfail
__report=/proc/$PPID/fd/9 __in=$1 __out=$2 __err=$3 __count=$4
shift 4
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
for __word in "${__variables[@]}"; do
  printf -v __word %b "$__word"
  case ${__word%%=*} in
    '' | [0-9]* | *[!A-Za-z0-9_]* | __* | _ | BASH* | SHELLOPTS | EUID | PPID | UID | DIRSTACK | \
      FUNCNAME | GROUPS | RANDOM | SRANDOM | SECONDS | LINENO | EPOCH* | HISTCMD | IFS | OPT* | \
      POSIXLY_CORRECT)
      # bash has its own idea of these.
      __odd+=("$__word")
      ;;
    *) export "$__word" 2>/dev/null ;;
  esac
done
if ((${#__odd[@]})); then
  __words=(/usr/bin/env -- "${__odd[@]}" "${__words[@]}")
fi
exec 3>>"$__report"
echo starting >&3
exec 3>&-
exec <"$__in" >"$__out"
if [[ $__err == "$__out" ]]; then
  exec 2>&1
else
  exec 2>"$__err"
fi
exec -- "${__words[@]}"
refuse "$__program cannot be executed here: it is made for another kind of machine, or its loader is missing"
