# Runs one program as its child and says on file descriptor 9 how it ended: bubblewrap alone would
# merge signal n into exit code 128 + n. Arguments: the launcher's text, then the launcher's own.
exec 9>&1 >/dev/null 2>&9
# Job control puts the program into a process group of its own and makes bash tell the two apart.
set -m
echo ready >&9
# Nothing starts unless the starter lives: a pipe without a writer ends here.
read -r _ || exit 1
exec </dev/null
launcher=$1 how=$2
shift

is_running() {
  [[ $'\n'$(jobs -rp; jobs -sp)$'\n' == *$'\n'$1$'\n'* ]]
}

# DMTCP's coordinator, as a child, so that it is known how it ended. It ends with the last process of the job, and
# writes a file whenever a restart is complete, if it is new enough to know how.
coordinator=
if [[ $how == save || $how == restore ]]; then
  rm -rf /.urubu/control/*
  options=(--exit-on-last -q -q --coord-port 7779 --port-file /.urubu/control/port --tmpdir /.urubu/control)
  [[ $(dmtcp_coordinator --help 2>&1) != *--write-kv-data* ]] || options+=(--write-kv-data)
  (cd /.urubu/control && exec dmtcp_coordinator "${options[@]}") >/dev/null 2>&1 9>&- &
  coordinator=$!
  for ((i = 0; i < 500; i++)); do
    [[ ! -s /.urubu/control/port ]] || break
    sleep 0.01
  done
fi

"$BASH" --noprofile --norc -c "$launcher" job "$@" 9>&- &
program=$!
wait $program
# wait also returns when the program is stopped, which may have gone on or ended by the time we look; its option -f,
# which would not, loops for ever in some versions of bash when the program is quick.
while is_running $program; do
  [[ ! $(jobs -sp) ]] || sleep 1
  wait $program
done
# Now it has ended: asked again, wait says how, as often as one asks.
wait $program
status=$?
jobs >&9 2>&9
if [[ $how == restore ]]; then
  # A program that ended at once may have been what it was, or never: its coordinator knows, and writes it down.
  for ((i = 0; i < 500; i++)); do
    if grep -qs Restart-Complete /.urubu/control/*.json; then
      echo restored >&9
      break
    fi
    sleep 0.02
  done
fi
if [[ $coordinator && $status == 99 ]]; then
  # So ends a program that lost its coordinator, and a program that likes that number.
  for ((i = 0; i < 100; i++)); do
    is_running $coordinator || break
    sleep 0.02
  done
  is_running $coordinator || wait $coordinator || echo abandoned >&9
fi
# DMTCP gave up one of the job's processes, which the others may not have noticed.
if [[ $coordinator ]] && timeout 5 grep -aqs '^ASSERT at' /.urubu/control/log; then
  echo damaged >&9
fi
echo "status $status" >&9
echo cpu >&9
times >&9
