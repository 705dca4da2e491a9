#!/bin/sh
# GNU parallel: as many shards at once as there are cores, here or on other machines, then the merge. With failoversim on the PATH:
#
#   sh gnu-parallel.sh mine.yaml --replications 100000
#   PARALLEL='--sshloginfile hosts --workdir .' sh gnu-parallel.sh mine.yaml --replications 100000    # in a folder that the hosts share
#
# A shard that is killed is tried again, and goes on from its checkpoint; shards.log tells how each ended. The same command again runs only what is
# missing. The exit code is 1 if a shard has failed three times, and else that of the merge, which is the verdict.
shards=${SHARDS:-64}

seq 0 $((shards - 1)) | parallel --quote --retries 3 --joblog shards.log \
    failoversim run "$@" --shard {}/"$shards" --extend --threads 1 --out shards || exit 1   # not how many have failed: four would look like a verdict
failoversim merge shards --out results
