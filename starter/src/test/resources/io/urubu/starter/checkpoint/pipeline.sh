#!/bin/bash
# A pipeline of three, with children that live for some time, and a function's own process.
random=$RANDOM$RANDOM
echo "random $random"
produce() {
  for ((i = 0; i < 8; i++)); do
    echo "line $i"
    sleep 0.25
  done
}
produce | sed -u 's/line/sent/' | while read -r word number; do
  echo "$word $number" >>copy
  echo "$word $number"
done
echo "random $random"
exit 42
