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
"$BASH" --noprofile --norc -c "$launcher" job "$@" 9>&- &
wait $!
# wait also returns when the program is stopped, which may have gone on or ended by the time we look; its option -f,
# which would not, loops for ever in some versions of bash when the program is quick.
while [[ $(jobs -rp; jobs -sp) ]]; do
  [[ ! $(jobs -sp) ]] || sleep 1
  wait $!
done
# Now it has ended: asked again, wait says how, as often as one asks.
wait $!
status=$?
jobs >&9 2>&9
if [[ $how == restore ]]; then
  # A program that ended at once may have been what it was, or never: its coordinator knows, and writes it down.
  for ((i = 0; i < 100; i++)); do
    if grep -qs Restart-Complete /.urubu/control/*.json; then
      echo restored >&9
      break
    fi
    sleep 0.02
  done
fi
echo "status $status" >&9
echo cpu >&9
times >&9
