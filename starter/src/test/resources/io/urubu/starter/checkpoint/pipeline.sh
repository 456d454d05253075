#!/bin/bash
# A pipeline of three, with short-lived children, and a function's own process.
random=$RANDOM$RANDOM
echo "random $random"
produce() {
  for ((i = 0; i < 60; i++)); do
    echo "line $i"
    sleep 0.02
  done
}
produce | sed -u 's/line/sent/' | while read -r word number; do
  echo "$word $number" | tee -a copy
done
echo "random $random"
exit 42
