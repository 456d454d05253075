#!/bin/bash
# divisors.sh NUMBERS RESULT: finds the smallest divisor of each number in a file, one per line.
#
# A program that saves itself: asked by SIGUSR2 it writes what it knows into the file "state" and ends with exit
# code 85. Started again with such a file in its folder it goes on from there.
numbers=$1 result=$2
each=200 line=0 primes=0 largest=0 asked=
trap 'asked=yes' USR2

if [ -e state ]; then
  read -r secret line primes largest < state
else
  secret=$(od -An -N8 -tu8 /dev/urandom)
  secret=${secret// /}
  echo "begin, random number $secret" > "$result"
fi

save() {
  echo "$secret $line $primes $largest" > state.new
  mv state.new state
  exit 85
}

at=0
while read -r number; do
  at=$((at + 1))
  [ $at -le $line ] && continue
  [ -z "$asked" ] || save
  divisor=2
  while [ $((divisor * divisor)) -le "$number" ] && [ $((number % divisor)) -ne 0 ]; do
    divisor=$((divisor + 1))
  done
  if [ $((divisor * divisor)) -gt "$number" ]; then
    primes=$((primes + 1))
    [ "$number" -le $largest ] || largest=$number
  fi
  line=$at
  [ $((line % each)) -ne 0 ] || echo "line $line: $primes primes, largest $largest" >> "$result"
done < "$numbers"

echo "lines $line, primes $primes, largest $largest" >> "$result"
echo "end, random number $secret" >> "$result"
