#!/usr/bin/env python3
"""Measures this project's ClassAd language and HTCondor's in turns, with the same ads and expressions.

usage: benchmarks/peer/classad.py ROOT [ROUNDS]

ROOT is the root folder of a system with HTCondor in it (a chroot, or / for this one); with g++ and HTCondor's
development files there too, its library is measured by itself (classad.cpp), else only by its collector and its command condor_status.
Installs nothing; writes in ROOT/tmp, and removes that again. Needs to be root if ROOT is not /.
Each round measures ours, the library with and without its cache of expressions, a collector that holds the ads, and the
command. The table has medians of CPU time with the lowest and the highest, and how many times the best of HTCondor's our
figure is; all single figures go to the file classad-rounds.json.
"""
import json, os, resource, shutil, statistics, subprocess, sys, tempfile
from collector import Collector

ADS = 50000
HERE = os.path.dirname(os.path.abspath(__file__))
RUN = os.path.join(os.path.dirname(HERE), 'run')
OURS = ['longForm', 'newSyntax', 'requirements', 'match', 'everything', 'eightComparisons', 'twentyTimesEight',
        'scan.large', 'scan.none', 'scan.one', 'indexed.large', 'indexed.none', 'indexed.one', 'memory']


class System:
    """The system that HTCondor is in."""

    def __init__(self, root):
        self.enter = [] if root == '/' else ['chroot', root]
        self.outside = tempfile.mkdtemp(prefix='classad-', dir=os.path.join(root, 'tmp'))
        self.inside = self.outside if root == '/' else '/tmp/' + os.path.basename(self.outside)
        os.chmod(self.outside, 0o755)

    def run(self, *command):
        """Runs to the end; what was printed, and the CPU time of the process."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(self.enter + list(command), stdout=subprocess.PIPE, text=True, env=dict(os.environ, LANG='C.UTF-8'))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise SystemExit('%s ended with %d' % (' '.join(command)[:200], done.returncode))
        return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def has(self, what):
        return subprocess.run(self.enter + ['sh', '-c', what], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def figures(text):
    """The lines of name, value and unit; what a check counted goes to the second dictionary."""
    values, checks = {}, {}
    for line in text.splitlines():
        parts = line.split('\t')
        if len(parts) == 3:
            name, value, _ = parts
            if name.startswith('check.'):
                checks[name] = int(value)
            else:
                values.setdefault(name, []).append(float(value))
    return {name: statistics.median(several) for name, several in values.items()}, checks


def library(system):
    """The commands that measure the library, by name; none if it cannot be built there."""
    if not system.has('command -v g++ && test -e /usr/include/classad/classad_distribution.h'):
        print('no g++ or no development files of HTCondor: its library is not measured by itself', file=sys.stderr)
        return {}
    shutil.copy(os.path.join(HERE, 'classad.cpp'), system.outside)
    program = system.inside + '/classad'
    system.run('g++', '-O2', '-std=c++20', '-o', program, program + '.cpp', '-lclassad')
    return {'libclassad': [program, system.inside], 'libclassad, no cache': [program, system.inside, 'plain']}


def text(system, name):
    with open(os.path.join(system.outside, name + '.expression')) as f:
        return f.read()


def queries(system, collector, memory):
    """What a collector takes for each constraint, with a connection and the sending of names."""
    values = {name: statistics.median(collector.query(text(system, name))[0] for _ in range(5))
              for name in ('scan.large', 'scan.none', 'scan.one')}
    return {**values, 'memory': memory}


def command(system):
    """What condor_status takes to read an ad, and beyond that for an expression twenty times as long as another one."""
    def cpu(constraint):
        return system.run('condor_status', '-ads', system.inside + '/machines.long', '-constraint', constraint, '-af', 'Name')[1]

    reading = cpu('false')
    once = cpu(text(system, 'eightComparisons') + ' && Memory < 0')
    often = cpu(text(system, 'twentyTimesEight') + ' && Memory < 0')
    return {'longForm': reading * 1e9 / ADS, 'twentyTimesEight': (often - once) * 1e9 / ADS * 20 / 19}


def table(rounds):
    names = list(rounds[0])
    print('| figure | ' + ' | '.join(names) + ' | ratio |')
    print('|---' * (len(names) + 2) + '|')
    for figure in OURS:
        cells, medians = [], []
        for name in names:
            peer = figure if name == 'ours' else figure.replace('indexed', 'scan')
            values = [one[name][peer] for one in rounds if peer in one[name]]
            medians.append(statistics.median(values) if values else None)
            cells.append('%.4g [%.4g..%.4g]' % (medians[-1], min(values), max(values)) if values else '')
        peers = [median for median in medians[1:] if median]
        ratio = '%.1f' % (min(peers) / medians[0]) if peers and medians[0] else ''
        print('| %s | %s | %s |' % (figure, ' | '.join(cells), ratio))


def round_of(system, libraries, collector, memory):
    ours, expected = figures(subprocess.run([RUN, 'classad', 'quick'], check=True, stdout=subprocess.PIPE, text=True).stdout)
    one = {'ours': ours}
    for name, words in libraries.items():
        one[name], checks = figures(system.run(*words)[0])
        if checks != expected:
            raise SystemExit('not the same work: %s and %s' % (expected, checks))
    one['collector'] = queries(system, collector, memory)
    one['condor_status'] = command(system)
    return one


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    system = System(sys.argv[1])
    try:
        subprocess.run([RUN, 'classad', 'write', system.outside], check=True)
        libraries = library(system)
        collector = Collector(system)
        try:
            memory = collector.fill(ADS)
            rounds = []
            for number in range(count):
                print('round %d of %d, load %.1f' % (number + 1, count, os.getloadavg()[0]), file=sys.stderr)
                rounds.append(round_of(system, libraries, collector, memory))
                with open('classad-rounds.json', 'w') as f:
                    json.dump(rounds, f, indent=1)
            table(rounds)
        finally:
            collector.stop()
    finally:
        shutil.rmtree(system.outside)


main()
