# Looks for a short round trip through all cities: starts from the tour that always goes to the nearest city left, then
# shortens it by 2-opt (Croes 1958) with random restarts. The same seed gives the same tour.
#
# Input: lines of city,latitude,longitude. Variables: seed (whole number), rounds (how many restarts).

BEGIN { FS = "," }

/^#/ { next }

{
  name[n] = $1
  latitude[n] = $2 * 3.14159265358979 / 180
  longitude[n] = $3 * 3.14159265358979 / 180
  n++
}

# Whole kilometres along the great circle.
function measure(a, b,    x) {
  x = sin(latitude[a]) * sin(latitude[b]) + cos(latitude[a]) * cos(latitude[b]) * cos(longitude[a] - longitude[b])
  if (x > 1) x = 1
  return int(6371 * atan2(sqrt(1 - x * x), x) + 0.5)
}

# A whole number below limit; the generator is ours, so that every awk draws the same.
function draw(limit) {
  state = (state * 16807) % 2147483647
  return state % limit
}

function nearest_neighbour(start,    i, j, best, here, seen) {
  split("", seen)
  here = start
  for (i = 0; i < n; i++) {
    tour[i] = here
    seen[here] = 1
    best = -1
    for (j = 0; j < n; j++)
      if (!(j in seen) && (best < 0 || km[here, j] < km[here, best])) best = j
    here = best
  }
}

function length_of_tour(    i, sum) {
  sum = km[tour[n - 1], tour[0]]
  for (i = 1; i < n; i++) sum += km[tour[i - 1], tour[i]]
  return sum
}

function turn_round(i, j,    t) {
  while (i < j) { t = tour[i]; tour[i++] = tour[j]; tour[j--] = t }
}

function shorten(    i, j, a, b, c, d, better) {
  do {
    better = 0
    for (i = 0; i < n - 2; i++) {
      for (j = i + 2; j < n - (i == 0); j++) {
        a = tour[i]; b = tour[i + 1]; c = tour[j]; d = tour[(j + 1) % n]
        if (km[a, c] + km[b, d] < km[a, b] + km[c, d]) { turn_round(i + 1, j); better = 1 }
      }
    }
  } while (better)
}

END {
  state = seed * 7919 + 1
  for (i = 0; i < n; i++)
    for (j = 0; j < n; j++) km[i, j] = measure(i, j)
  for (round = 0; round < rounds; round++) {
    nearest_neighbour(draw(n))
    for (kick = 0; kick < 3; kick++) turn_round(draw(n / 2), int(n / 2) + draw(n / 2))
    shorten()
    found = length_of_tour()
    if (best == 0 || found < best) {
      best = found
      for (i = 0; i < n; i++) kept[i] = tour[i]
    }
  }
  printf "seed %d: %d cities, %d km in %d rounds\n", seed, n, best, rounds
  for (i = 0; i < n; i++) if (name[kept[i]] == "Amsterdam") first = i
  for (i = 0; i < n; i++) print name[kept[(first + i) % n]]
}
