#!/bin/sh
# A benchmark as a Slurm job array: sbatch slurm-array.sh
# One task is one part. A task that is put back into the queue goes on where it was.
#SBATCH --job-name=rsad-benchmark
#SBATCH --array=1-15
#SBATCH --cpus-per-task=4
#SBATCH --mem=12G
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --signal=B:TERM@120

# On a disk that all nodes see.
DATA=$HOME/data/mvtec
RESULTS=$HOME/results/mvtec

# In the background, so that this script hears of the end of its time and can hand it on: rsad then saves and stops.
rsad benchmark mvtec "$DATA" \
  --backbone wide_resnet50_2 \
  --seeds 5 \
  --threads 2 \
  --jobs 2 \
  --memory 11GB \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  --out "$RESULTS/part-$SLURM_ARRAY_TASK_ID" \
  --quiet &
RSAD=$!
trap 'kill -TERM "$RSAD"' TERM
wait "$RSAD"
wait "$RSAD"
