#!/bin/bash
# Slurm: each task of a job array is a shard; a job that depends on all of them merges. In a folder that the nodes share, with failoversim on the PATH:
#
#   shards=$(sbatch --parsable --array=0-7 slurm-array.sh mine.yaml --replications 100000 --out shards)
#   sbatch --dependency=afterok:$shards --wrap "failoversim merge shards --out results"
#
# Options of sbatch (--time, --cpus-per-task, --partition, …) go before the script. A task that is lost with its node, killed, or at the end of its
# time is queued again and goes on from its checkpoint. The same two lines again run only what is missing. The merge's exit code is the verdict.
#SBATCH --job-name=failoversim
#SBATCH --time=4:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
# A minute before its time is over it is asked to stop: it then says 130, and not that it has failed.
#SBATCH --signal=TERM@60

srun --cpus-per-task="${SLURM_CPUS_PER_TASK:-1}" failoversim run "$@" \
    --shard auto --extend --threads "${SLURM_CPUS_PER_TASK:-1}"
code=$?
# Above 128 a signal ended it. A failed task would let the merge never start, so it is no failure until it has happened twenty times.
if ((code > 128 && ${SLURM_RESTART_COUNT:-0} < 20)); then
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit $code
