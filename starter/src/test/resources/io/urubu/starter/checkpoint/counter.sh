#!/bin/bash
# Appends a time stamp and a counter as fast as it can; the file is open for each line anew, so that nothing but the
# snapshot decides what is in it after a rollback. (DMTCP cuts a file that is open back to its size by itself: with an
# argument the program spends most of its time with the file closed.)
random=$RANDOM$RANDOM
echo "random $random"
for ((i = 0; ; i++)); do
  echo "$EPOCHREALTIME $i" >>lines
  for ((k = 0; k < ${1:-0}; k++)); do :; done
  [[ ! -e stop ]] || break
done
echo "random $random"
echo "counted $((i + 1))"
