#!/bin/bash
# Appends a time stamp and a counter as fast as it can; the file is open for each line anew, so that nothing but the
# snapshot decides what is in it after a rollback.
random=$RANDOM$RANDOM
echo "random $random"
for ((i = 0; ; i++)); do
  echo "$EPOCHREALTIME $i" >>lines
  [[ ! -e stop ]] || break
done
echo "random $random"
echo "counted $((i + 1))"
