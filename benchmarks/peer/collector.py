"""A collector of HTCondor of our own, on loopback, that holds the ads of a file."""
import os, signal, subprocess, time

PORT = 9731
CONFIG = '''
LOCAL_DIR = {folder}
LOG = $(LOCAL_DIR)
RUN = $(LOCAL_DIR)
LOCK = $(LOCAL_DIR)
SPOOL = $(LOCAL_DIR)
EXECUTE = $(LOCAL_DIR)
LOCAL_CONFIG_DIR =
LOCAL_CONFIG_FILE =
CONDOR_HOST = 127.0.0.1
COLLECTOR_HOST = 127.0.0.1:{port}
NETWORK_INTERFACE = 127.0.0.1
BIND_ALL_INTERFACES = False
ENABLE_IPV6 = False
USE_SHARED_PORT = False
ENABLE_KERNEL_TUNING = False
# All that is not about ads is off, in its favour.
SEC_DEFAULT_AUTHENTICATION = NEVER
SEC_DEFAULT_ENCRYPTION = NEVER
SEC_DEFAULT_INTEGRITY = NEVER
SEC_DEFAULT_NEGOTIATION = NEVER
ALLOW_READ = 127.0.0.1
ALLOW_WRITE = 127.0.0.1
ALLOW_DAEMON = 127.0.0.1
ALLOW_ADVERTISE_STARTD = 127.0.0.1
CLASSAD_LIFETIME = 720000
# Queries are answered by the daemon itself, not by a child, so that its CPU time is theirs.
COLLECTOR_QUERY_WORKERS = 0
'''


class Collector:
    def __init__(self, system):
        self.system = system
        folder = system.outside + '/collector'
        os.mkdir(folder)
        os.chmod(folder, 0o777)
        with open(folder + '/config', 'w') as f:
            f.write(CONFIG.format(folder=system.inside + '/collector', port=PORT))
        self.env = dict(os.environ, LANG='C.UTF-8', CONDOR_CONFIG=system.inside + '/collector/config')
        self.process = subprocess.Popen(system.enter + ['condor_collector', '-f', '-p', str(PORT)], env=self.env)
        self.await_ready()

    def command(self, *words):
        return subprocess.run(self.system.enter + list(words), env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def await_ready(self):
        for _ in range(60):
            if self.process.poll() is not None:
                raise SystemExit('the collector ended with %d' % self.process.returncode)
            if self.command('condor_status', '-any', '-af', 'Name').returncode == 0:
                return
            time.sleep(0.5)
        raise SystemExit('the collector does not answer')

    def fill(self, ads):
        """Sends the ads of machines.long; resident bytes for each of them."""
        before = self.resident()
        done = self.command('condor_advertise', '-tcp', '-multiple', 'UPDATE_STARTD_AD', self.system.inside + '/machines.long')
        if 'Sent %d of %d' % (ads, ads) not in done.stdout:
            raise SystemExit('condor_advertise: ' + done.stdout[-500:])
        while self.query('true')[1] < ads:
            time.sleep(0.5)
        return (self.resident() - before) / ads

    def resident(self):
        with open('/proc/%d/statm' % self.process.pid) as f:
            return int(f.read().split()[1]) * os.sysconf('SC_PAGESIZE')

    def cpu(self):
        with open('/proc/%d/schedstat' % self.process.pid) as f:
            return int(f.read().split()[0])

    def query(self, constraint):
        """Microseconds of the collector's CPU time for one query that gets the names, and how many it got."""
        before = self.cpu()
        names = self.command('condor_status', '-constraint', constraint, '-af', 'Name').stdout.split()
        return (self.cpu() - before) / 1000, len(names)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
