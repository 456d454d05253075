"""A thread adds to a file while the first prints."""
import os
import sys
import threading
import time

random = int.from_bytes(os.urandom(4), "big")
print("random", random)


def work():
    with open("numbers", "w") as file:
        for i in range(150):
            print("number", i, file=file)
            time.sleep(0.007)


thread = threading.Thread(target=work)
thread.start()
for i in range(150):
    print("step", i)
    if i % 20 == 0:
        sys.stdout.flush()
    time.sleep(0.007)
thread.join()
print("random", random)
sys.exit(7)
